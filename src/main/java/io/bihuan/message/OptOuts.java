package io.bihuan.message;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who wants nothing more. Whoever answers a text with T refuses advertising; what he must know of his own matter still comes, unless he
 * asked a person that nothing at all shall.
 */
@Component
public class OptOuts {
    public static final int PAGE = 50;

    private static final Set<String> WORDS =
            Set.of("T", "TD", "N", "Q", "QX", "R", "退订", "退定", "拒收", "取消", "取消订阅", "不要再发", "STOP", "UNSUBSCRIBE");

    /**
     * One that is in force.
     *
     * @param address a phone or an e-mail address
     * @param isOfAll whether not even service messages come
     * @param isByReply whether he answered so himself
     */
    public record OptOut(UUID id, String address, boolean isOfAll, boolean isByReply, Instant since) {}

    private final JdbcClient jdbc;
    private final Keys keys;
    private final InstantSource time;

    OptOuts(JdbcClient jdbc, Keys keys, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.time = time;
    }

    /** Whether an answer to a text says that nothing more is wanted. */
    public static boolean isRefusal(String answer) {
        String plain = java.text.Normalizer.normalize(answer, java.text.Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Punct}。！，、“”]+", "")
                .toUpperCase(Locale.ROOT);
        return WORDS.contains(plain.startsWith("回复") ? plain.substring(2) : plain);
    }

    /** Whether an address does not want messages of a kind. */
    public boolean has(String address, Category category) {
        return has(index(address), category);
    }

    boolean has(byte[] index, Category category) {
        return jdbc.sql("select is_of_all from message.opt_out where address_index = :index and ended_at is null")
                .param("index", index)
                .query(Boolean.class)
                .optional()
                .map(isOfAll -> switch (category) {
                    case SERVICE, URGENT -> isOfAll;
                    case COMMERCIAL -> true;
                })
                .orElse(false);
    }

    /** The newest of those in force. */
    public List<OptOut> newest() {
        return jdbc.sql("""
            select * from message.opt_out where ended_at is null order by since desc, id desc limit :most
            """)
                .param("most", PAGE)
                .query((row, number) -> new OptOut(
                        row.getObject("id", UUID.class),
                        keys.unwrap(row.getBytes("data_key")).decrypt(row.getBytes("address")),
                        row.getBoolean("is_of_all"),
                        row.getString("source").equals("REPLY"),
                        MessageRows.instant(row, "since")))
                .list();
    }

    /** He answered so; a wider refusal stays. */
    public void replied(String phone, Instant at) {
        add(phone, false, "REPLY", null, at);
    }

    /**
     * A colleague notes what he was asked.
     *
     * @throws Refused when it is neither a phone number nor an e-mail address
     */
    @Transactional
    public void note(String typed, boolean isOfAll, UUID by) {
        String address = typed.contains("@")
                ? typed.strip()
                : io.bihuan.identifier.PhoneNumbers.read(typed)
                        .orElseThrow(() -> new Refused("message.refused.address"));
        if (address.contains("@") && !address.matches("[^@\\s]{1,64}@[^@\\s]{3,190}")) {
            throw new Refused("message.refused.address");
        }
        add(address, isOfAll, "STAFF", by, time.instant());
    }

    private void add(String address, boolean isOfAll, String source, @Nullable UUID by, Instant at) {
        byte[] wrapped = keys.newWrapped();
        jdbc.sql("""
            insert into message.opt_out as o (id, address_index, is_of_all, source, data_key, address, since, by_staff)
            values (:id, :index, :all, :source, :key, :address, :at, :by)
            on conflict (address_index) where ended_at is null do update set is_of_all = o.is_of_all or excluded.is_of_all
            """)
                .param("id", Ids.next())
                .param("index", index(address))
                .param("all", isOfAll)
                .param("source", source)
                .param("key", wrapped)
                .param("address", keys.unwrap(wrapped).encrypt(address))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("by", by, java.sql.Types.OTHER)
                .update();
    }

    /** Ends one, because he wants messages again; false when it has ended. */
    @Transactional
    public boolean end(UUID id, UUID by) {
        return jdbc.sql("""
            update message.opt_out set ended_at = :now, ended_by = :by where id = :id and ended_at is null
            """)
                        .param("now", time.instant().atOffset(ZoneOffset.UTC))
                        .param("by", by)
                        .param("id", id)
                        .update()
                == 1;
    }

    private byte[] index(String address) {
        return Objects.requireNonNull(
                address.contains("@")
                        ? keys.blindIndex("email", MessageRows.lower(address))
                        : keys.blindIndex("phone", address));
    }
}
