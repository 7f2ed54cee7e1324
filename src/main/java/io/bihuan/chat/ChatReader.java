package io.bihuan.chat;

import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxReader;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.Reading;
import io.bihuan.intake.Submission;
import java.io.InputStream;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Who wanted to chat and found nobody is to be called back. */
@Component
class ChatReader implements InboxReader {
    @Override
    public String source() {
        return ChatCallBacks.SOURCE;
    }

    @Override
    public Reading read(InboxMessage message, InputStream raw) {
        ChatCallBacks.LeftMessage left = ChatCallBacks.JSON.readValue(raw, ChatCallBacks.LeftMessage.class);
        return Reading.Parks.because(
                ParkReason.CALL_BACK,
                Submission.through(
                                Submission.Door.MESSAGE,
                                Objects.requireNonNull(message.businessLine()),
                                message.channel())
                        .content(left.text())
                        .customer(left.name(), left.phone(), null)
                        .receivedAt(message.receivedAt())
                        .build());
    }
}
