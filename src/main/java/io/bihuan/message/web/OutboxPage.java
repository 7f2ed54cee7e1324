package io.bihuan.message.web;

import java.time.Instant;
import java.util.List;

/** The texts to phones of the last day, newest first. */
public record OutboxPage(List<Line> lines) {
    /** One text; the phone is masked. */
    public record Line(String phone, String text, Instant at) {}
}
