package io.bihuan.dossier;

import io.bihuan.correspondence.NoticeFigures;
import io.bihuan.teamwork.Counts;
import java.time.Duration;

/**
 * How well one complaint was handled, so far as it can be counted.
 *
 * @param notices how the promise of the three notices was kept
 * @param tally how often it went from hand to hand
 * @param approvals how long it waited for approvals, all together
 */
public record Quality(NoticeFigures.Figures notices, Counts.Tally tally, Duration approvals) {}
