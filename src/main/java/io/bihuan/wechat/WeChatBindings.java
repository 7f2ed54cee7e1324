package io.bihuan.wechat;

import io.bihuan.complaint.Channel;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.Received;
import io.bihuan.message.CodeSender;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.wechat.WeChatSettings.Account;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Which phone number is behind an OpenID: proved by a code that was sent to it. One phone may have several OpenIDs. */
@Component
public class WeChatBindings {
    public static final Duration CODE_LIFE = Duration.ofMinutes(5);
    public static final int MOST_TRIES = 5;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int CODES = 1_000_000;
    private static final int NETWORK_BYTES = 8;
    private static final int BATCH = 1_000;
    private static final int MOST_OPEN_IDS = 50;

    /** Codes within ten minutes for one phone, one OpenID, and one address, which a family may share. */
    private enum Allowance {
        PHONE(3),
        OPEN_ID(5),
        ADDRESS(20);

        private final int most;

        Allowance(int most) {
            this.most = most;
        }
    }

    private record Sent(String phone, byte[] hash, int tries, Instant expiresAt) {}

    private record Use(int used, OffsetDateTime resetsAt) {}

    private final JdbcClient jdbc;
    private final DataSource database;
    private final Keys keys;
    private final WeChatSettings settings;
    private final CodeSender sender;
    private final Wording wording;
    private final Inbox inbox;
    private final TransactionTemplate transaction;
    private final InstantSource time;

    WeChatBindings(
            JdbcClient jdbc,
            DataSource database,
            Keys keys,
            WeChatSettings settings,
            CodeSender sender,
            Wording wording,
            Inbox inbox,
            TransactionTemplate transaction,
            InstantSource time) {
        this.jdbc = jdbc;
        this.database = database;
        this.keys = keys;
        this.settings = settings;
        this.sender = sender;
        this.wording = wording;
        this.inbox = inbox;
        this.transaction = transaction;
        this.time = time;
    }

    /** The number bound to an OpenID, in E.164 form. */
    public Optional<String> phoneOf(String account, String openId) {
        return jdbc.sql("""
            select phone, data_key from wechat.binding
            where account = :account and open_id = :openId and unbound_at is null and data_key is not null
            """)
                .param("account", account)
                .param("openId", openId)
                .query((row, number) -> keys.unwrap(row.getBytes("data_key")).decrypt(row.getBytes("phone")))
                .optional();
    }

    /** The OpenIDs of an account that are bound to a number, the latest first. */
    public List<String> openIdsOf(String account, String phone) {
        return jdbc.sql("""
            select open_id from wechat.binding
            where phone_index = :phone and account = :account and unbound_at is null
            order by bound_at desc limit :most
            """)
                .param("phone", keys.blindIndex("phone", phone))
                .param("account", account)
                .param("most", MOST_OPEN_IDS)
                .query(String.class)
                .list();
    }

    /**
     * Sends a code to a phone.
     *
     * @throws Refused when it is no phone number
     * @throws TooOften when too many were sent
     */
    public void sendCode(String account, String openId, String typed, String address) {
        String phone = PhoneNumbers.read(typed).orElseThrow(() -> new Refused("wechat.refused.phone"));
        use(Allowance.ADDRESS, network(address));
        use(Allowance.OPEN_ID, account + " " + openId);
        use(Allowance.PHONE, phone);
        String code = String.format(Locale.ROOT, "%06d", RANDOM.nextInt(CODES));
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            writes.addOne(
                    """
                    insert into wechat.binding_code (account, open_id, data_key, phone, code_hash, tries, expires_at)
                    values (?, ?, ?, ?, ?, 0, ?)
                    on conflict (account, open_id) do update set data_key = excluded.data_key, phone = excluded.phone,
                        code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at
                    """,
                    account,
                    openId,
                    wrapped,
                    key.encrypt(phone),
                    hash(account, openId, code),
                    time.instant().plus(CODE_LIFE));
            sender.send(phone, code, wording.texts().of("wechat.code.text", code, CODE_LIFE.toMinutes()), writes);
            writes.send(database);
        });
    }

    /**
     * Binds the phone that the last code was sent to.
     *
     * @throws Refused when the code is wrong, too old or was tried too often
     */
    public void bind(String account, String openId, String typed) {
        Account configured = settings.find(account).orElseThrow(() -> new Refused("wechat.refused.code"));
        String code = typed.replaceAll("\\s", "");
        UUID binding = Ids.next();
        // The try counts even when it is wrong: it is written before it is judged.
        Sent sent = jdbc.sql("""
            update wechat.binding_code set tries = tries + 1
            where account = :account and open_id = :openId and tries < :most and expires_at > :now
            returning data_key, phone, code_hash, tries, expires_at
            """)
                .param("account", account)
                .param("openId", openId)
                .param("most", MOST_TRIES)
                .param("now", now())
                .query((row, number) -> new Sent(
                        keys.unwrap(row.getBytes("data_key")).decrypt(row.getBytes("phone")),
                        row.getBytes("code_hash"),
                        row.getInt("tries"),
                        Objects.requireNonNull(Conversations.instant(row, "expires_at"))))
                .optional()
                .orElseThrow(() -> new Refused("wechat.refused.codeOver"));
        if (!MessageDigest.isEqual(sent.hash(), hash(account, openId, code))) {
            throw sent.tries() >= MOST_TRIES
                    ? new Refused("wechat.refused.codeOver")
                    : new Refused("wechat.refused.code");
        }
        byte[] wrapped = keys.newWrapped();
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            Instant now = time.instant();
            writes.addOne(
                    "delete from wechat.binding_code where account = ? and open_id = ? and code_hash = ?",
                    account,
                    openId,
                    sent.hash());
            writes.add(
                    "update wechat.binding set unbound_at = ? where account = ? and open_id = ? and unbound_at is null",
                    now,
                    account,
                    openId);
            writes.addOne(
                    """
                    insert into wechat.binding (id, account, open_id, data_key, phone, phone_index, bound_at)
                    values (?, ?, ?, ?, ?, ?, ?)
                    """,
                    binding,
                    account,
                    openId,
                    wrapped,
                    keys.unwrap(wrapped).encrypt(sent.phone()),
                    keys.blindIndex("phone", sent.phone()),
                    now);
            writes.send(database);
        });
        // The conversation goes on with what it waited for.
        inbox.receive(Received.of(
                        Channel.WECHAT,
                        configured.source(),
                        "bound-" + binding,
                        time.instant(),
                        WeChatReader.BOUND,
                        new byte[] {'1'})
                .withConversation(openId)
                .withBusinessLine(configured.businessLine()));
    }

    /** Forgets the number behind an OpenID. */
    public void unbind(String account, String openId) {
        jdbc.sql("""
            update wechat.binding set unbound_at = :now, data_key = null
            where account = :account and open_id = :openId and unbound_at is null
            """)
                .param("now", now())
                .param("account", account)
                .param("openId", openId)
                .update();
    }

    private void use(Allowance allowance, String whose) {
        OffsetDateTime now = now();
        Use use = jdbc.sql("""
            insert into wechat.allowance as a (key, used, resets_at) values (:key, 1, :resets)
            on conflict (key) do update set
                used = case when a.resets_at <= :now then 1 else least(a.used, :most) + 1 end,
                resets_at = case when a.resets_at <= :now then excluded.resets_at else a.resets_at end
            returning used, resets_at
            """)
                .param("key", keys.blindIndex("wechat-code-" + allowance, whose))
                .param("now", now)
                .param("resets", now.plus(WINDOW))
                .param("most", allowance.most)
                .query((row, index) -> new Use(row.getInt("used"), row.getObject("resets_at", OffsetDateTime.class)))
                .single();
        if (use.used() > allowance.most) {
            throw new TooOften(Duration.between(now, use.resetsAt()));
        }
    }

    /** Who has one IPv6 address has the 2^64 of its network. */
    private static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    private byte[] hash(String account, String openId, String code) {
        return Objects.requireNonNull(keys.blindIndex("wechat-code", account + " " + openId + " " + code));
    }

    /** Forgets codes and counters that are over, at most a thousand of each; gives how many. */
    int forgetOld() {
        int codes = jdbc.sql("""
            delete from wechat.binding_code where (account, open_id) in
                (select account, open_id from wechat.binding_code where expires_at < :now
                 order by expires_at limit :most for update skip locked)
            """).param("now", now()).param("most", BATCH).update();
        return codes + jdbc.sql("""
            delete from wechat.allowance where key in
                (select key from wechat.allowance where resets_at < :now
                 order by resets_at limit :most for update skip locked)
            """).param("now", now()).param("most", BATCH).update();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
