package io.bihuan.message.web;

import io.bihuan.message.Messages.Figure;
import io.bihuan.message.Way;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What was handed over in the last two weeks, by day and way. */
public record MessageFiguresPage(List<Row> rows) {
    /**
     * One way on one day.
     *
     * @param all handed over
     * @param arrived delivered or read
     * @param read of those that arrived
     */
    public record Row(LocalDate day, Way way, int all, int arrived, int read, int failed, int open) {
        /** In percent of all. */
        public int rate() {
            return all == 0 ? 0 : (int) Math.round(100.0 * arrived / all);
        }

        private Row with(Figure figure) {
            int n = figure.count();
            return switch (figure.state()) {
                case READ -> new Row(day, way, all + n, arrived + n, read + n, failed, open);
                case DELIVERED -> new Row(day, way, all + n, arrived + n, read, failed, open);
                case FAILED, SUPPRESSED, CANCELLED -> new Row(day, way, all + n, arrived, read, failed + n, open);
                case PLANNED, HELD, SENDING, SENT, CALL -> new Row(day, way, all + n, arrived, read, failed, open + n);
            };
        }
    }

    static MessageFiguresPage of(List<Figure> figures) {
        var rows = new ArrayList<Row>();
        for (Figure figure : figures) {
            Row last = rows.isEmpty() ? null : rows.getLast();
            if (last != null && last.day().equals(figure.day()) && last.way() == figure.way()) {
                rows.set(rows.size() - 1, last.with(figure));
            } else {
                rows.add(new Row(figure.day(), figure.way(), 0, 0, 0, 0, 0).with(figure));
            }
        }
        return new MessageFiguresPage(List.copyOf(rows));
    }
}
