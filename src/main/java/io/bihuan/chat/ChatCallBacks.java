package io.bihuan.chat;

import io.bihuan.chat.Chat.Side;
import io.bihuan.chat.Chat.State;
import io.bihuan.complaint.Channel;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.Received;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chats that nobody came to. Where nobody is, or nobody comes in time, the customer leaves a message, and a call-back with its clock
 * is made of it. So is one of everybody who went away before somebody came and left a number.
 */
@Component
public class ChatCallBacks {
    /** After so long without an agent a message is offered. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    static final String SOURCE = "chat";
    static final JsonMapper JSON = JsonMapper.shared();
    /** Pages ask every two seconds: who has not asked for so long is away. */
    static final Duration CUSTOMER_AWAY = Duration.ofSeconds(90);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ChatRows rows;
    private final ChatLines lines;
    private final Inbox inbox;
    private final InstantSource time;

    ChatCallBacks(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ChatRows rows,
            ChatLines lines,
            Inbox inbox,
            InstantSource time) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.rows = rows;
        this.lines = lines;
        this.inbox = inbox;
        this.time = time;
    }

    /** A chat as a call-back: what a colleague must know who calls. */
    record LeftMessage(String name, String phone, String text) {}

    /** Nobody came: the customer leaves a message, and is called back. */
    public void leaveMessage(UUID id, String name, String phone, String text) {
        if (PhoneNumbers.read(phone).isEmpty()) {
            throw new Refused("chat.refused.phone");
        }
        transaction.executeWithoutResult(status -> {
            Chat chat = rows.lock(id);
            if (chat.state() != State.WAITING) {
                throw new Refused("chat.refused.came");
            }
            SubjectKey key = rows.key(id);
            if (!text.isBlank()) {
                lines.add(id, key, Side.CUSTOMER, null, UUID.randomUUID(), ChatLines.needed(text));
            }
            jdbc.sql("""
                            update chat.chat set state = 'MESSAGE', ended_at = :now, customer_name = :name, customer_phone = :phone
                            where id = :id
                            """)
                    .param("now", now())
                    .param("name", name.isBlank() ? null : key.encrypt(name.strip()))
                    .param("phone", key.encrypt(ChatRows.readable(phone)))
                    .param("id", id)
                    .update();
        });
        callBack(id);
    }

    /**
     * Ends the chats whose customers went away while they waited; who left a number is called back.
     *
     * @return how many
     */
    public int endAbandoned() {
        List<UUID> left = jdbc.sql("""
                        update chat.chat set state = 'LEFT', ended_at = :now
                        where id in (select id from chat.chat where state = 'WAITING' and visitor is null and customer_seen_at < :before
                                     order by queued_at, id limit 100 for update skip locked)
                        returning id
                        """)
                .param("now", now())
                .param("before", now().minus(CUSTOMER_AWAY))
                .query(UUID.class)
                .list(); // bounded: at most a hundred
        left.forEach(this::callBack);
        makeMissing();
        return left.size();
    }

    /** Of visitors who found nobody, and of everybody whose node stopped before it was made, the call-back is made now. */
    void makeMissing() {
        jdbc.sql("""
                        select c.id from chat.chat c where c.state in ('LEFT', 'MESSAGE') and c.called_back_at is null
                        and (c.customer_phone is not null or c.visitor is not null)
                        order by c.ended_at, c.id limit 100
                        """).query(UUID.class).list().forEach(this::callBack);
    }

    private void callBack(UUID id) {
        Chat chat = rows.find(id).orElseThrow();
        if (chat.phone() == null && chat.visitor() == null) {
            return;
        }
        var message = new LeftMessage(Personal.text(chat.name()), Personal.text(chat.phone()), lines.transcript(id, 0));
        inbox.receive(Received.of(
                        Channel.CHAT,
                        SOURCE,
                        id.toString(),
                        chat.openedAt(),
                        "application/json",
                        JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8))
                .withBusinessLine(chat.businessLine()));
        jdbc.sql("update chat.chat set called_back_at = :now where id = :id and called_back_at is null")
                .param("now", now())
                .param("id", id)
                .update();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
