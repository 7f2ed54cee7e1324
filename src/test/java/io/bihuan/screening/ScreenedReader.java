package io.bihuan.screening;

import io.bihuan.intake.Alongside;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxReader;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.Reading;
import io.bihuan.intake.Replies;
import io.bihuan.intake.Submission;
import io.bihuan.intake.Submission.Door;
import io.bihuan.platform.Writes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Reads messages of tests, which begin with the reason for which a person is to look; and answers their senders. */
@Component
public class ScreenedReader implements InboxReader, Replies {
    public static final String PHONE = "13912340077";

    static final Map<UUID, String> REPLIES = new ConcurrentHashMap<>();

    @Override
    public String source() {
        return "screened";
    }

    @Override
    public Reading read(InboxMessage message, InputStream raw) throws IOException {
        List<String> words = List.of(new String(raw.readAllBytes(), StandardCharsets.UTF_8).split(" ", 2));
        Submission draft = Submission.through(
                        Door.MESSAGE, Objects.requireNonNull(message.businessLine()), message.channel())
                .title("来信 " + PHONE)
                .content(words.getLast())
                .customer("张三丰", PHONE, "zhang.san@example.cn")
                .receivedAt(message.receivedAt())
                .build();
        return words.getFirst().equals("OPEN")
                ? new Reading.Opens(draft, Alongside.NOTHING)
                : Reading.Parks.because(ParkReason.valueOf(words.getFirst()), draft, "detail");
    }

    @Override
    public boolean canReply(InboxMessage message) {
        return true;
    }

    @Override
    public void reply(InboxMessage message, String text, Writes writes) {
        REPLIES.put(message.id(), text);
    }
}
