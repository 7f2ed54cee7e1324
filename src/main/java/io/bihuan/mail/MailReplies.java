package io.bihuan.mail;

import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.Replies;
import io.bihuan.platform.Writes;
import org.springframework.stereotype.Component;

/** Answers the sender of a mail that a person has decided on. */
@Component
class MailReplies implements Replies {
    private final MailNotices notices;

    MailReplies(MailNotices notices) {
        this.notices = notices;
    }

    @Override
    public String source() {
        return MailReader.SOURCE;
    }

    @Override
    public boolean canReply(InboxMessage message) {
        return notices.canReply(message);
    }

    @Override
    public void reply(InboxMessage message, String text, Writes writes) {
        notices.reply(message, text, writes);
    }
}
