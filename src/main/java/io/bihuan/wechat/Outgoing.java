package io.bihuan.wechat;

import io.bihuan.intake.SourceStates;
import io.bihuan.privacy.Keys;
import io.bihuan.wechat.WeChatSettings.Account;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the accounts have to say: sent in order, one at a time for each customer, by whichever node claims it; tried again with growing
 * pauses while the customer may still be answered.
 */
@Component
public class Outgoing {
    /** For so long after the customer was heard the platform lets the account answer. */
    public static final Duration WINDOW = Duration.ofDays(2);

    /** How many are listed at once. */
    public static final int PAGE = 50;

    static final int MOST_ATTEMPTS = 30;
    static final Duration LEASE = Duration.ofMinutes(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private static final Logger log = LoggerFactory.getLogger(Outgoing.class);
    private static final Duration KEPT = Duration.ofDays(180);
    private static final int BATCH = 500;

    /** How far it has come. */
    public enum State {
        WAITING,
        SENT,
        /** The platform does not bring it to this customer. */
        REFUSED,
        /** It did not go through however often it was tried. */
        FAILED
    }

    /**
     * A message as a list shows it.
     *
     * @param complaint the number of the complaint it is about
     * @param error in the platform's words
     */
    public record Line(
            UUID id,
            String account,
            @Nullable String complaint,
            State state,
            int attempts,
            Instant createdAt,
            @Nullable Instant readyAt,
            @Nullable String error) {}

    private record Claimed(
            UUID id,
            String account,
            String openId,
            String text,
            int attempts,
            Instant createdAt,
            @Nullable Instant heardAt) {}

    private final JdbcClient jdbc;
    private final Keys keys;
    private final WeChatSettings settings;
    private final WeChatApi api;
    private final AccessTokens tokens;
    private final SourceStates sources;
    private final InstantSource time;

    Outgoing(
            JdbcClient jdbc,
            Keys keys,
            WeChatSettings settings,
            WeChatApi api,
            AccessTokens tokens,
            SourceStates sources,
            InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.settings = settings;
        this.api = api;
        this.tokens = tokens;
        this.sources = sources;
        this.time = time;
    }

    /** Sends the next one that is ready; false when there is none now. */
    boolean sendOne() {
        Claimed claimed = claim();
        if (claimed == null) {
            return false;
        }
        Optional<Account> account = settings.find(claimed.account());
        Instant now = time.instant();
        Instant heard = claimed.heardAt();
        if (account.isEmpty()) {
            ends(claimed, State.FAILED, "the account is not configured any more");
        } else if (heard == null || now.isAfter(heard.plus(WINDOW))) {
            ends(claimed, State.REFUSED, "silent for more than 48 hours");
        } else {
            send(account.get(), claimed);
        }
        return true;
    }

    private void send(Account account, Claimed claimed) {
        try {
            String token = tokens.of(account);
            try {
                api.send(account, token, claimed.openId(), claimed.text());
            } catch (WeChatApi.Refusal e) {
                if (!e.isToken()) {
                    throw e;
                }
                tokens.reject(account, token);
                api.send(account, tokens.of(account), claimed.openId(), claimed.text());
            }
            ends(claimed, State.SENT, null);
            sources.working(account.source());
        } catch (WeChatApi.Refusal e) {
            if (e.isCustomers()) {
                ends(claimed, State.REFUSED, e.getMessage());
            } else if (e.isContent()) {
                ends(claimed, State.FAILED, e.getMessage());
            } else {
                sources.failing(account.source(), String.valueOf(e.getMessage()));
                again(claimed, e);
            }
        } catch (AccessTokens.Underway e) {
            again(claimed, e);
        } catch (IOException e) {
            sources.failing(account.source(), String.valueOf(e.getMessage()));
            again(claimed, e);
        }
    }

    private @Nullable Claimed claim() {
        Instant now = time.instant();
        return jdbc.sql("""
            update wechat.outgoing o set attempts = o.attempts + 1, ready_at = :until
            from wechat.conversation c
            where o.id = (select w.id from wechat.outgoing w
                          where w.state = 'WAITING' and w.ready_at <= :now
                          and not exists (select from wechat.outgoing e
                              where e.state = 'WAITING' and e.conversation_id = w.conversation_id and e.id < w.id)
                          order by w.ready_at, w.id limit 1 for update skip locked)
            and o.state = 'WAITING' and c.id = o.conversation_id
            returning o.id, o.body, o.attempts, o.created_at, c.account, c.open_id, c.data_key, c.heard_at
            """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                .query((row, number) -> claimed(row))
                .optional()
                .orElse(null);
    }

    private Claimed claimed(ResultSet row) throws SQLException {
        byte[] key = row.getBytes("data_key");
        return new Claimed(
                row.getObject("id", UUID.class),
                row.getString("account"),
                row.getString("open_id"),
                key == null ? "" : keys.unwrap(key).decrypt(row.getBytes("body")),
                row.getInt("attempts"),
                Objects.requireNonNull(Conversations.instant(row, "created_at")),
                Conversations.instant(row, "heard_at"));
    }

    private void again(Claimed claimed, IOException error) {
        if (claimed.attempts() >= MOST_ATTEMPTS) {
            ends(claimed, State.FAILED, error.getMessage());
            return;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(claimed.attempts(), 12));
        jdbc.sql("""
            update wechat.outgoing set ready_at = :again, error = :error
            where id = :id and state = 'WAITING' and attempts = :attempts
            """)
                .param(
                        "again",
                        time.instant()
                                .plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)
                                .atOffset(ZoneOffset.UTC))
                .param("error", said(error.getMessage()))
                .param("id", claimed.id())
                .param("attempts", claimed.attempts())
                .update();
        if (claimed.attempts() == 1) {
            log.warn("WeChat message {} did not go through and is tried again: {}", claimed.id(), error.getMessage());
        }
    }

    private void ends(Claimed claimed, State state, @Nullable String error) {
        jdbc.sql("""
            update wechat.outgoing set state = :state, ended_at = :now, error = :error,
                report_at = case when is_acknowledgement and :state = 'SENT' then cast(:now as timestamptz) end
            where id = :id and state = 'WAITING' and attempts = :attempts
            """)
                .param("state", state.name())
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("error", error == null ? null : said(error))
                .param("id", claimed.id())
                .param("attempts", claimed.attempts())
                .update();
    }

    private static String said(@Nullable String error) {
        String text = error == null ? "" : error.replace('\0', ' ');
        return text.substring(0, Math.min(300, text.length()));
    }

    /** The newest that have not reached their customer. */
    public List<Line> unsent() {
        return jdbc.sql("""
            select o.*, c.account, k.number from wechat.outgoing o
            join wechat.conversation c on c.id = o.conversation_id
            left join wechat.complaint k on k.complaint_id = o.complaint_id
            where o.state <> 'SENT' order by o.created_at desc, o.id desc limit :most
            """)
                .param("most", PAGE)
                .query((row, index) -> line(row))
                .list();
    }

    /** How the last message about a complaint went. */
    public Optional<Line> last(UUID complaintId) {
        return jdbc.sql("""
            select o.*, c.account, k.number from wechat.outgoing o
            join wechat.conversation c on c.id = o.conversation_id
            left join wechat.complaint k on k.complaint_id = o.complaint_id
            where o.complaint_id = :complaint order by o.id desc limit 1
            """)
                .param("complaint", complaintId)
                .query((row, index) -> line(row))
                .optional();
    }

    private static Line line(ResultSet row) throws SQLException {
        State state = State.valueOf(row.getString("state"));
        return new Line(
                row.getObject("id", UUID.class),
                row.getString("account"),
                row.getString("number"),
                state,
                row.getInt("attempts"),
                Objects.requireNonNull(Conversations.instant(row, "created_at")),
                state == State.WAITING ? Conversations.instant(row, "ready_at") : null,
                row.getString("error"));
    }

    /** Forgets what was said long ago, at most so many; gives how many. */
    int forgetOld() {
        return jdbc.sql("""
            delete from wechat.outgoing where id in
                (select id from wechat.outgoing where state <> 'WAITING' and report_at is null and created_at < :before
                 order by created_at limit :most for update skip locked)
            """)
                .param("before", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .param("most", BATCH)
                .update();
    }
}
