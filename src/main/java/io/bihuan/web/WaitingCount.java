package io.bihuan.web;

import java.util.List;

/**
 * How much waits for somebody, counted by queries of the module that keeps it; what they count is added up. All numbers of a page are
 * asked for in one statement, so they must be quick: by an index, and to a hundred at most.
 *
 * @param queries each of one number, with the parameters {@code :viewer} (uuid) and {@code :department} (text; null for none)
 */
public record WaitingCount(List<String> queries) {
    public static final WaitingCount NOTHING = new WaitingCount(List.of());

    public WaitingCount {
        queries = List.copyOf(queries);
    }

    public static WaitingCount counting(String query) {
        return new WaitingCount(List.of(query));
    }

    public static WaitingCount sum(WaitingCount... parts) {
        return new WaitingCount(
                List.of(parts).stream().flatMap(part -> part.queries().stream()).toList());
    }
}
