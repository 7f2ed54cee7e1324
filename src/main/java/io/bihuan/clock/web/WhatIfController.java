package io.bihuan.clock.web;

import io.bihuan.clock.Attainment;
import io.bihuan.clock.ClockPolicies;
import io.bihuan.clock.ClockSubjects;
import io.bihuan.clock.ClockSubjects.Link;
import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.Policies;
import io.bihuan.clock.WhatIf;
import io.bihuan.clock.WhatIf.Case;
import io.bihuan.clock.WhatIfs;
import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.web.Cursor;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A draft that was run over what was. */
@Controller
@RequestMapping("/desk/policies/{pack}/{name}/what-ifs/{id}")
class WhatIfController {
    private static final int ROWS = 50;

    private final WhatIfs whatIfs;
    private final Policies policies;
    private final Packs packs;
    private final List<ClockSubjects> subjects;
    private final PolicyWords words;
    private final ActorNames actors;

    WhatIfController(
            WhatIfs whatIfs,
            Policies policies,
            Packs packs,
            List<ClockSubjects> subjects,
            PolicyWords words,
            ActorNames actors) {
        this.whatIfs = whatIfs;
        this.policies = policies;
        this.packs = packs;
        this.subjects = subjects;
        this.words = words;
        this.actors = actors;
    }

    @GetMapping
    Page show(
            @PathVariable String pack,
            @PathVariable String name,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return Page.of("clock/whatif", page(run(pack, name, id), cursor, who, t));
    }

    /** How far it is; at the end the whole page is read again. */
    @GetMapping("/progress")
    @Nullable
    Page progress(
            @PathVariable String pack, @PathVariable String name, @PathVariable UUID id, HttpServletResponse response) {
        WhatIf run = run(pack, name, id);
        if (!run.isRunning()) {
            response.setHeader("HX-Refresh", "true");
        }
        return Page.of("clock/whatifprogress", run);
    }

    private WhatIf run(String pack, String name, UUID id) {
        return whatIfs.find(id)
                .filter(run ->
                        run.draft().pack().equals(pack) && run.draft().name().equals(name))
                .orElseThrow(() -> new NotFound("what-if " + id));
    }

    private WhatIfPage page(WhatIf run, @Nullable String cursor, SignedIn who, Texts t) {
        Cursor from = Cursor.read(cursor, 1);
        int after = from == null ? 0 : Math.toIntExact(Math.clamp(from.number(0), 0, Integer.MAX_VALUE));
        List<Case> found = run.isRunning() ? List.of() : whatIfs.cases(run.id(), after, ROWS + 1);
        List<Case> shown = found.subList(0, Math.min(ROWS, found.size()));
        Map<UUID, Link> links = links(shown, who);
        Pack pack = packs.get(run.draft().pack(), run.draft().packVersion());
        String path = "/desk/policies/" + run.draft().pack() + "/" + run.draft().name();
        String here = path + "/what-ifs/" + run.id();
        String label = pack.part(ClockPolicies.class)
                .find(run.draft().name())
                .map(policy -> policy.label().in(t.locale()))
                .orElse(run.draft().name());
        return new WhatIfPage(
                path,
                label,
                run,
                actors.name(run.startedBy(), t),
                policies.find(pack, run.draft().name(), run.at())
                        .map(inForce ->
                                words.changes(inForce.terms(), run.draft().terms(), t))
                        .orElse(List.of()),
                share(run.before().attainment()),
                share(run.after().attainment()),
                shown.stream().map(each -> row(each, links, t)).toList(),
                from == null ? null : here,
                found.size() > ROWS
                        ? here + "?cursor=" + Cursor.after(shown.getLast().number())
                        : null);
    }

    private static WhatIfPage.Row row(Case each, Map<UUID, Link> links, Texts t) {
        Link link = links.get(each.subject().id());
        return new WhatIfPage.Row(
                link == null ? t.of("clock.what-if.hidden") : link.text(),
                link == null ? null : link.href(),
                each.severity(),
                each.startedAt(),
                each.stoppedAt(),
                each.before(),
                each.after(),
                ClockTexts.deadline(each.dueBefore(), t.zone()),
                ClockTexts.deadline(each.dueAfter(), t.zone()));
    }

    private Map<UUID, Link> links(List<Case> cases, SignedIn who) {
        var links = new HashMap<UUID, Link>();
        for (ClockSubjects owner : subjects) {
            var ids = cases.stream()
                    .map(Case::subject)
                    .filter(subject -> subject.kind().equals(owner.subjectKind()))
                    .map(subject -> subject.id())
                    .collect(Collectors.toSet());
            links.putAll(owner.links(ids, who.reach()));
        }
        return links;
    }

    private static String share(Attainment attainment) {
        return attainment.of() == 0 ? "—" : String.format(Locale.ROOT, "%.1f%%", 100 * attainment.share());
    }
}
