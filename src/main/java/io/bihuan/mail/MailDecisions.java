package io.bihuan.mail;

import io.bihuan.complaint.Complaints;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxWatcher;
import io.bihuan.platform.Writes;
import org.springframework.stereotype.Component;

/** Acknowledges a mail that a screener made a complaint of. */
@Component
class MailDecisions implements InboxWatcher {
    private final MailNotices notices;
    private final Complaints complaints;

    MailDecisions(MailNotices notices, Complaints complaints) {
        this.notices = notices;
        this.complaints = complaints;
    }

    @Override
    public void parked(InboxMessage message, Writes writes) {}

    @Override
    public void decided(InboxMessage message, Writes writes) {
        if (message.complaint() != null && message.state() == InboxMessage.State.OPENED) {
            complaints
                    .find(message.complaint())
                    .ifPresent(complaint -> notices.acknowledge(message, complaint, writes));
        }
    }
}
