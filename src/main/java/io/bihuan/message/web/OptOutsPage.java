package io.bihuan.message.web;

import io.bihuan.web.FieldErrors;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Who wants nothing more, and the newest answers to texts; addresses are masked. */
public record OptOutsPage(List<Line> lines, List<Reply> replies, OptOutForm form, FieldErrors errors) {
    /** One that is in force. */
    public record Line(UUID id, String address, boolean isOfAll, boolean isByReply, Instant since) {}

    /** One answer. */
    public record Reply(String phone, String text, Instant at) {}
}
