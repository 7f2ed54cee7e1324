package io.bihuan.message;

import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says what waits, everything that is ready for a robot in one message, within the robot's limits. What is left of them is stored with the
 * robot, so that several nodes count together; who sends has moved the robot's time to the end of a lease.
 */
@Component
class RobotWork {
    static final Duration LEASE = Duration.ofSeconds(30);
    static final int MOST_ATTEMPTS = 12;
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(RobotWork.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_LINES = 30;
    private static final int AT_ONCE = 200;
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private record Claimed(
            UUID id,
            RobotKind kind,
            String url,
            @Nullable String secret,
            Locale language,
            TokenBucket bucket,
            int attempts,
            Instant until) {}

    private record Line(UUID occasion, String key, List<String> arguments, String href) {}

    private record Told(boolean isTooMuch, String error) {}

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final Keys keys;
    private final io.bihuan.web.Bundles bundles;
    private final InstantSource time;
    private final String publicUrl;

    RobotWork(
            JdbcClient jdbc,
            DataSource database,
            TransactionTemplate transaction,
            Keys keys,
            io.bihuan.web.Bundles bundles,
            InstantSource time,
            @Value("${bihuan.public-url:}") String publicUrl) {
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = transaction;
        this.keys = keys;
        this.bundles = bundles;
        this.time = time;
        this.publicUrl = publicUrl.strip().replaceFirst("/+$", "");
    }

    /** Looks every second, on every node. */
    @Component
    @WhenServing
    static class Speaking {
        private final RobotWork work;
        private final Robots robots;
        private boolean isAway;

        Speaking(RobotWork work, Robots robots) {
            this.work = work;
            this.robots = robots;
        }

        @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
        void speak() {
            try {
                while (work.sendOne()) {
                    // the next robot
                }
                isAway = false;
            } catch (RuntimeException e) {
                if (!isAway) {
                    isAway = true;
                    log.warn("The robots are silent and go on as soon as they can: {}", e.toString());
                }
            }
        }

        @Scheduled(initialDelay = 11, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
        void forget() {
            while (robots.forgetOld() > 0) {
                // the next batch
            }
        }
    }

    /** Sends one message of one robot; false when none has something to say now. */
    boolean sendOne() {
        Claimed claimed = Objects.requireNonNull(transaction.execute(status -> Optional.ofNullable(claim())))
                .orElse(null);
        if (claimed == null) {
            return false;
        }
        List<Line> lines = lines(claimed);
        if (lines.isEmpty()) {
            free(claimed, time.instant());
            return true;
        }
        Told told = told(claimed, text(claimed, lines));
        if (told == null) {
            sent(claimed, lines);
        } else {
            failed(claimed, lines, told);
        }
        return true;
    }

    /** Takes a token with the claim, so that a node that dies in between has rather said one less. */
    private @Nullable Claimed claim() {
        Instant now = time.instant();
        Claimed found = jdbc.sql("""
            select r.* from message.robot r
            where r.is_active and r.ready_at <= :now and exists (select from message.robot_notice n
                where n.robot_id = r.id and n.state = 'WAITING' and n.ready_at <= :now)
            order by r.ready_at, r.id limit 1 for update skip locked
            """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> claimed(row, now))
                .optional()
                .orElse(null);
        if (found == null) {
            return null;
        }
        TokenBucket bucket = found.bucket();
        boolean hasOne = bucket.hasOne();
        Instant until = hasOne ? now.plus(LEASE) : bucket.nextAt();
        TokenBucket left = hasOne ? bucket.withoutOne() : bucket;
        jdbc.sql("""
            update message.robot set levels = :levels, levels_at = :at, ready_at = :until,
                attempts = attempts + :attempt
            where id = :id
            """)
                .param("levels", left.levels().toArray(Double[]::new))
                .param("at", left.at().atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("attempt", hasOne ? 1 : 0)
                .param("id", found.id())
                .update();
        return hasOne
                ? new Claimed(
                        found.id(),
                        found.kind(),
                        found.url(),
                        found.secret(),
                        found.language(),
                        left,
                        found.attempts() + 1,
                        until)
                : null;
    }

    private Claimed claimed(ResultSet row, Instant now) throws SQLException {
        SubjectKey key = keys.unwrap(row.getBytes("data_key"));
        RobotKind kind = RobotKind.valueOf(row.getString("kind"));
        var levels = row.getArray("levels");
        return new Claimed(
                row.getObject("id", UUID.class),
                kind,
                key.decrypt(row.getBytes("url")),
                key.decryptNullable(row.getBytes("secret")),
                Locale.forLanguageTag(row.getString("language")),
                TokenBucket.of(
                                kind.limits(),
                                levels == null ? null : Arrays.asList((Double[]) levels.getArray()),
                                Robots.instant(row, "levels_at"),
                                now)
                        .filled(now),
                row.getInt("attempts"),
                now);
    }

    private List<Line> lines(Claimed claimed) {
        return jdbc.sql("""
            select occasion, text_key, arguments, href from message.robot_notice
            where robot_id = :robot and state = 'WAITING' and ready_at <= :now
            order by weight desc, at, occasion limit :most
            """)
                .param("robot", claimed.id())
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("most", AT_ONCE)
                .query((row, number) -> new Line(
                        row.getObject("occasion", UUID.class),
                        row.getString("text_key"),
                        List.of((String[]) row.getArray("arguments").getArray()),
                        row.getString("href")))
                .list();
    }

    private String text(Claimed claimed, List<Line> lines) {
        Texts t = bundles.in(claimed.language());
        List<String> said = lines.stream()
                .map(line -> t.of(line.key(), line.arguments().toArray())
                        + (publicUrl.isEmpty() ? "" : "\n" + publicUrl + line.href()))
                .toList();
        return text(said, claimed.kind().longest(), more -> t.of("message.robot.more", more));
    }

    /** As many of the lines as fit, and how many more there are. */
    static String text(List<String> lines, int longest, java.util.function.IntFunction<String> more) {
        var kept = new ArrayList<String>();
        int bytes = 0;
        for (String line : lines) {
            int size = line.getBytes(StandardCharsets.UTF_8).length + 1;
            boolean isLast = kept.size() == lines.size() - 1;
            int room =
                    isLast ? longest : longest - 1 - more.apply(lines.size()).getBytes(StandardCharsets.UTF_8).length;
            if (kept.size() == MOST_LINES || bytes + size - 1 > room) {
                break;
            }
            kept.add(line);
            bytes += size;
        }
        if (kept.isEmpty()) {
            return cut(lines.getFirst(), longest);
        }
        if (kept.size() < lines.size()) {
            kept.add(more.apply(lines.size() - kept.size()));
        }
        return cut(String.join("\n", kept), longest);
    }

    /** At most so many bytes of UTF-8, between characters. */
    static String cut(String text, int longest) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= longest) {
            return text;
        }
        int end = longest - 3;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "…";
    }

    /** Null when the robot took it. */
    private @Nullable Told told(Claimed claimed, String text) {
        Instant at = time.instant();
        var asked = http.sendAsync(
                HttpRequest.newBuilder(URI.create(claimed.kind().address(claimed.url(), claimed.secret(), at)))
                        .timeout(ANSWER)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                JSON.writeValueAsBytes(claimed.kind().body(text, claimed.secret(), at))))
                        .build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            HttpResponse<byte[]> answer = asked.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() == 429) {
                return new Told(true, "HTTP 429");
            }
            if (answer.statusCode() != 200) {
                return new Told(false, "HTTP " + answer.statusCode());
            }
            return judged(claimed.kind(), answer.body());
        } catch (TimeoutException e) {
            asked.cancel(true);
            return new Told(false, "no whole answer within " + ANSWER.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            return new Told(
                    false, cause instanceof IOException ? "no connection: " + cause.getMessage() : cause.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Told(false, "interrupted");
        }
    }

    private static @Nullable Told judged(RobotKind kind, byte[] body) {
        try {
            JsonNode said = JSON.readTree(body);
            JsonNode code = said.has("errcode")
                    ? said.path("errcode")
                    : said.has("code") ? said.path("code") : said.path("StatusCode");
            if (!code.isNumber()) {
                return new Told(false, "an answer without a code");
            }
            String words = said.path("errmsg").asString(said.path("msg").asString(""));
            return code.asInt() == 0
                    ? null
                    : new Told(kind.isTooMuch(code.asInt()), "code " + code.asInt() + " " + words);
        } catch (JacksonException e) {
            return new Told(false, "an answer that is no JSON");
        }
    }

    private void free(Claimed claimed, Instant ready) {
        jdbc.sql("update message.robot set ready_at = :ready, attempts = 0 where id = :id and ready_at = :until")
                .param("ready", ready.atOffset(ZoneOffset.UTC))
                .param("id", claimed.id())
                .param("until", claimed.until().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void sent(Claimed claimed, List<Line> lines) {
        transaction.executeWithoutResult(status -> {
            Instant now = time.instant();
            var writes = new Writes();
            ends(writes, claimed, lines, "SENT", now);
            writes.add("""
                update message.robot set sent_at = ?, ready_at = ?, attempts = 0, failing_since = null, error = null where id = ?
                """, now, now, claimed.id());
            writes.send(database);
        });
    }

    private void failed(Claimed claimed, List<Line> lines, Told told) {
        transaction.executeWithoutResult(status -> {
            Instant now = time.instant();
            boolean isOver = claimed.attempts() >= MOST_ATTEMPTS;
            Duration pause = Duration.ofSeconds(2L << Math.min(claimed.attempts(), 10));
            if (pause.compareTo(LONGEST_PAUSE) > 0) {
                pause = LONGEST_PAUSE;
            }
            if (told.isTooMuch() && claimed.kind().blocked().compareTo(pause) > 0) {
                pause = claimed.kind().blocked();
            }
            var writes = new Writes();
            if (isOver) {
                ends(writes, claimed, lines, "FAILED", now);
            }
            String error = told.error().replace('\0', ' ');
            writes.add(
                    """
                    update message.robot set ready_at = ?, attempts = ?, failing_since = coalesce(failing_since, ?), error = ?
                    where id = ?
                    """,
                    now.plus(pause),
                    isOver ? 0 : claimed.attempts(),
                    now,
                    error.substring(0, Math.min(300, error.length())),
                    claimed.id());
            writes.send(database);
        });
        if (claimed.attempts() == 1) {
            log.warn("A {} robot did not take what it was told: {}", claimed.kind(), told.error());
        }
    }

    private static void ends(Writes writes, Claimed claimed, List<Line> lines, String state, Instant now) {
        for (Line line : lines) {
            writes.add("""
                update message.robot_notice set state = ?, ended_at = ?
                where robot_id = ? and occasion = ? and state = 'WAITING'
                """, state, now, claimed.id(), line.occasion());
        }
    }
}
