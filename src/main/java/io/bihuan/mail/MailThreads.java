package io.bihuan.mail;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.privacy.Keys;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which complaint a mail belongs to, by the ids of the mails that it answers; and which addresses are known to fail. */
@Component
class MailThreads {
    private static final int LONGEST_ID = 500;
    private static final int MOST_MAILS = 50;

    private final JdbcClient jdbc;
    private final Inbox inbox;
    private final Keys keys;

    MailThreads(JdbcClient jdbc, Inbox inbox, Keys keys) {
        this.jdbc = jdbc;
        this.inbox = inbox;
        this.keys = keys;
    }

    /** A mail of a thread: either one that we sent or one that we received, which may still wait for a person. */
    record Known(UUID id, ComplaintNumber complaint, byte[] recipientIndex) {}

    /** Remembers that a kept mail bears an id; saying it again changes nothing. */
    void remember(String messageId, UUID message) {
        jdbc.sql("insert into mail.thread (message_id, message) values (:id, :message) on conflict do nothing")
                .param("id", cut(messageId))
                .param("message", message)
                .update();
    }

    /** The received mails with one of these ids. */
    List<InboxMessage> received(List<String> messageIds) {
        return jdbc
                .sql("select message from mail.thread where message_id = any(:ids) order by message limit :most")
                .param("ids", messageIds.stream().map(MailThreads::cut).toArray(String[]::new))
                .param("most", MOST_MAILS)
                .query(UUID.class)
                .list()
                .stream()
                .flatMap(id -> inbox.find(id).stream())
                .toList();
    }

    /** What we sent under one of these ids. */
    Optional<Known> sent(List<String> messageIds) {
        return jdbc.sql("""
            select id, complaint_number, recipient_index from mail.outgoing
            where message_id = any(:ids) and complaint_number is not null order by id desc limit 1
            """)
                .param("ids", messageIds.stream().map(MailThreads::cut).toArray(String[]::new))
                .query((row, number) -> new Known(
                        row.getObject("id", UUID.class),
                        new ComplaintNumber(row.getString("complaint_number")),
                        Objects.requireNonNull(row.getBytes("recipient_index"))))
                .optional();
    }

    boolean isBad(String address) {
        return jdbc.sql("select exists (select from mail.bad_address where address_index = :index)")
                .param("index", index(address))
                .query(Boolean.class)
                .single();
    }

    byte[] index(String address) {
        return Objects.requireNonNull(keys.blindIndex("mail-address", new Address(null, address).key()));
    }

    private static String cut(String id) {
        return id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID);
    }
}
