package io.bihuan.complaint.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.StaffMember;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.pack.Packs;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The deadlines of a complaint through the API, each with why it is what it is. */
@RestController
@RequestMapping(path = "/api/v1/complaints/{number}/clocks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Complaints")
class ComplaintClocksApi {
    private final Complaints complaints;
    private final ComplaintViews views;
    private final Clocks clocks;
    private final Packs packs;
    private final People people;
    private final InstantSource time;

    ComplaintClocksApi(
            Complaints complaints,
            ComplaintViews views,
            Clocks clocks,
            Packs packs,
            People people,
            InstantSource time) {
        this.complaints = complaints;
        this.views = views;
        this.clocks = clocks;
        this.packs = packs;
        this.people = people;
        this.time = time;
    }

    @GetMapping
    @Operation(
            summary = "Read the clocks of a complaint",
            description =
                    "Every deadline with its state and why it is due when it is due: each step with its kind and key, and as a line in"
                            + " the language of `Accept-Language`.")
    ClocksView list(@AuthenticationPrincipal TokenPrincipal token, @PathVariable String number, Texts t) {
        // What was joined has no deadlines of its own: those of the complaint in which it goes on count.
        ComplaintNumber asked = views.complaint(token, number).number();
        Complaint complaint = views.complaint(token, complaints.living(asked).digits());
        List<Clock> all = clocks.of(complaint.id());
        Map<UUID, StaffMember> known = people.known(List.copyOf(ClockLines.people(all)));
        var terms = new Terms(packs.get(complaint.pack(), complaint.packVersion()), t.locale());
        Instant now = time.instant();
        return new ClocksView(
                complaint.number().digits(),
                complaint.version(),
                all.stream()
                        .map(clock -> ClocksView.item(clock, clocks.explain(clock, now), now, terms, known, t))
                        .toList());
    }
}
