package io.bihuan.message;

import io.bihuan.platform.Ids;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people answered to texts, each answer once, for as long as somebody may want to read it. */
@Component
public class PhoneReplies {
    public static final int PAGE = 50;

    private static final Duration KEPT = Duration.ofDays(30);

    /** An answer as it is kept. */
    public record Kept(UUID id, String phone, String text, Instant at) {}

    private final JdbcClient jdbc;
    private final Keys keys;
    private final InstantSource time;

    PhoneReplies(JdbcClient jdbc, Keys keys, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.time = time;
    }

    /** Keeps an answer; false when it is known already. */
    public boolean keep(String key, String phone, String text, Instant at) {
        byte[] wrapped = keys.newWrapped();
        SubjectKey sealed = keys.unwrap(wrapped);
        jdbc.sql(
                        "delete from message.reply where id in (select id from message.reply where received_at < :before limit 100)")
                .param("before", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
        return jdbc.sql("""
            insert into message.reply (id, reply_key, data_key, phone, body, at, received_at)
            values (:id, :key, :wrapped, :phone, :body, :at, :now) on conflict (reply_key) do nothing
            """)
                        .param("id", Ids.next())
                        .param("key", keys.blindIndex("reply", phone + " " + key))
                        .param("wrapped", wrapped)
                        .param("phone", sealed.encrypt(phone))
                        .param("body", sealed.encrypt(text))
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("now", time.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** The newest first. */
    public List<Kept> newest() {
        return jdbc.sql("select * from message.reply order by at desc, id desc limit :most")
                .param("most", PAGE)
                .query((row, number) -> {
                    SubjectKey key = keys.unwrap(row.getBytes("data_key"));
                    return new Kept(
                            row.getObject("id", UUID.class),
                            key.decrypt(row.getBytes("phone")),
                            key.decrypt(row.getBytes("body")),
                            MessageRows.instant(row, "at"));
                })
                .list();
    }
}
