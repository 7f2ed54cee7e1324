package io.bihuan.complaint;

import io.bihuan.platform.search.Cursor;
import io.bihuan.platform.search.SearchIndex;
import io.bihuan.privacy.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds complaints by any piece of their text, newest first. Numbers, external numbers and phone numbers are looked up in the
 * database, which also works while the index is built anew.
 */
@Component
public class ComplaintSearch {
    private static final Pattern PHONE = Pattern.compile("\\+?\\d{7,15}");
    private static final int EXACT_LIMIT = 50;

    /**
     * A page of what was found.
     *
     * @param next an opaque cursor; null on the last page
     * @param total how many there are; exact up to a thousand
     * @param complete false while the index is behind: older complaints may be missing
     */
    public record Page(
            List<Worklist.Row> rows, @Nullable String next, long total, boolean totalIsExact, boolean complete) {}

    private final ComplaintIndex index;
    private final Worklist worklist;
    private final JdbcClient jdbc;
    private final Keys keys;
    private final Register register;

    ComplaintSearch(ComplaintIndex index, Worklist worklist, JdbcClient jdbc, Keys keys, Register register) {
        this.register = register;
        this.index = index;
        this.worklist = worklist;
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /**
     * One page of a list: what {@link Worklist#page} gives, from where it is found without reading past what does not belong. Of the
     * open complaints there are few at any time, and the others have one order in the database; whoever narrows them by what that
     * order does not know is answered by the search index, at most moments behind. While it is not complete, the database answers.
     */
    public Worklist.Page list(
            Worklist.Filter filter, Worklist.Within within, Worklist.@Nullable Cursor after, int limit) {
        Optional<SearchIndex> ready = index.isComplete() ? index.searchable() : Optional.empty();
        if (ready.isEmpty() || filter.state() == Worklist.State.OPEN || filter.overdue() || !isNarrow(filter, within)) {
            return worklist.page(filter, within, after, limit);
        }
        Map<String, Set<String>> filters = filters(filter);
        if (!within.businessLines().isEmpty()) {
            filters.put("line", within.businessLines());
        }
        if (!within.channels().isEmpty()) {
            Set<String> channels = filter.channel() == null
                    ? within.channels()
                    : Set.of(filter.channel().name());
            if (!within.channels().containsAll(channels)) {
                return new Worklist.Page(List.of(), null);
            }
            filters.put("channel", channels);
        }
        SearchIndex.Page found = ready.get()
                .search(new SearchIndex.Query(
                        "",
                        filters,
                        Map.of(),
                        after == null
                                ? null
                                : new Cursor(
                                        Chain.micros(after.at()), after.id().toString(), 0, true),
                        Math.clamp(limit, 1, 200)));
        Cursor next = found.next();
        return new Worklist.Page(
                shown(found, filter),
                next == null
                        ? null
                        : new Worklist.Cursor(
                                Instant.EPOCH.plus(next.sortKey(), ChronoUnit.MICROS), UUID.fromString(next.id())));
    }

    /**
     * Whether it asks for more than a state. The database has an index of a department too, but takes for a department that many
     * have the one of all, and passes all that is newer when it has had no complaint of late.
     */
    private static boolean isNarrow(Worklist.Filter filter, Worklist.Within within) {
        return !within.equals(Worklist.Within.ALL)
                || Stream.of(
                                filter.stage(),
                                filter.severity(),
                                filter.priority(),
                                filter.kind(),
                                filter.channel(),
                                filter.category(),
                                filter.department(),
                                filter.owner(),
                                filter.handler())
                        .anyMatch(Objects::nonNull);
    }

    /**
     * Searches within the filter; a text without letters or digits finds everything.
     *
     * @throws IllegalArgumentException when the cursor is none of ours
     */
    public Page search(Worklist.Filter filter, String text, @Nullable String cursor, int limit) {
        return search(filter, Worklist.Within.ALL, text, cursor, limit);
    }

    /** The same for somebody who sees only what lies within; a page of his may be short and still have a next one. */
    public Page search(
            Worklist.Filter filter, Worklist.Within within, String text, @Nullable String cursor, int limit) {
        Page found = searched(filter, text, cursor, limit);
        return within.equals(Worklist.Within.ALL)
                ? found
                : new Page(
                        found.rows().stream().filter(within::has).toList(),
                        found.next(),
                        found.total(),
                        found.totalIsExact(),
                        found.complete());
    }

    private Page searched(Worklist.Filter filter, String text, @Nullable String cursor, int limit) {
        Cursor after = cursor == null || cursor.isEmpty() ? null : Cursor.parse(cursor);
        if (after == null) {
            List<Worklist.Row> exact =
                    living(worklist.rows(exact(text.strip()).stream()
                                    .limit(EXACT_LIMIT)
                                    .toList()))
                            .stream()
                            .filter(row -> matches(filter, row))
                            .toList();
            if (!exact.isEmpty()) {
                return new Page(exact, null, exact.size(), true, true);
            }
        }
        Optional<SearchIndex> ready = index.searchable();
        if (ready.isEmpty()) {
            return new Page(List.of(), null, 0, true, false);
        }
        SearchIndex.Page found = ready.get()
                .search(new SearchIndex.Query(text, filters(filter), Map.of(), after, Math.clamp(limit, 1, 200)));
        return new Page(
                shown(found, filter),
                found.next() == null ? null : found.next().toString(),
                found.total(),
                found.totalIsExact(),
                index.isComplete());
    }

    /** Who sees only a department sees what has just left it no more, however late the index hears of it. */
    private List<Worklist.Row> shown(SearchIndex.Page found, Worklist.Filter filter) {
        return worklist.rows(found.ids().stream().map(UUID::fromString).toList()).stream()
                .filter(row ->
                        filter.department() == null || filter.department().equals(row.department()))
                .toList();
    }

    /** What was joined is handled in another complaint: that is what is looked for. */
    private List<Worklist.Row> living(List<Worklist.Row> rows) {
        if (rows.stream().allMatch(row -> row.joinedTo() == null)) {
            return rows;
        }
        return worklist.rows(rows.stream()
                .map(row -> row.joinedTo() == null
                        ? row.id()
                        : register.upFrom(row.number()).getLast().id())
                .distinct()
                .toList());
    }

    /** Waits until a search shows the complaint with at least this version; false when that took too long. */
    public boolean await(UUID complaintId, int version, Duration atMost) {
        return index.searchable()
                .map(ready -> ready.awaitSequence(complaintId.toString(), version, atMost))
                .orElse(false);
    }

    public IndexStatus status() {
        return index.status();
    }

    private List<UUID> exact(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        Optional<ComplaintNumber> number = ComplaintNumber.read(text);
        if (number.isPresent()) {
            // bounded: a number is unique
            List<UUID> byNumber = jdbc.sql("select id from complaint.complaint where number = :number")
                    .param("number", number.get().digits())
                    .query(UUID.class)
                    .list();
            if (!byNumber.isEmpty()) {
                return byNumber;
            }
        }
        String digits = text.replaceAll("[\\s-]", "");
        if (PHONE.matcher(digits).matches()) {
            String international = digits.startsWith("+") ? digits : "+86" + digits;
            List<UUID> byPhone = jdbc.sql("""
                            select id from complaint.complaint where phone_index = any(:phones)
                            order by received_at desc limit :limit
                            """)
                    .param(
                            "phones",
                            new byte[][] {keys.blindIndex("phone", international), keys.blindIndex("phone", digits)})
                    .param("limit", EXACT_LIMIT)
                    .query(UUID.class)
                    .list();
            if (!byPhone.isEmpty()) {
                return byPhone;
            }
        }
        return List.of();
    }

    private static boolean matches(Worklist.Filter filter, Worklist.Row row) {
        boolean open = row.isOpen();
        return switch (filter.state()) {
                    case OPEN -> open;
                    case ARCHIVED -> row.archivedAt() != null;
                    case ALL -> true;
                }
                && same(filter.stage(), row.stage())
                && same(filter.severity(), row.severity())
                && same(filter.priority(), row.priority())
                && same(filter.kind(), row.kind())
                && same(filter.channel(), row.channel())
                && same(filter.category(), row.category())
                && same(filter.department(), row.department())
                && same(filter.owner(), row.owner())
                && same(filter.handler(), row.handler());
    }

    private static boolean same(@Nullable Object wanted, @Nullable Object actual) {
        return wanted == null || wanted.equals(actual);
    }

    private static Map<String, Set<String>> filters(Worklist.Filter filter) {
        var filters = new HashMap<String, Set<String>>();
        if (filter.state() != Worklist.State.ALL) {
            filters.put("state", Set.of(filter.state().name()));
        }
        put(filters, "stage", filter.stage());
        put(filters, "severity", filter.severity());
        put(filters, "priority", filter.priority());
        put(filters, "kind", filter.kind());
        put(filters, "channel", filter.channel());
        put(filters, "category", filter.category());
        put(filters, "department", filter.department());
        put(filters, "owner", filter.owner());
        put(filters, "handler", filter.handler());
        return filters;
    }

    private static void put(Map<String, Set<String>> filters, String field, @Nullable Object value) {
        if (value != null) {
            filters.put(field, Set.of(value.toString()));
        }
    }
}
