package io.bihuan.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.Bihuan;
import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two applications, each with a folder of its own, on one database. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTests {
    private static final Logger log = LoggerFactory.getLogger(TwoNodesTests.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration PROMPT = Duration.ofSeconds(10);
    private static final int COMPLAINTS = 150;
    private static final String PASSWORD = "two-nodes-administrator";

    private final MovableTime time = new MovableTime();
    private final TestDatabase database = TestDatabase.fresh();
    private final JdbcClient jdbc = database.jdbcClient();
    private final Clients clients = new Clients("nodes");
    private ConfigurableApplicationContext a;
    private ConfigurableApplicationContext b;

    @BeforeAll
    void start(@TempDir Path folder) {
        a = node(folder.resolve("a"));
        b = node(folder.resolve("b"));
    }

    @AfterAll
    void stop() {
        b.close();
        a.close();
    }

    private ConfigurableApplicationContext node(Path folder) {
        return new SpringApplicationBuilder(Bihuan.class)
                .initializers(context -> {
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean("time", MovableTime.class, () -> time, bean -> bean.setPrimary(true));
                    beans.getBeanFactory().registerSingleton("withoutTests", new WithoutTests());
                })
                .run(
                        "--server.port=0",
                        "--bihuan.data=" + folder,
                        "--bihuan.master-key=" + Base64.getEncoder().encodeToString(new byte[32]),
                        "--bihuan.bootstrap.admin-password=" + PASSWORD,
                        "--bihuan.bootstrap.api-token=" + Node.TOKEN,
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password());
    }

    private static URI address(ConfigurableApplicationContext node) {
        return URI.create(
                "http://127.0.0.1:" + node.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @Test
    void oneNodeFindsWhatTheOtherRegistered() {
        Clients there = new Clients("elsewhere-" + Long.toString(System.nanoTime(), 36));
        there.register(address(b), 1);
        Clients.Told told = there.told().values().iterator().next();

        Duration found = Waiting.until("a search finds it", PROMPT, () -> there.found(address(a), told.key()) == 1);

        log.info("A search on the other node found it after {} ms", found.toMillis());
        assertThat(there.get(address(a), "/api/v1/complaints/" + told.number())
                        .path("externalNumber")
                        .asString())
                .isEqualTo("CRM-" + told.key());
        // The list has the newest first.
        assertThat(there.get(address(a), "/api/v1/complaints?limit=200")
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("number").asString()))
                .contains(told.number());
    }

    @Test
    void aWorklistOnOneNodeShowsWhatTheOtherRegistered() throws IOException {
        Clients there = new Clients("live-" + Long.toString(System.nanoTime(), 36));
        try (var onlooker = new Onlooker(address(a), "admin", PASSWORD)) {
            there.register(address(b), 1);
            String number = there.told().values().iterator().next().number();
            String id = jdbc.sql("select id from complaint.complaint where number = ?")
                    .param(number)
                    .query(String.class)
                    .single();

            Duration told = Waiting.until("the worklist is told", PROMPT, () -> onlooker.hasHeard(id));

            log.info("A worklist on the other node was told after {} ms", told.toMillis());
            assertThat(onlooker.page("/desk/complaints")).contains(number);
        }
    }

    @Test
    void anEqualRequestToTheOtherNodeGetsTheSameAnswer() {
        Clients sender = new Clients("sender");
        sender.register(address(a), 5);

        sender.repeat(address(b), sender.told().keySet().stream().toList());

        assertThat(sender.surprises()).isEmpty();
        assertThat(jdbc.sql("select count(*) from intake.request_key where key like 'sender-%'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(5);
    }

    @Test
    void anAlarmThatIsDueOnBothNodesFiresOnce() {
        clients.register(address(a), COMPLAINTS / 2);
        clients.start(address(b), 4);
        Waiting.until("complaints came in", PATIENCE, () -> clients.told().size() >= COMPLAINTS);
        clients.stop();

        time.advance(Duration.ofMinutes(40));
        try {
            Waiting.until("all alarms have fired", PATIENCE, () -> due() == 0);
        } finally {
            time.reset();
        }

        assertThat(jdbc.sql("""
                        select c.severity, (select count(*) from clock.fired f where f.subject_id = c.id) as fired,
                            (select count(*) from complaint.event e where e.complaint_id = c.id and e.type = 'ClockWarned') as warned
                        from complaint.complaint c
                        """)
                        .query((row, number) -> {
                            int warnings = KillTests.warnings(row.getString("severity"));
                            return row.getInt("fired") == warnings && row.getInt("warned") == warnings;
                        })
                        .list())
                .hasSize(rows())
                .containsOnly(true);
    }

    private int rows() {
        return jdbc.sql("select count(*) from complaint.complaint")
                .query(Integer.class)
                .single();
    }

    private int due() {
        return jdbc.sql("select count(*) from clock.clock where next_alarm_at <= ?")
                .param(time.instant().atOffset(java.time.ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }
}
