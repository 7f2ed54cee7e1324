package io.bihuan.message;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sends codes by the provider, or keeps them where administrators see them for as long as there is none. */
@Component
public class Outbox implements CodeSender {
    public static final int PAGE = 50;

    /** The purpose of a code, and the parameter of its template. */
    public static final String CODE = "code";

    private static final Duration KEPT = Duration.ofDays(1);

    /** A text as it is kept. */
    public record Kept(UUID id, String phone, String text, Instant createdAt) {}

    private final Messages messages;
    private final MessageWork work;
    private final JdbcClient jdbc;
    private final Keys keys;
    private final InstantSource time;

    Outbox(Messages messages, MessageWork work, JdbcClient jdbc, Keys keys, InstantSource time) {
        this.messages = messages;
        this.work = work;
        this.jdbc = jdbc;
        this.keys = keys;
        this.time = time;
    }

    @Override
    public void send(String phone, String code, String text, Writes writes) {
        if (!work.keepsLocally()) {
            UUID id = Ids.next();
            messages.send(
                    writes,
                    new OutgoingMessage(
                            id,
                            CODE,
                            id,
                            new Recipient(phone, null, null, "zh-CN"),
                            Category.URGENT,
                            CODE,
                            List.of(Way.SMS),
                            Map.of(Way.SMS, new Content(null, text, Map.of(CODE, code))),
                            null));
            return;
        }
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        Instant now = time.instant();
        writes.add("delete from message.outbox where created_at < ?", now.minus(KEPT));
        writes.add(
                "insert into message.outbox (id, data_key, phone, body, created_at) values (?, ?, ?, ?, ?)",
                Ids.next(),
                wrapped,
                key.encrypt(phone),
                key.encrypt(text),
                now);
    }

    /** The newest first. */
    public List<Kept> newest() {
        return jdbc.sql("""
            select * from message.outbox where created_at >= :since
            order by created_at desc, id desc limit :most
            """)
                .param("since", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .param("most", PAGE)
                .query((row, number) -> {
                    SubjectKey key = keys.unwrap(row.getBytes("data_key"));
                    return new Kept(
                            row.getObject("id", UUID.class),
                            key.decrypt(row.getBytes("phone")),
                            key.decrypt(row.getBytes("body")),
                            row.getObject("created_at", OffsetDateTime.class).toInstant());
                })
                .list();
    }
}
