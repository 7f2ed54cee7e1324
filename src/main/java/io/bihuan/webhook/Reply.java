package io.bihuan.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param text how the answer began; empty when there was none
 * @param retryAfter how long the receiver asks to be left alone
 */
record Reply(
        Outcome outcome,
        @Nullable Integer status,
        String text,
        Duration took,
        @Nullable Duration retryAfter) {}
