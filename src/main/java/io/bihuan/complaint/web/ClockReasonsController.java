package io.bihuan.complaint.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.Clocks;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * How a deadline was counted, when somebody wants to know: day by day that is more work, and more to read, than the rest of the
 * complaint's page.
 */
@Controller
class ClockReasonsController {
    private final CasePages cases;
    private final Clocks clocks;
    private final People people;
    private final Packs packs;
    private final InstantSource time;

    ClockReasonsController(CasePages cases, Clocks clocks, People people, Packs packs, InstantSource time) {
        this.cases = cases;
        this.clocks = clocks;
        this.people = people;
        this.packs = packs;
        this.time = time;
    }

    @GetMapping("/desk/complaints/{number}/clocks/{clock}")
    Page show(
            @PathVariable String number,
            @PathVariable UUID clock,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = cases.complaint(number, who);
        Clock found = clocks.of(complaint.id()).stream()
                .filter(each -> each.id().equals(clock))
                .findFirst()
                .orElseThrow(() -> new NotFound("clock " + clock));
        return Page.of(
                part == null ? "complaint/clockreasonspage" : "complaint/clockreasons", reasons(complaint, found, t));
    }

    private ClockReasons reasons(Complaint complaint, Clock clock, Texts t) {
        var terms = new Terms(packs.get(complaint.pack(), complaint.packVersion()), t.locale());
        Map<UUID, StaffMember> known = people.known(List.copyOf(ClockLines.people(List.of(clock))));
        var source = clock.policy().terms().source();
        return new ClockReasons(
                "/desk/complaints/" + complaint.number().digits(),
                terms.clock(clock.name()),
                clock.grade(),
                ClockTexts.lines(
                        clocks.explain(clock, time.instant()),
                        t,
                        actor -> People.doer(Actor.parse(actor), known, t).name(),
                        terms::packName),
                source == null ? null : ClockTexts.source(source, t));
    }
}
