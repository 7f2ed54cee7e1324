package io.bihuan.bulk.web;

import io.bihuan.bulk.Run;
import java.time.Instant;
import java.util.List;

/** The last runs. */
public record RunsPage(List<Row> rows, boolean leads) {
    /** One of them. */
    public record Row(
            String href, String title, String by, Run.State state, String tone, Instant at, boolean isUndone) {}
}
