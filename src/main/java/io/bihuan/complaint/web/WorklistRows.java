package io.bihuan.complaint.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.Clocks;
import io.bihuan.complaint.Worklist;
import io.bihuan.complaint.web.WorklistRow.Piece;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.platform.search.Snippets;
import io.bihuan.privacy.Masks;
import io.bihuan.web.StorableText;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes lines of lists ready to be read. */
@Component
class WorklistRows {
    private final People people;
    private final Packs packs;
    private final Clocks clocks;
    private final InstantSource time;

    WorklistRows(People people, Packs packs, Clocks clocks, InstantSource time) {
        this.people = people;
        this.clocks = clocks;
        this.packs = packs;
        this.time = time;
    }

    /**
     * The lines with their clocks.
     *
     * @param words what was searched for, to be marked; empty for nothing
     */
    List<WorklistRow> of(List<Worklist.Row> rows, String words, SignedIn who, Texts t) {
        List<UUID> open =
                rows.stream().filter(Worklist.Row::isOpen).map(Worklist.Row::id).toList();
        return rows(rows, words, clocks.of(open), who, t);
    }

    /** The same without clocks. */
    List<WorklistRow> plain(List<Worklist.Row> rows, SignedIn who, Texts t) {
        return rows(rows, "", Map.of(), who, t);
    }

    private List<WorklistRow> rows(
            List<Worklist.Row> rows, String words, Map<UUID, List<Clock>> open, SignedIn who, Texts t) {
        Map<UUID, StaffMember> names = people.known(rows.stream()
                .flatMap(row -> Stream.of(row.owner(), row.handler()))
                .toList());
        Instant now = time.instant();
        return rows.stream()
                .map(row -> row(row, words, open.getOrDefault(row.id(), List.of()), who, names, now, t))
                .toList();
    }

    private WorklistRow row(
            Worklist.Row row,
            String words,
            List<Clock> open,
            SignedIn who,
            Map<UUID, StaffMember> names,
            Instant now,
            Texts t) {
        var terms = new Terms(packs.get(row.pack(), row.packVersion()), t.locale());
        boolean hasTitle = StorableText.saysSomething(row.title());
        return new WorklistRow(
                row.id().toString(),
                row.version(),
                row.number().digits(),
                row.number().readable(),
                pieces(row.headline(t), words),
                hasTitle ? pieces(row.excerpt(), words) : List.of(),
                row.severity(),
                row.priority(),
                row.kind(),
                row.stage(),
                row.channel(),
                terms.category(row.category()),
                Masks.name(row.customerName()),
                name(row.owner(), names, t),
                row.ownerConfirmed(),
                row.owner().equals(who.id()) || who.id().equals(row.handler()),
                terms.department(row.department()),
                row.handler() == null ? "" : name(row.handler(), names, t),
                row.receivedAt(),
                RowClock.first(open, now, terms, t),
                row.waiting(),
                row.archivedAt());
    }

    private static String name(UUID id, Map<UUID, StaffMember> names, Texts t) {
        StaffMember member = names.get(id);
        return member == null ? t.of("complaint.actor.unknown") : member.name();
    }

    static List<Piece> pieces(@Nullable String text, String words) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        var pieces = new ArrayList<Piece>();
        int at = 0;
        for (Snippets.Mark mark : words.isEmpty() ? List.<Snippets.Mark>of() : Snippets.marks(text, words)) {
            if (mark.from() > at) {
                pieces.add(new Piece(text.substring(at, mark.from()), false));
            }
            pieces.add(new Piece(text.substring(mark.from(), mark.to()), true));
            at = mark.to();
        }
        if (at < text.length()) {
            pieces.add(new Piece(text.substring(at), false));
        }
        return List.copyOf(pieces);
    }
}
