package io.bihuan.message.web;

import java.time.Instant;
import java.util.List;

/**
 * What no channel brings, newest first.
 *
 * @param isOpen whether new ones still come here
 * @param codes of the last day
 */
public record OutboxPage(boolean isOpen, List<Line> codes, List<MessageLine> messages) {
    /** One code; the phone is masked. */
    public record Line(String phone, String text, Instant at) {}
}
