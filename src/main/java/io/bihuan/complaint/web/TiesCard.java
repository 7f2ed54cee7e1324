package io.bihuan.complaint.web;

import io.bihuan.complaint.LinkKind;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a complaint has to do with others.
 *
 * @param living the complaint in which it goes on; null when it is handled by itself
 * @param joined those that go on in it, the oldest first
 * @param ways in which another complaint can be tied to it
 */
public record TiesCard(@Nullable Named living, List<Joined> joined, List<Linked> links, List<Option> ways) {
    /** A number, as an address has it and as people read it. */
    public record Named(String digits, String readable) {}

    /** A complaint that goes on in another one, with its own text and what happened to it. */
    public record Joined(
            Named number,
            Instant receivedAt,
            String customer,
            String title,
            String content,
            List<TimelineEntry> events) {}

    public record Linked(Named number, LinkKind kind) {}
}
