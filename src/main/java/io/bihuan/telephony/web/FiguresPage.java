package io.bihuan.telephony.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How reachable the hotline was. */
public record FiguresPage(
        String from,
        String until,
        String interval,
        String queue,
        List<Option> intervals,
        List<Option> queues,
        List<Row> rows,
        @Nullable Row sum,
        String csv,
        FieldErrors errors) {
    /** One line, as it is read. */
    public record Row(
            String label,
            long offered,
            long answered,
            long abandoned,
            long shortAbandoned,
            long waiting,
            String connect,
            String connectTone,
            String inTime,
            String inTimeTone,
            String abandonment,
            String speed,
            String talk) {}
}
