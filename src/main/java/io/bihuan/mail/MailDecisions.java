package io.bihuan.mail;

import io.bihuan.complaint.Complaint;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxWatcher;
import io.bihuan.platform.Writes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Acknowledges a mail that a screener made a complaint of. */
@Component
class MailDecisions implements InboxWatcher {
    private final MailNotices notices;

    MailDecisions(MailNotices notices) {
        this.notices = notices;
    }

    @Override
    public void parked(InboxMessage message, Writes writes) {}

    @Override
    public void decided(InboxMessage message, @Nullable Complaint complaint, Writes writes) {
        if (complaint != null && message.state() == InboxMessage.State.OPENED) {
            notices.acknowledge(message, complaint, writes);
        }
    }
}
