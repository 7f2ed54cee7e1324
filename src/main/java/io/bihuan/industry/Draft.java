package io.bihuan.industry;

import io.bihuan.pack.PackFolder;
import java.time.Instant;

/**
 * Changes of a pack that are not a version yet.
 *
 * @param version the version it began from
 * @param revision raised by every change
 * @param changedBy an {@link io.bihuan.platform.Actor} as text
 */
public record Draft(String pack, int version, int revision, PackFolder folder, Instant changedAt, String changedBy) {}
