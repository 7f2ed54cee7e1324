package io.bihuan.screening.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.Submission;
import io.bihuan.intake.Waiting;
import io.bihuan.intake.WaitingMessages;
import io.bihuan.intake.WaitingMessages.Count;
import io.bihuan.intake.WaitingMessages.Place;
import io.bihuan.screening.Screeners;
import io.bihuan.web.Cursor;
import io.bihuan.web.Notice;
import io.bihuan.web.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The board of what waits for a person. */
@Controller
class BoardController {
    private final WaitingMessages waiting;
    private final Decisions decisions;
    private final Screeners screeners;
    private final InstantSource time;

    BoardController(WaitingMessages waiting, Decisions decisions, Screeners screeners, InstantSource time) {
        this.waiting = waiting;
        this.decisions = decisions;
        this.screeners = screeners;
        this.time = time;
    }

    @GetMapping("/desk/screening")
    Page list(
            @ModelAttribute BoardQuery query,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            @AuthenticationPrincipal SignedIn who) {
        Cursor cursor = Cursor.read(query.cursor(), 3);
        Place after = cursor == null ? null : new Place("true".equals(cursor.text(0)), cursor.instant(1), cursor.id(2));
        List<Waiting> found = waiting.page(query.filter(who), who.id(), after);
        boolean isMore = found.size() > WaitingMessages.PAGE;
        List<Waiting> shown = isMore ? found.subList(0, WaitingMessages.PAGE) : found;
        Map<UUID, String> names = screeners.names(
                shown.stream().map(each -> each.message().screener()).toList());
        Instant now = time.instant();
        List<Count> counts = waiting.counts();
        Place last = isMore ? WaitingMessages.place(shown.getLast(), who.id()) : null;
        var page = new BoardPage(
                query,
                counts.stream()
                        .filter(count -> count.waiting() > 0 || count.channel() == query.chosenChannel())
                        .sorted(Comparator.comparing(Count::channel))
                        .map(count -> new BoardPage.Tab(count.channel(), count.waiting(), count.late() > 0))
                        .toList(),
                counts.stream().mapToInt(Count::waiting).sum(),
                counts.stream().mapToInt(Count::automatic).sum(),
                shown.stream().map(each -> row(each, who, names, now)).toList(),
                after == null ? null : query.self(),
                last == null ? null : query.at(Cursor.after(last.isOther(), last.at(), last.id())));
        return Page.of(part == null ? "screening/board" : "screening/rows", page);
    }

    /** Puts away automatic messages that were chosen. */
    @PostMapping("/desk/screening/closures")
    Page close(
            @RequestParam(name = "id", required = false) @Nullable List<UUID> ids,
            @AuthenticationPrincipal SignedIn who) {
        String back = BoardQuery.PATH + "?automatic=true";
        if (ids == null || ids.isEmpty()) {
            return Page.to(back, Notice.of(Notice.Tone.INFORMATION, "screening.close.none"));
        }
        int closed = decisions.close(ids, who.id());
        return Page.done(back, "screening.close.done", closed);
    }

    private static BoardPage.Row row(Waiting waiting, SignedIn who, Map<UUID, String> names, Instant now) {
        InboxMessage message = waiting.message();
        Submission draft = message.draft();
        Instant due = waiting.dueAt();
        UUID screener = message.screener();
        return new BoardPage.Row(
                message.id(),
                Excerpts.of(message),
                Excerpts.sender(message),
                message.channel(),
                Objects.requireNonNullElse(message.reason(), ParkReason.UNCLEAR),
                due,
                message.receivedAt(),
                due != null && due.isBefore(now),
                screener == null ? "" : names.getOrDefault(screener, ""),
                who.id().equals(screener),
                message.claimedAt() != null,
                draft == null ? 0 : draft.attachments().size(),
                waiting.climbs(),
                waiting.calls());
    }
}
