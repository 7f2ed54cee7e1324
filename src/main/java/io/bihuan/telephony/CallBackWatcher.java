package io.bihuan.telephony;

import io.bihuan.complaint.Complaint;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxWatcher;
import io.bihuan.platform.Writes;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the screener decides about a call-back settles it. */
@Component
class CallBackWatcher implements InboxWatcher {
    private final InstantSource time;

    CallBackWatcher(InstantSource time) {
        this.time = time;
    }

    @Override
    public void parked(InboxMessage message, Writes writes) {
        // It waits for a person, as it was meant to.
    }

    @Override
    public void decided(InboxMessage message, @Nullable Complaint complaint, Writes writes) {
        if (message.reader().equals(CallBacks.READER)) {
            writes.add(
                    "update telephony.call_back set closed_at = ? where message = ? and closed_at is null",
                    time.instant(),
                    message.id());
        }
    }
}
