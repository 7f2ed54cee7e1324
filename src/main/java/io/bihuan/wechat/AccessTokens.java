package io.bihuan.wechat;

import io.bihuan.privacy.Keys;
import io.bihuan.wechat.WeChatSettings.Account;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The access token of each account: one node fetches it, all use it, encrypted in the database; renewed before it ends. */
@Component
class AccessTokens {
    /** Within its last minutes the platform gives out the next token, and takes both. */
    static final Duration MARGIN = Duration.ofMinutes(4);

    /** The platform lets nobody force a new token more often. */
    static final Duration FORCED = Duration.ofSeconds(30);

    private static final Duration FETCHING = Duration.ofSeconds(20);

    /** Another node fetches it right now. */
    static final class Underway extends IOException {
        Underway() {
            super("the access token is being fetched");
        }
    }

    private record Kept(@Nullable String token, @Nullable Instant expiresAt, boolean isRejected, byte[] wrapped) {
        boolean isGood(Instant at) {
            return token != null && expiresAt != null && !isRejected && at.isBefore(expiresAt);
        }
    }

    private final JdbcClient jdbc;
    private final Keys keys;
    private final WeChatApi api;
    private final InstantSource time;

    AccessTokens(JdbcClient jdbc, Keys keys, WeChatApi api, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.api = api;
        this.time = time;
    }

    /** A token that is good now. */
    String of(Account account) throws IOException {
        Instant now = time.instant();
        Kept kept = kept(account);
        if (kept.isGood(now.plus(MARGIN))) {
            return java.util.Objects.requireNonNull(kept.token());
        }
        if (isOurs(account, now)) {
            return fetched(account, kept);
        }
        // Somebody else fetches it, or has done so between the two statements.
        Kept meanwhile = kept(account);
        if (meanwhile.isGood(now)) {
            return java.util.Objects.requireNonNull(meanwhile.token());
        }
        throw new Underway();
    }

    /** The platform did not take this token. */
    void reject(Account account, String token) {
        if (token.equals(kept(account).token())) {
            jdbc.sql("update wechat.access_token set is_rejected = true where account = :account")
                    .param("account", account.name())
                    .update();
        }
    }

    private Kept kept(Account account) {
        return jdbc.sql("select * from wechat.access_token where account = :account")
                .param("account", account.name())
                .query((row, number) -> {
                    byte[] wrapped = row.getBytes("data_key");
                    byte[] sealed = row.getBytes("token");
                    return new Kept(
                            sealed == null ? null : keys.unwrap(wrapped).decrypt(sealed),
                            Conversations.instant(row, "expires_at"),
                            row.getBoolean("is_rejected"),
                            wrapped);
                })
                .optional()
                .orElseGet(() -> new Kept(null, null, false, keys.newWrapped()));
    }

    /** What lies far in the future was written by a clock that has been set back since, and binds nobody. */
    private boolean isOurs(Account account, Instant now) {
        return jdbc.sql("""
            insert into wechat.access_token as t (account, data_key, fetching_until) values (:account, :key, :until)
            on conflict (account) do update set fetching_until = excluded.fetching_until
            where (t.fetching_until is null or t.fetching_until <= :now or t.fetching_until > :future)
            and (t.token is null or t.is_rejected or t.expires_at <= :margin)
            and (not t.is_rejected or t.fetched_at is null or t.fetched_at <= :forced or t.fetched_at > :future)
            """)
                        .param("account", account.name())
                        .param("key", keys.newWrapped())
                        .param("until", now.plus(FETCHING).atOffset(ZoneOffset.UTC))
                        .param("future", now.plus(FETCHING.multipliedBy(2)).atOffset(ZoneOffset.UTC))
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("margin", now.plus(MARGIN).atOffset(ZoneOffset.UTC))
                        .param("forced", now.minus(FORCED).atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private String fetched(Account account, Kept before) throws IOException {
        try {
            WeChatApi.Token token = api.token(account, before.isRejected());
            Instant now = time.instant();
            Kept current = kept(account);
            jdbc.sql("""
                update wechat.access_token set token = :token, expires_at = :expires, fetched_at = :now,
                    is_rejected = false, fetching_until = null
                where account = :account
                """)
                    .param("token", keys.unwrap(current.wrapped()).encrypt(token.value()))
                    .param("expires", now.plus(token.life()).atOffset(ZoneOffset.UTC))
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("account", account.name())
                    .update();
            return token.value();
        } catch (IOException | RuntimeException e) {
            jdbc.sql("update wechat.access_token set fetching_until = null where account = :account")
                    .param("account", account.name())
                    .update();
            throw e;
        }
    }
}
