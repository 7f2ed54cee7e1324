package io.bihuan.complaint.web;

import io.bihuan.complaint.ComplaintSearch;
import io.bihuan.complaint.ManyAtOnce;
import io.bihuan.complaint.SavedViews;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Packs;
import io.bihuan.web.BadInput;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;

@Controller
class WorklistController {
    private record Found(List<Worklist.Row> rows, @Nullable String next, WorklistPage.@Nullable Found found) {}

    private final ComplaintSearch search;
    private final WorklistRows rows;
    private final Packs packs;
    private final InstantSource time;
    private final ObjectProvider<SavedViews> views;
    private final ObjectProvider<ManyAtOnce> many;

    WorklistController(
            ComplaintSearch search,
            WorklistRows rows,
            Packs packs,
            InstantSource time,
            ObjectProvider<SavedViews> views,
            ObjectProvider<ManyAtOnce> many) {
        this.search = search;
        this.rows = rows;
        this.packs = packs;
        this.time = time;
        this.views = views;
        this.many = many;
    }

    @GetMapping("/desk")
    Page home() {
        return Page.to("/desk/complaints");
    }

    @GetMapping("/desk/complaints")
    Page list(
            @ModelAttribute WorklistQuery query,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Worklist.Filter filter = Scoped.filter(query.filter(who), who.reach());
        Found found = query.isSearch() ? searched(query, filter) : listed(query, filter);
        var page = new WorklistPage(
                query,
                categories(t),
                departments(t),
                who.reach().all(),
                who.is(Role.AGENT) || who.is(Role.MANAGER),
                rows.of(found.rows(), query.q(), who, t),
                found.found(),
                query.cursor().isEmpty() ? null : query.at(null),
                found.next() == null ? null : query.at(found.next()),
                part == null
                        ? views.stream().flatMap(each -> each.of(who).stream()).toList()
                        : List.of(),
                many.stream().flatMap(each -> each.deeds(who).stream()).toList(),
                many.stream().map(ManyAtOnce::path).findFirst().orElse(""));
        return Page.of(part == null ? "complaint/worklist" : "complaint/worklistrows", page);
    }

    private Found listed(WorklistQuery query, Worklist.Filter filter) {
        Worklist.Page page = search.list(filter, Worklist.Within.ALL, cursor(query.cursor()), Worklist.PAGE);
        Worklist.Cursor next = page.next();
        return new Found(page.rows(), next == null ? null : next.toString(), null);
    }

    private static Worklist.@Nullable Cursor cursor(String text) {
        try {
            return text.isEmpty() ? null : Worklist.Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw noCursor();
        }
    }

    private Found searched(WorklistQuery query, Worklist.Filter filter) {
        ComplaintSearch.Page page;
        try {
            page = search.search(filter, query.q(), query.cursor(), Worklist.PAGE);
        } catch (IllegalArgumentException e) {
            throw noCursor();
        }
        Instant now = time.instant();
        // The index does not know the time.
        List<Worklist.Row> shown = page.rows().stream()
                .filter(row ->
                        !filter.overdue() || (row.dueAt() != null && row.dueAt().isBefore(now)))
                .toList();
        return new Found(
                shown,
                page.next(),
                new WorklistPage.Found(
                        page.total(),
                        page.totalIsExact(),
                        page.complete(),
                        page.complete() ? page.total() : search.status().indexed()));
    }

    private static BadInput noCursor() {
        return new BadInput("/cursor", "web.field.cursor");
    }

    private List<Terms.Group> categories(Texts t) {
        var groups = new ArrayList<Terms.Group>();
        packs.all().forEach(pack -> groups.addAll(new Terms(pack, t.locale()).categories()));
        return groups;
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
