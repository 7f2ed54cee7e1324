package io.bihuan.complaint.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.complaint.DueNext;
import io.bihuan.complaint.DueNext.Span;
import io.bihuan.complaint.DueNext.When;
import io.bihuan.complaint.Worklist;
import io.bihuan.complaint.web.DuePage.Group;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Packs;
import io.bihuan.web.Cursor;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;

/** What is due next, clock by clock: for who leads a team of all cases, for everybody else of the own ones. */
@Controller
class DueController {
    private static final List<Role> LEADING = List.of(Role.MANAGER, Role.ADMINISTRATOR, Role.QUALITY, Role.AUDITOR);

    private final DueNext due;
    private final Worklist worklist;
    private final WorklistRows rows;
    private final Clocks clocks;
    private final Colleagues colleagues;
    private final Packs packs;
    private final InstantSource time;

    DueController(
            DueNext due,
            Worklist worklist,
            WorklistRows rows,
            Clocks clocks,
            Colleagues colleagues,
            Packs packs,
            InstantSource time) {
        this.due = due;
        this.worklist = worklist;
        this.rows = rows;
        this.clocks = clocks;
        this.colleagues = colleagues;
        this.packs = packs;
        this.time = time;
    }

    @GetMapping("/desk/due")
    Page list(
            @ModelAttribute DueQuery query,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        boolean isLead = LEADING.stream().anyMatch(who::is);
        DueNext.Filter filter = query.filter(who, isLead);
        Instant now = time.instant();
        List<Span> spans = DueNext.spans(now, t.zone());
        When chosen = query.chosen();
        List<Span> shown = spans.stream()
                .filter(span -> chosen == null || span.when() == chosen)
                .toList();
        DueNext.Page found =
                due.page(filter, chosen == null ? null : shown.getFirst(), shown, after(query.cursor()), DueNext.PAGE);
        DueNext.Row last = found.next();
        var page = new DuePage(
                query,
                isLead,
                isLead && who.reach().all(),
                departments(t),
                isLead ? owners() : List.of(),
                groups(found, shown, now, who, t),
                query.cursor().isEmpty() ? null : query.at(null),
                last == null ? null : query.at(Cursor.after(last.dueAt(), last.clock())));
        return Page.of(part == null ? "complaint/due" : "complaint/duerows", page);
    }

    private static DueNext.@Nullable Row after(String text) {
        Cursor cursor = Cursor.read(text, 2);
        return cursor == null ? null : new DueNext.Row(cursor.id(1), new UUID(0, 0), cursor.instant(0));
    }

    private List<Group> groups(DueNext.Page found, List<Span> spans, Instant now, SignedIn who, Texts t) {
        var ids = new LinkedHashSet<UUID>();
        found.rows().forEach(row -> ids.add(row.complaint()));
        Map<UUID, Clock> byId = clocks.of(ids).values().stream()
                .flatMap(Collection::stream)
                .collect(Collectors.toMap(Clock::id, Function.identity()));
        Map<String, WorklistRow> complaints = rows.plain(worklist.rows(ids), who, t).stream()
                .collect(Collectors.toMap(WorklistRow::id, Function.identity()));
        Map<When, List<DuePage.Row>> lines = new HashMap<>();
        for (DueNext.Row row : found.rows()) {
            Clock clock = byId.get(row.clock());
            WorklistRow complaint = complaints.get(row.complaint().toString());
            // Whatever has ended since it was found is not due any more.
            if (clock != null && complaint != null) {
                var line = new DuePage.Row(
                        RowClock.of(
                                clock,
                                now,
                                new Terms(
                                        packs.get(
                                                clock.policy().pack(),
                                                clock.policy().packVersion()),
                                        t.locale()),
                                t),
                        clock.grade(),
                        complaint);
                lines.computeIfAbsent(when(spans, row.dueAt()), when -> new ArrayList<>())
                        .add(line);
            }
        }
        return spans.stream()
                .filter(span -> lines.containsKey(span.when()))
                .map(span -> new Group(
                        span.when(),
                        found.counts().getOrDefault(span.when(), 0),
                        lines.getOrDefault(span.when(), List.of())))
                .toList();
    }

    private static When when(List<Span> spans, Instant dueAt) {
        return spans.stream()
                .filter(span -> span.holds(dueAt))
                .findFirst()
                .orElseThrow()
                .when();
    }

    private List<Option> owners() {
        return colleagues.choice().owners().stream()
                .map(member -> new Option(member.id().toString(), member.name()))
                .toList();
    }

    private List<Option> departments(Texts t) {
        var options = new LinkedHashMap<String, Option>();
        packs.all()
                .forEach(pack -> new Terms(pack, t.locale())
                        .departments()
                        .forEach(option -> options.putIfAbsent(option.value(), option)));
        return List.copyOf(options.values());
    }
}
