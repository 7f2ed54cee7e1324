package io.bihuan.telephony;

import io.bihuan.intake.Alongside;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxReader;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.Reading;
import io.bihuan.intake.Submission;
import io.bihuan.telephony.CallBacks.CallBack;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Lets the screener of the hotline call back whoever gave up. */
@Component
class CallBackReader implements InboxReader {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CallBacks callBacks;

    CallBackReader(CallBacks callBacks) {
        this.callBacks = callBacks;
    }

    @Override
    public String source() {
        return CallBacks.READER;
    }

    @Override
    public Reading read(InboxMessage message, InputStream raw) throws IOException {
        var wanted = JSON.readValue(raw.readAllBytes(), CallBacks.Wanted.class);
        CallBack callBack = callBacks.find(UUID.fromString(message.sourceId())).orElse(null);
        if (callBack != null && callBack.closedAt() != null) {
            return new Reading.Ends("/desk/calls/" + callBack.closedByCall(), Alongside.NOTHING);
        }
        Submission draft = Submission.through(
                        Submission.Door.MESSAGE, Objects.requireNonNull(message.businessLine()), message.channel())
                .customer(null, wanted.number(), null)
                .receivedAt(message.receivedAt())
                .build();
        return new Reading.Parks(
                ParkReason.CALL_BACK,
                draft,
                List.of(wanted.number(), wanted.queue() == null ? "" : wanted.queue()),
                Alongside.NOTHING);
    }
}
