package io.bihuan.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts what waits for one person behind several entries; provided where there are a database and people. */
public interface WaitingCounts {
    /** In the order of what was asked for. */
    List<Integer> of(List<WaitingCount> waiting, UUID viewer, @Nullable String department);
}
