package io.bihuan.identity;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The tokens of programs that call the API. Kept are hashes only; a revocation counts within ten seconds on every node. */
@Service
public class Tokens {
    /** A new token and its secret, which nobody can ask for again. */
    public record Issued(UUID id, String secret) {}

    private record Known(Token token, Instant readAt) {}

    private static final int MOST = 500;
    private static final int MOST_KNOWN = 1_000;
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration USED_EVERY = Duration.ofMinutes(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Tokens(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Who carries this secret; empty if it is unknown, expired or revoked. */
    public Optional<TokenPrincipal> check(String secret) {
        String key = HexFormat.of().formatHex(hash(secret));
        Instant now = time.instant();
        Known found = known.get(key);
        Optional<Token> token =
                found != null && Duration.between(found.readAt(), now).abs().compareTo(FRESH) < 0
                        ? Optional.of(found.token())
                        : read(key, hash(secret), now);
        return token.filter(each -> each.isGood(now))
                .map(each ->
                        new TokenPrincipal(each.id(), each.name(), each.scopes(), each.reach(), each.callsAMinute()));
    }

    private Optional<Token> read(String key, byte[] hash, Instant now) {
        Optional<Token> token =
                read("where secret_hash = :hash", Map.of("hash", hash)).stream().findFirst();
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        token.ifPresent(each -> known.put(key, new Known(each, now)));
        token.filter(each -> each.isGood(now)).ifPresent(each -> used(each, now));
        return token;
    }

    /** All tokens, the newest first; at most 500. */
    public List<Token> list() {
        return read("order by id desc limit " + MOST, Map.of());
    }

    /** Who still uses a token is known to the minute: more would be a write for every call. */
    private void used(Token token, Instant now) {
        if (token.lastUsedAt() != null && token.lastUsedAt().plus(USED_EVERY).isAfter(now)) {
            return;
        }
        jdbc.sql("update identity.token set last_used_at = greatest(last_used_at, :now) where id = :id")
                .param("now", at(now))
                .param("id", token.id())
                .update();
    }

    /** Which of these tokens are neither revoked nor expired. */
    public Set<UUID> good(Collection<UUID> ids) {
        Instant now = time.instant();
        return ids.isEmpty()
                ? Set.of()
                : read("where id = any(:ids)", Map.of("ids", ids.toArray(UUID[]::new))).stream()
                        .filter(token -> token.isGood(now))
                        .map(Token::id)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A token that reaches everything and may call as often as it likes. */
    public Issued create(String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        return create(name, scopes, TokenReach.ALL, null, expiresAt);
    }

    /**
     * A token with a reach and a rate.
     *
     * @param callsAMinute how often it may call, on each node; null for no limit
     */
    public Issued create(
            String name,
            Set<Scope> scopes,
            TokenReach reach,
            @Nullable Integer callsAMinute,
            @Nullable Instant expiresAt) {
        if (scopes.isEmpty()) {
            throw new Refused("identity.refused.noScope");
        }
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String secret = "bh_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        UUID id = Ids.next();
        insert(id, name, secret, scopes, reach, callsAMinute, expiresAt);
        return new Issued(id, secret);
    }

    /** Lets a secret of the configuration open the API for good, once. A revoked one stays revoked. */
    boolean keep(String name, String secret) {
        return insert(Ids.next(), name, secret, Set.of(Scope.values()), TokenReach.ALL, null, null) == 1;
    }

    private int insert(
            UUID id,
            String name,
            String secret,
            Set<Scope> scopes,
            TokenReach reach,
            @Nullable Integer callsAMinute,
            @Nullable Instant expiresAt) {
        return jdbc.sql("""
                insert into identity.token (id, name, secret_hash, scopes, business_lines, channels,
                    calls_a_minute, created_at, expires_at)
                values (:id, :name, :hash, :scopes, :lines, :channels, :calls, :now, :expiresAt)
                on conflict (secret_hash) do nothing""")
                .param("id", id)
                .param("name", name)
                .param("hash", hash(secret))
                .param("scopes", scopes.stream().sorted().map(Scope::name).toArray(String[]::new))
                .param("lines", reach.businessLines().stream().sorted().toArray(String[]::new))
                .param("channels", reach.channels().stream().sorted().toArray(String[]::new))
                .param("calls", callsAMinute)
                .param("now", at(time.instant()))
                .param("expiresAt", expiresAt == null ? null : at(expiresAt))
                .update();
    }

    /** Ends a token for good; once is enough. */
    public void revoke(UUID id) {
        int updated = jdbc.sql("update identity.token set revoked_at = coalesce(revoked_at, :now) where id = :id")
                .param("now", at(time.instant()))
                .param("id", id)
                .update();
        if (updated == 0) {
            throw new Refused("identity.refused.unknownToken");
        }
        known.values().removeIf(each -> each.token().id().equals(id));
    }

    private List<Token> read(String where, Map<String, Object> parameters) {
        // bounded: the callers ask by a unique hash or with a limit
        return jdbc.sql("""
                        select id, name, scopes, business_lines, channels, calls_a_minute, created_at, expires_at, revoked_at,
                            last_used_at
                        from identity.token
                        """ + where).params(parameters).query(Tokens::token).list();
    }

    private static Token token(ResultSet row, int number) throws SQLException {
        return new Token(
                row.getObject("id", UUID.class),
                row.getString("name"),
                words(row, "scopes").stream().map(Scope::valueOf).collect(Collectors.toUnmodifiableSet()),
                new TokenReach(words(row, "business_lines"), words(row, "channels")),
                row.getObject("calls_a_minute", Integer.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                instant(row, "last_used_at"));
    }

    private static Set<String> words(ResultSet row, String column) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) row.getArray(column).getArray()));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    // Secrets are 256 random bits or at least 32 characters: a slow hash would protect nothing and cost every call.
    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
