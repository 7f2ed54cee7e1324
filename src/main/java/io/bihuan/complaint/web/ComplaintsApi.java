package io.bihuan.complaint.web;

import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintSearch;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.RecentWrites;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Scope;
import io.bihuan.identity.StaffMember;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.pack.Packs;
import io.bihuan.web.BadInput;
import io.bihuan.web.Cursor;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reading complaints through the API. */
@RestController
@RequestMapping(path = "/api/v1/complaints", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Complaints")
class ComplaintsApi {
    private static final Duration OWN_WRITES = Duration.ofSeconds(2);
    private static final int MOST_EVENTS = 500;

    private final Complaints complaints;
    private final ComplaintSearch search;
    private final RecentWrites writes;
    private final ComplaintViews views;
    private final Packs packs;
    private final People people;
    private final CaseTelling telling;

    ComplaintsApi(
            Complaints complaints,
            ComplaintSearch search,
            RecentWrites writes,
            ComplaintViews views,
            Packs packs,
            People people,
            CaseTelling telling) {
        this.complaints = complaints;
        this.search = search;
        this.writes = writes;
        this.views = views;
        this.packs = packs;
        this.people = people;
        this.telling = telling;
    }

    @GetMapping
    @Operation(
            summary = "List or search complaints",
            description =
                    "Without `query`: open complaints (`state=OPEN`) by due time, soonest first; all others by the time"
                            + " received, newest first. With `query`: whatever contains the text, newest first; what the same token"
                            + " wrote just before is in it.")
    ComplaintPart.Page list(
            @AuthenticationPrincipal TokenPrincipal token,
            @Parameter(description = "Any piece of text, a number, a phone number")
                    @RequestParam(required = false)
                    @Nullable
                    String query,
            @RequestParam(required = false) @Nullable Stage stage,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) Worklist.@Nullable State state,
            @Parameter(description = "`next` of the page before") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int limit,
            Texts t) {
        var filter = new Worklist.Filter(
                state == null ? Worklist.State.ALL : state,
                stage,
                null,
                null,
                null,
                null,
                category == null || category.isBlank() ? null : category,
                null,
                null,
                null,
                false);
        return query == null || query.isBlank()
                ? listed(token, filter, cursor, limit, t)
                : found(token, filter, query, cursor, limit, t);
    }

    private ComplaintPart.Page listed(
            TokenPrincipal token, Worklist.Filter filter, @Nullable String cursor, int limit, Texts t) {
        Cursor after = Cursor.read(cursor, 3);
        if (after != null && !after.text(0).equals(filter.state().name())) {
            // The order of another list: its places mean nothing here.
            throw new BadInput("/cursor", "web.field.cursor");
        }
        if (filter.state() != Worklist.State.OPEN) {
            awaitOwnWrites(token);
        }
        Worklist.Page page = search.list(
                filter,
                within(token),
                after == null ? null : new Worklist.Cursor(after.instant(1), after.id(2)),
                limit);
        Worklist.Cursor next = page.next();
        return page(page.rows(), next == null ? null : Cursor.after(filter.state(), next.at(), next.id()), t);
    }

    private ComplaintPart.Page found(
            TokenPrincipal token, Worklist.Filter filter, String query, @Nullable String cursor, int limit, Texts t) {
        awaitOwnWrites(token);
        ComplaintSearch.Page page;
        try {
            page = search.search(filter, within(token), query, cursor, limit);
        } catch (IllegalArgumentException e) {
            throw new BadInput("/cursor", "web.field.cursor");
        }
        return page(page.rows(), page.next(), t);
    }

    private void awaitOwnWrites(TokenPrincipal token) {
        writes.last(token.id()).ifPresent(write -> search.await(write.complaint(), write.version(), OWN_WRITES));
    }

    private static Worklist.Within within(TokenPrincipal token) {
        return new Worklist.Within(token.reach().businessLines(), token.reach().channels());
    }

    private ComplaintPart.Page page(List<Worklist.Row> rows, @Nullable String next, Texts t) {
        Map<UUID, StaffMember> owners =
                people.known(rows.stream().map(Worklist.Row::owner).toList());
        return new ComplaintPart.Page(
                rows.stream()
                        .map(row -> ComplaintPart.of(row, packs.get(row.pack(), row.packVersion()), owners, t.locale()))
                        .toList(),
                next);
    }

    @GetMapping("/{number}")
    @Operation(summary = "Read a complaint", description = "The customer's phone and e-mail are masked.")
    ComplaintView one(@AuthenticationPrincipal TokenPrincipal token, @PathVariable String number, Texts t) {
        return views.of(views.complaint(token, number), t);
    }

    @GetMapping("/{number}/history")
    @Operation(
            summary = "Read what happened to a complaint, oldest first",
            description =
                    "Of investigations, tasks, teams, proposals, compensation and messages `name` says what happened; `data` holds only"
                            + " what the customer may read of it, as `sentence` and `text`, and is empty otherwise. What colleagues write"
                            + " to each other is null without the scope `notes:read`.")
    EventView.Page history(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String number,
            @Parameter(description = "Sequence number of the last event read") @RequestParam(defaultValue = "0")
                    int after,
            @Parameter(description = "1 to 500") @RequestParam(defaultValue = "100") int limit,
            Texts t) {
        int size = Math.clamp(limit, 1, MOST_EVENTS);
        Complaint complaint = views.complaint(token, number);
        List<HistoryEvent> events = complaints.history(complaint.number(), after, size);
        Map<UUID, StaffMember> doers = people.known(Timeline.people(events, telling));
        var names = new EventNames(telling, packs.get(complaint.pack(), complaint.packVersion()), doers, t);
        boolean readsNotes = token.scopes().contains(Scope.NOTES_READ);
        boolean isLast = events.isEmpty() || events.getLast().sequence() >= complaint.version();
        return new EventView.Page(
                events.stream()
                        .map(event -> EventView.of(event, names, readsNotes))
                        .toList(),
                isLast ? null : events.getLast().sequence());
    }
}
