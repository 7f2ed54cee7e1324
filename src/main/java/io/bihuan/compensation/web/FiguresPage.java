package io.bihuan.compensation.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What compensation came to in a period, and what waits for approval.
 *
 * @param query behind the address of the table
 */
public record FiguresPage(
        String from,
        String until,
        String line,
        String query,
        List<Option> lines,
        @Nullable Total total,
        List<Row> items,
        List<Case> complaints,
        List<ToApprove> toApprove,
        FieldErrors errors) {
    /** The whole. */
    public record Total(
            long offered,
            long accepted,
            String acceptance,
            long complaints,
            String cost,
            String average,
            String reserved,
            String expired) {}

    /** One item of a line. */
    public record Row(String line, String item, long offered, long accepted, String acceptance, String cost) {}

    /** One complaint. */
    public record Case(String number, String href, long offered, long accepted, String cost) {}

    /** What somebody else must approve. */
    public record ToApprove(
            String number, String href, String item, String amount, String by, Instant since, String reason) {}
}
