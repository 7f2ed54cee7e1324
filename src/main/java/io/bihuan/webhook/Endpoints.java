package io.bihuan.webhook;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Who hears of complaints, and the secrets by which receivers know that it is us. */
public class Endpoints {
    /** So many there are at most, of the desk and of all tokens together. */
    static final int MOST = 200;

    /** How long messages carry the signature of the secret before as well. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final int LONGEST_DESCRIPTION = 200;
    private static final String SELECT = """
            select id, url, description, types, business_lines, channels, token, disabled_for, disabled_at, failing_since,
                old_secret_until, created_at
            from webhook.endpoint
            """;

    /** A new endpoint or a new secret of it, which nobody can ask for again. */
    public record Issued(UUID id, String secret) {}

    private final JdbcClient jdbc;
    private final Keys keys;
    private final Targets targets;
    private final InstantSource time;

    Endpoints(JdbcClient jdbc, Keys keys, Targets targets, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.targets = targets;
        this.time = time;
    }

    /** All endpoints, the oldest first; with a token only those it made. At most 200. */
    public List<Endpoint> list(@Nullable UUID token) {
        return jdbc.sql(SELECT + """
                         where removed_at is null and (:token::uuid is null or token = :token) order by id limit :most
                        """)
                .param("token", token)
                .param("most", MOST)
                .query((row, index) -> endpoint(row))
                .list();
    }

    /** An endpoint; for a token only one that it made. */
    public Optional<Endpoint> find(UUID id, @Nullable UUID token) {
        return jdbc.sql(SELECT + " where id = :id and removed_at is null and (:token::uuid is null or token = :token)")
                .param("id", id)
                .param("token", token)
                .query((row, index) -> endpoint(row))
                .optional();
    }

    /**
     * Makes an endpoint.
     *
     * @throws Refused when nothing may be sent there, or there are too many
     */
    @Transactional
    public Issued create(EndpointSettings settings, @Nullable UUID token) {
        URI url = checked(settings);
        // Two who add the last one at once: one more than the most does no harm.
        if (list(null).size() >= MOST) {
            throw new Refused("webhook.refused.too-many", MOST);
        }
        UUID id = Ids.next();
        byte[] wrapped = keys.newWrapped();
        Secret secret = Secret.next();
        jdbc.sql("""
                        insert into webhook.endpoint
                            (id, url, description, types, business_lines, channels, token, enabled, data_key, secret, created_at)
                        values (:id, :url, :description, :types, :lines, :channels, :token, true, :key, :secret, :now)
                        """)
                .params(columns(settings, url))
                .param("id", id)
                .param("channels", sorted(settings.channels()))
                .param("token", token)
                .param("key", wrapped)
                .param("secret", keys.unwrap(wrapped).encrypt(secret.text()))
                .param("now", now())
                .update();
        return new Issued(id, secret.text());
    }

    /** Changes where and of what an endpoint hears; messages that wait go to the new address. */
    @Transactional
    public void change(UUID id, EndpointSettings settings) {
        URI url = checked(settings);
        known(jdbc.sql("""
                        update webhook.endpoint set url = :url, description = :description, types = :types,
                            business_lines = :lines
                        where id = :id and removed_at is null
                        """).params(columns(settings, url)).param("id", id).update());
    }

    private URI checked(EndpointSettings settings) {
        if (settings.description().length() > LONGEST_DESCRIPTION) {
            throw new Refused("webhook.refused.description", LONGEST_DESCRIPTION);
        }
        return targets.read(settings.url());
    }

    private static Map<String, Object> columns(EndpointSettings settings, URI url) {
        return Map.of(
                "url",
                url.toString(),
                "description",
                settings.description(),
                "types",
                settings.types().stream().sorted().map(EventType::code).toArray(String[]::new),
                "lines",
                sorted(settings.businessLines()));
    }

    private static String[] sorted(Set<String> words) {
        return words.stream().sorted().toArray(String[]::new);
    }

    /** Lets an endpoint hear again, of everything that waits for it too. */
    @Transactional
    public void enable(UUID id) {
        known(jdbc.sql("""
                        update webhook.endpoint set enabled = true, disabled_for = null, disabled_at = null, failing_since = null
                        where id = :id and removed_at is null
                        """).param("id", id).update());
    }

    /** Lets messages wait; false when it was disabled already. */
    @Transactional
    public boolean disable(UUID id, Endpoint.Reason reason) {
        return jdbc.sql("""
                        update webhook.endpoint set enabled = false, disabled_for = :reason, disabled_at = :now
                        where id = :id and enabled
                        """)
                        .param("reason", reason.name())
                        .param("now", now())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** A new secret; for a day messages are signed with the one before as well, so that nothing is missed while receivers change it. */
    @Transactional
    public Issued rotate(UUID id) {
        byte[] wrapped = jdbc.sql("select data_key from webhook.endpoint where id = :id and removed_at is null")
                .param("id", id)
                .query((row, index) -> row.getBytes(1))
                .optional()
                .orElseThrow(Endpoints::unknown);
        Secret secret = Secret.next();
        jdbc.sql("""
                        update webhook.endpoint set old_secret = secret, old_secret_until = :until, secret = :secret where id = :id
                        """)
                .param("until", time.instant().plus(OVERLAP).atOffset(ZoneOffset.UTC))
                .param("secret", keys.unwrap(wrapped).encrypt(secret.text()))
                .param("id", id)
                .update();
        return new Issued(id, secret.text());
    }

    /** Removes an endpoint for good; what was sent to it is forgotten after a while. */
    @Transactional
    public void remove(UUID id) {
        known(jdbc.sql("""
                        update webhook.endpoint set removed_at = :now, enabled = false,
                            disabled_for = coalesce(disabled_for, 'BY_HAND'), disabled_at = coalesce(disabled_at, :now)
                        where id = :id and removed_at is null
                        """).param("now", now()).param("id", id).update());
    }

    private static void known(int changed) {
        if (changed != 1) {
            throw unknown();
        }
    }

    private static Refused unknown() {
        return new Refused("webhook.refused.unknown");
    }

    /** The secrets that count now, the newest first. */
    List<Secret> secrets(UUID id) {
        return jdbc.sql("select data_key, secret, old_secret, old_secret_until from webhook.endpoint where id = :id")
                .param("id", id)
                .query((row, index) -> {
                    SubjectKey key = keys.unwrap(Objects.requireNonNull(row.getBytes("data_key")));
                    Instant until = instant(row, "old_secret_until");
                    var secrets = new ArrayList<Secret>();
                    secrets.add(new Secret(key.decrypt(row.getBytes("secret"))));
                    byte[] old = row.getBytes("old_secret");
                    if (old != null && until != null && until.isAfter(time.instant())) {
                        secrets.add(new Secret(key.decrypt(old)));
                    }
                    return List.copyOf(secrets);
                })
                .single();
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        String disabledFor = row.getString("disabled_for");
        Instant disabledAt = instant(row, "disabled_at");
        return new Endpoint(
                row.getObject("id", UUID.class),
                URI.create(row.getString("url")),
                row.getString("description"),
                words(row, "types").stream()
                        .flatMap(code -> EventType.ofCode(code).stream())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventType.class))),
                words(row, "business_lines"),
                words(row, "channels"),
                row.getObject("token", UUID.class),
                disabledFor == null
                        ? null
                        : new Endpoint.Disabled(
                                Endpoint.Reason.valueOf(disabledFor), Objects.requireNonNull(disabledAt)),
                instant(row, "failing_since"),
                instant(row, "old_secret_until"),
                Objects.requireNonNull(instant(row, "created_at")));
    }

    private static Set<String> words(ResultSet row, String column) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) row.getArray(column).getArray()));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
