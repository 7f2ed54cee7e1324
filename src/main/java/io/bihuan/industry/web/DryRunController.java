package io.bihuan.industry.web;

import static java.util.stream.Collectors.toMap;

import io.bihuan.clock.ClockPolicies;
import io.bihuan.clock.ClockSubjects;
import io.bihuan.clock.ClockSubjects.Link;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.industry.DryRun;
import io.bihuan.industry.DryRun.Aspect;
import io.bihuan.industry.DryRun.Case;
import io.bihuan.industry.DryRun.Difference;
import io.bihuan.industry.DryRun.Move;
import io.bihuan.industry.DryRun.Tally;
import io.bihuan.industry.DryRuns;
import io.bihuan.pack.Category;
import io.bihuan.pack.Departments.Department;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.web.BadInput;
import io.bihuan.web.Cursor;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a version would have done with the complaints of the last days. */
@Controller
@RequestMapping("/desk/packs/{pack}/versions/{version}/dry-runs")
class DryRunController {
    private static final int ROWS = 50;

    private final DryRuns dryRuns;
    private final Packs packs;
    private final Complaints complaints;
    private final List<ClockSubjects> subjects;
    private final ActorNames actors;

    DryRunController(
            DryRuns dryRuns, Packs packs, Complaints complaints, List<ClockSubjects> subjects, ActorNames actors) {
        this.dryRuns = dryRuns;
        this.packs = packs;
        this.complaints = complaints;
        this.subjects = subjects;
        this.actors = actors;
    }

    /** What is sent by POST is not read again. */
    @GetMapping
    Page back(@PathVariable String pack, @PathVariable int version) {
        return Page.to("/desk/packs/" + pack + "/versions/" + version);
    }

    @PostMapping
    Page begin(
            @PathVariable String pack,
            @PathVariable int version,
            @RequestParam int against,
            @RequestParam(defaultValue = "90") int days,
            @AuthenticationPrincipal SignedIn who) {
        if (days < 1 || days > DryRuns.MOST_DAYS) {
            throw new BadInput("/days", "industry.field.days", DryRuns.MOST_DAYS);
        }
        if (against == version) {
            throw new BadInput("/against", "industry.field.other-version");
        }
        packs.version(pack, version);
        packs.version(pack, against);
        UUID id = dryRuns.ask(pack, against, version, days, who.actor());
        return Page.to("/desk/packs/" + pack + "/versions/" + version + "/dry-runs/" + id);
    }

    @GetMapping("/{id}")
    Page show(
            @PathVariable String pack,
            @PathVariable int version,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return Page.of("industry/dryrun", page(run(pack, version, id), cursor, who, t));
    }

    /** How far it is; at the end the whole page is read again. */
    @GetMapping("/{id}/progress")
    Page progress(
            @PathVariable String pack, @PathVariable int version, @PathVariable UUID id, HttpServletResponse response) {
        DryRun run = run(pack, version, id);
        if (!run.isRunning()) {
            response.setHeader("HX-Refresh", "true");
        }
        return Page.of("industry/dryrunprogress", run);
    }

    // ---- inside ----

    private DryRun run(String pack, int version, UUID id) {
        return dryRuns.find(id)
                .filter(run -> run.pack().equals(pack) && run.versionAfter() == version)
                .orElseThrow(() -> new NotFound("dry run " + id));
    }

    private DryRunPage page(DryRun run, @Nullable String cursor, SignedIn who, Texts t) {
        Cursor from = Cursor.read(cursor, 1);
        int after = from == null ? 0 : Math.toIntExact(Math.clamp(from.number(0), 0, Integer.MAX_VALUE));
        List<Case> found = run.isRunning() ? List.of() : dryRuns.cases(run.id(), after, ROWS + 1);
        List<Case> shown = found.subList(0, Math.min(ROWS, found.size()));
        var words = new Words(packs.get(run.pack(), run.versionBefore()), packs.get(run.pack(), run.versionAfter()), t);
        String here = "/desk/packs/" + run.pack() + "/versions/" + run.versionAfter() + "/dry-runs/" + run.id();
        return new DryRunPage(
                words.after.name().in(t.locale()),
                run,
                actors.name(run.startedBy(), t),
                groups(dryRuns.tallies(run.id()), words, t),
                rows(shown, words, who, t),
                from == null ? null : here,
                found.size() > ROWS
                        ? here + "?cursor=" + Cursor.after(shown.getLast().number())
                        : null);
    }

    private static List<DryRunPage.Group> groups(List<Tally> tallies, Words words, Texts t) {
        return Arrays.stream(Aspect.values())
                .map(aspect -> new DryRunPage.Group(
                        t.of(aspect),
                        tallies.stream()
                                .filter(tally -> tally.aspect() == aspect)
                                .map(words::tally)
                                .toList()))
                .filter(group -> !group.tallies().isEmpty())
                .toList();
    }

    private List<DryRunPage.Row> rows(List<Case> cases, Words words, SignedIn who, Texts t) {
        List<UUID> ids = cases.stream().map(Case::complaint).toList();
        Map<UUID, Link> links = new HashMap<>();
        subjects.forEach(owner -> links.putAll(owner.links(ids, who.reach())));
        Map<UUID, Instant> received =
                complaints.find(ids).stream().collect(toMap(Complaint::id, Complaint::receivedAt));
        var rows = new ArrayList<DryRunPage.Row>();
        for (Case each : cases) {
            Instant at = received.get(each.complaint());
            Link link = links.get(each.complaint());
            if (at != null) {
                rows.add(new DryRunPage.Row(
                        link == null ? t.of("industry.dry-run.hidden") : link.text(),
                        link == null ? null : link.href(),
                        at,
                        each.differences().stream().map(words::difference).toList()));
            }
        }
        return rows;
    }

    /** Codes of two versions of a pack, as people call them. */
    private static final class Words {
        private final Pack before;
        private final Pack after;
        private final Texts t;

        Words(Pack before, Pack after, Texts t) {
            this.before = before;
            this.after = after;
            this.t = t;
        }

        DryRunPage.Tally tally(Tally tally) {
            return tally.aspect() == Aspect.DEADLINE
                    ? new DryRunPage.Tally(clock(tally.before()), t.of(Move.valueOf(tally.after())), tally.count())
                    : new DryRunPage.Tally(
                            word(tally.aspect(), before, tally.before()),
                            word(tally.aspect(), after, tally.after()),
                            tally.count());
        }

        String difference(Difference difference) {
            return difference.aspect() == Aspect.DEADLINE
                    ? t.of(
                            "industry.dry-run.change",
                            clock(difference.clock()),
                            time(difference.before()),
                            time(difference.after()))
                    : t.of(
                            "industry.dry-run.change",
                            t.of(difference.aspect()),
                            word(difference.aspect(), before, difference.before()),
                            word(difference.aspect(), after, difference.after()));
        }

        private String word(Aspect aspect, Pack pack, String code) {
            if (code.isEmpty()) {
                return "—";
            }
            return switch (aspect) {
                case SEVERITY -> t.of(Severity.valueOf(code));
                case PRIORITY -> t.of(Priority.valueOf(code));
                case CATEGORY -> label(pack.categories().find(code).map(Category::label), code);
                case DEPARTMENT -> label(pack.departments().find(code).map(Department::label), code);
                case DEADLINE -> time(code);
            };
        }

        private String clock(String name) {
            return label(
                    after.part(ClockPolicies.class)
                            .find(name)
                            .or(() -> before.part(ClockPolicies.class).find(name))
                            .map(policy -> policy.label()),
                    name);
        }

        private String label(Optional<Label> label, String code) {
            return label.map(each -> each.in(t.locale())).orElse(code);
        }

        private String time(String at) {
            return at.isEmpty() ? "—" : t.dateTime(Instant.parse(at));
        }
    }
}
