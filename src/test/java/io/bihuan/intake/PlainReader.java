package io.bihuan.intake;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.intake.Submission.Door;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Reads messages of tests: the first word of the text says what they are. */
@Component
class PlainReader implements InboxReader {
    static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public String source() {
        return "plain";
    }

    @Override
    public Reading read(InboxMessage message, InputStream raw) throws IOException {
        String text = new String(raw.readAllBytes(), StandardCharsets.UTF_8);
        String word = text.substring(0, text.indexOf(' '));
        String rest = text.substring(word.length() + 1);
        Submission.Draft draft = Submission.through(
                        Door.MESSAGE, Objects.requireNonNull(message.businessLine()), message.channel())
                .content(rest)
                .receivedAt(message.receivedAt());
        return switch (word) {
            case "open" -> new Reading.Opens(draft.build(), Alongside.NOTHING);
            case "add" -> new Reading.Adds(new ComplaintNumber(rest), "还是不制冷", List.of(), Alongside.NOTHING);
            case "wrong" -> new Reading.Opens(draft.category("no-such").build(), Alongside.NOTHING);
            case "park" -> Reading.Parks.because(ParkReason.UNCLEAR, draft.build(), rest);
            case "end" -> new Reading.Ends(rest, Alongside.NOTHING);
            case "fail" -> {
                FAILURES.incrementAndGet();
                throw new IOException("no line to the moon");
            }
            default -> throw new IllegalArgumentException(word); // a test that is wrong
        };
    }
}
