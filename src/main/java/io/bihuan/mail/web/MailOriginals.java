package io.bihuan.mail.web;

import io.bihuan.complaint.Originals;
import io.bihuan.intake.Inbox;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The mails of a complaint, each on its page. */
@Component
class MailOriginals implements Originals {
    private static final int MOST = 20;

    private final Inbox inbox;

    MailOriginals(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public List<Original> of(UUID complaintId) {
        return inbox.of(complaintId).stream()
                .filter(message -> message.reader().equals("mail"))
                .limit(MOST)
                .map(message ->
                        new Original("mail.original", message.receivedAt(), "/desk/messages/" + message.id() + "/mail"))
                .toList();
    }
}
