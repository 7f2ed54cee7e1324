package io.bihuan.compensation.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What finance is to pay, what it has, and what became of it.
 *
 * @param problem with a file of results; null when there is none
 */
public record PayoutsPage(
        List<Waiting> waiting,
        String total,
        boolean isMore,
        List<Batch> batches,
        List<Result> results,
        @Nullable String problem) {
    /** A payout that no file has yet: name and account masked. */
    public record Waiting(String number, String href, String name, String account, String amount, Instant since) {}

    /** A file given to finance. */
    public record Batch(
            String id, long number, Instant at, String by, int payouts, String total, int open, int paid, int failed) {}

    /** What a line of a file of results did. */
    public record Result(int line, String payout, String said, String effect, String tone) {}
}
