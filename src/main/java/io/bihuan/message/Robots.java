package io.bihuan.message;

import io.bihuan.pack.Severity;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The robots of staff groups, and what waits to be said by them. */
@Component
public class Robots {
    public static final int MOST = 50;

    /** What comes within this becomes one message. */
    static final Duration WINDOW = Duration.ofSeconds(15);

    private static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 1_000;

    /** A robot as it is set up; a blank address or secret keeps the one that is there. */
    public record Setting(
            String name,
            RobotKind kind,
            String url,
            String secret,
            String language,
            Set<Severity> severities,
            Set<String> departments,
            boolean isActive) {}

    private final JdbcClient jdbc;
    private final DataSource database;
    private final Keys keys;
    private final InstantSource time;

    Robots(JdbcClient jdbc, DataSource database, Keys keys, InstantSource time) {
        this.jdbc = jdbc;
        this.database = database;
        this.keys = keys;
        this.time = time;
    }

    /** Lets notices wait for every robot that wants them; in the transaction of the caller. */
    @Transactional
    public void add(List<RobotNotice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        List<Robot> robots = list().stream().filter(Robot::isActive).toList();
        var writes = new Writes();
        Instant ready = time.instant().plus(WINDOW);
        for (Robot robot : robots) {
            for (RobotNotice notice : notices) {
                if (wants(robot, notice)) {
                    writes.add(
                            """
                            insert into message.robot_notice (robot_id, occasion, text_key, arguments, href, weight, at, ready_at, state)
                            values (?, ?, ?, ?, ?, ?, ?, ?, 'WAITING') on conflict (robot_id, occasion) do nothing
                            """,
                            robot.id(),
                            notice.occasion(),
                            notice.key(),
                            notice.arguments().toArray(String[]::new),
                            notice.href(),
                            weight(notice.severity()),
                            notice.at(),
                            ready);
                }
            }
        }
        writes.send(database);
    }

    private static int weight(Severity severity) {
        return switch (severity) {
            case MAJOR -> 3;
            case URGENT -> 2;
            case GENERAL -> 1;
        };
    }

    static boolean wants(Robot robot, RobotNotice notice) {
        String department = notice.department();
        return (robot.severities().isEmpty() || robot.severities().contains(notice.severity()))
                && (robot.departments().isEmpty()
                        || (department != null && robot.departments().contains(department)));
    }

    /** All robots, by name. */
    public List<Robot> list() {
        return jdbc.sql("""
            select r.*, (select count(*) from (select 1 from message.robot_notice n
                where n.robot_id = r.id and n.state = 'WAITING' limit 100) w) as waiting
            from message.robot r order by r.name limit :most
            """)
                .param("most", MOST)
                .query((row, number) -> robot(row))
                .list();
    }

    public Optional<Robot> find(UUID id) {
        return jdbc.sql("select r.*, 0 as waiting from message.robot r where id = :id")
                .param("id", id)
                .query((row, number) -> robot(row))
                .optional();
    }

    /**
     * Sets up a robot.
     *
     * @throws Refused when the address is none, or the name is taken
     */
    public UUID create(Setting setting) {
        if (list().size() >= MOST) {
            throw new Refused("message.robot.tooMany", MOST);
        }
        UUID id = Ids.next();
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        Instant now = time.instant();
        try {
            jdbc.sql("""
                insert into message.robot (id, name, kind, data_key, url, secret, language, severities, departments, is_active,
                    created_at, ready_at)
                values (:id, :name, :kind, :key, :url, :secret, :language, :severities, :departments, :active, :now, :now)
                """)
                    .param("id", id)
                    .param("name", setting.name())
                    .param("kind", setting.kind().name())
                    .param("key", wrapped)
                    .param("url", key.encrypt(checked(setting.url())))
                    .param("secret", setting.secret().isBlank() ? null : key.encrypt(setting.secret()))
                    .param("language", setting.language())
                    .param("severities", names(setting.severities()))
                    .param("departments", setting.departments().toArray(String[]::new))
                    .param("active", setting.isActive())
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Refused("message.robot.nameTaken");
        }
        return id;
    }

    /** Changes a robot; false when there is none. */
    public boolean update(UUID id, Setting setting) {
        Optional<byte[]> wrapped = jdbc.sql("select data_key from message.robot where id = :id")
                .param("id", id)
                .query((row, number) -> row.getBytes(1))
                .optional();
        if (wrapped.isEmpty()) {
            return false;
        }
        SubjectKey key = keys.unwrap(wrapped.get());
        try {
            return jdbc.sql("""
                update message.robot set name = :name, kind = :kind, url = coalesce(:url, url),
                    secret = coalesce(:secret, secret), language = :language, severities = :severities,
                    departments = :departments, is_active = :active, attempts = 0, failing_since = null, error = null,
                    ready_at = least(ready_at, :now)
                where id = :id
                """)
                            .param("id", id)
                            .param("name", setting.name())
                            .param("kind", setting.kind().name())
                            .param(
                                    "url",
                                    setting.url().isBlank() ? null : key.encrypt(checked(setting.url())),
                                    java.sql.Types.BINARY)
                            .param(
                                    "secret",
                                    setting.secret().isBlank() ? null : key.encrypt(setting.secret()),
                                    java.sql.Types.BINARY)
                            .param("language", setting.language())
                            .param("severities", names(setting.severities()))
                            .param("departments", setting.departments().toArray(String[]::new))
                            .param("active", setting.isActive())
                            .param("now", time.instant().atOffset(ZoneOffset.UTC))
                            .update()
                    == 1;
        } catch (DuplicateKeyException e) {
            throw new Refused("message.robot.nameTaken");
        }
    }

    /** Removes a robot with all that waits for it. */
    public void remove(UUID id) {
        jdbc.sql("delete from message.robot where id = :id").param("id", id).update();
    }

    private static String checked(String url) {
        try {
            URI address = URI.create(url.strip());
            if (("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null) {
                return url.strip();
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Refused("message.robot.noAddress");
    }

    private static String[] names(Set<Severity> severities) {
        return severities.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    private Robot robot(ResultSet row) throws SQLException {
        SubjectKey key = keys.unwrap(row.getBytes("data_key"));
        var severities = EnumSet.noneOf(Severity.class);
        for (String each : (String[]) row.getArray("severities").getArray()) {
            severities.add(Severity.valueOf(each));
        }
        String host = URI.create(key.decrypt(row.getBytes("url"))).getHost();
        return new Robot(
                row.getObject("id", UUID.class),
                row.getString("name"),
                RobotKind.valueOf(row.getString("kind")),
                host == null ? "" : host,
                row.getBytes("secret") != null,
                row.getString("language"),
                severities,
                Arrays.stream((String[]) row.getArray("departments").getArray())
                        .collect(Collectors.toCollection(TreeSet::new)),
                row.getBoolean("is_active"),
                row.getInt("waiting"),
                instant(row, "sent_at"),
                instant(row, "failing_since"),
                row.getString("error"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** Forgets what was said long ago, at most a thousand; gives how many. */
    int forgetOld() {
        return jdbc.sql("""
            delete from message.robot_notice where (robot_id, occasion) in
                (select robot_id, occasion from message.robot_notice where ended_at < :before
                 order by ended_at limit :most for update skip locked)
            """)
                .param("before", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .param("most", BATCH)
                .update();
    }
}
