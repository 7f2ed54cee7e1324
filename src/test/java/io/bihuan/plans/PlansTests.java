package io.bihuan.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.bihuan.BihuanTest;
import io.bihuan.TestDatabase;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.ComplaintSearch;
import io.bihuan.complaint.IndexStatus;
import io.bihuan.complaint.Lives;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.Scope;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.Tokens;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What a page, a list of the interface, a follower or a timer asks of the database stays in proportion to what it shows, however many
 * complaints there are: everything is opened, and each statement that was sent is carried out again on large tables.
 */
@BihuanTest(properties = "bihuan.test.of=plans")
@ActiveProfiles("demo")
@DirtiesContext
@Import(PlansTests.Listening.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansTests {
    /** Small in every company: what is installed, who works there, what somebody has set up. */
    private static final Set<String> SMALL = Set.of(
            "bulk.macro",
            "bulk.view",
            "calendar.calendar",
            "calendar.draft",
            "calendar.holidays",
            "calendar.shipped",
            "calendar.task",
            "capture.outlet",
            "chat.agent",
            "clock.policy",
            "clock.what_if",
            "compensation.budget",
            "complaint.check_run",
            "identity.absence",
            "identity.certificate",
            "identity.duty",
            "identity.profile",
            "identity.staff",
            "identity.token",
            "imports.import_run",
            "imports.mapping",
            "industry.draft",
            "industry.dry_run",
            "intake.channel_duty",
            "intake.source_state",
            "mail.folder",
            "message.bundle",
            "message.robot",
            "pack.activation",
            "pack.business_line",
            "pack.revision",
            "pack.version",
            "platform.epoch",
            "platform.follower",
            "platform.lease",
            "portal.frame_origin",
            "teamwork.team",
            "teamwork.member",
            "telephony.extension",
            "webhook.endpoint",
            "wechat.access_token");

    /** Rows that balance each other or count for a day, so that copies would break their keys: judged with the few that there are. */
    private static final Set<String> UNCLONED = Set.of("compensation.entry", "compensation.posting", "message.leg");

    /** Pieces of statements that may read more than they show, and why; none may read all of a large table. */
    private static final Map<String, String> MAY = Map.ofEntries(
            Map.entry("from clock.api_outcomes c", "figures of a period: they read the clocks that were due in it"),
            Map.entry("from clock.api_outcomes k", "figures of a period: they read the clocks that were due in it"),
            Map.entry("join clock.api_outcomes c", "figures of a period: they read the alarms that were late in it"),
            Map.entry(
                    "select f.pack, f.name, f.part, f.outcome",
                    "figures of a period: they read the clocks that were due in it"),
            Map.entry(
                    "from message.leg where day",
                    "figures of a period: they count its messages from an index of their own"),
            Map.entry(
                    "from compensation.granted where granted_at",
                    "figures of a period: they read what was granted in it"),
            Map.entry(
                    "from teamwork.step s join teamwork.team m", "reads the teams, which only major complaints have"));

    /** Pieces of statements that may read whole tables, and why. */
    private static final Map<String, String> MAY_READ_ALL = Map.of(
            "from compensation.entry", "the check of the whole ledger, which a person asks for",
            "from compensation.posting group by", "the check of the whole ledger, which a person asks for",
            "from compensation.granted group by", "the check of the whole ledger, which a person asks for",
            "delete from message.robot_notice",
                    "most of what it reads is what it deletes; few of them can be made here");

    /** Routes that are not opened, and why. */
    private static final Map<String, String> CLOSED = new TreeMap<>(Map.of(
            "/desk/changes", "does not end",
            "/wechat/{account}", "the messenger's own handshake, signed with its secret",
            "/wechat/{account}/binding", "opened with a code of the messenger"));

    /** Pages that ask once for each of some things, and why. */
    private static final Map<String, String> MAY_REPEAT = Map.of(
            "/desk/packs", "once for each industry pack",
            "/desk/policies", "once for each policy of a pack",
            "/desk/bulk/new", "each of the chosen ones is read for itself, as in the rehearsal");

    private static final int REPEATED = 8;
    private static final int LIVES = 200;

    @TestConfiguration(proxyBeanMethods = false)
    static class Listening {
        @Bean
        static Sent sent() {
            return new Sent();
        }

        @Bean
        static BeanPostProcessor listening(ObjectProvider<Sent> sent) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource pool ? sent.getObject().listeningTo(pool) : bean;
                }
            };
        }
    }

    @Autowired
    MockMvc browser;

    @Autowired
    List<RequestMappingHandlerMapping> mappings;

    @Autowired
    List<ScheduledTaskHolder> timers;

    @Autowired
    Sent sent;

    @Autowired
    Staff staff;

    @Autowired
    Tokens tokens;

    @Autowired
    TrackingLinks links;

    @Autowired
    ComplaintSearch search;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationContext application;

    @Value("${spring.datasource.url}")
    String url;

    private Walk walk;
    private Explaining explaining;
    private List<String> few = List.of();
    private final Map<String, Integer> repeated = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();

    @BeforeAll
    void openEverything() throws SQLException, IOException {
        // The demonstration has something of everything; these make lists of several pages.
        Lives.write(application, 0, LIVES);
        SignedIn who = DeskPeople.person(staff, "计划", "customer-service", Role.values());
        String token = tokens.create("计划", Set.of(Scope.values()), null).secret();
        // While it is built anew, the database answers in its place.
        await().atMost(Duration.ofMinutes(1)).until(() -> search.status().state() == IndexStatus.State.CURRENT);
        walk = new Walk(browser, mappings, samples(), CLOSED.keySet());
        walk.open(who, token, (address, work) -> counted(address.replaceAll("[0-9a-f-]{14,}", "…"), work));
        timers.forEach(holder -> holder.getScheduledTasks()
                .forEach(timer -> counted(timer.toString(), timer.getTask().getRunnable())));
        Connection connection = TestDatabase.asAdministrator(url);
        explaining = new Explaining(connection);
        assumeThat(explaining.isPossible()).as("auto_explain is installed").isTrue();
        few = new Filling(connection, SMALL).fill();
        explaining.begin();
    }

    @AfterAll
    void forgetIt() throws SQLException {
        explaining.close();
    }

    private void counted(String asker, Runnable work) {
        try {
            sent.counted(asker, work).forEach((sql, count) -> {
                String page = asker.replaceAll("\\?.*", "");
                if (count > REPEATED && !MAY_REPEAT.containsKey(page)) {
                    repeated.merge(sql + "   -- " + page, count, Math::max);
                }
            });
        } catch (RuntimeException e) {
            broken.add(asker + ": " + e + " " + e.getCause());
        }
    }

    @Test
    void everyRouteWasOpened() {
        assertThat(broken).isEmpty();
        assertThat(walk.unopened()).isEmpty();
        assertThat(walk.answers().entrySet().stream().filter(route -> route.getValue() >= 500))
                .isEmpty();
        assertThat(walk.answers().values().stream().filter(status -> status == 200))
                .hasSizeGreaterThan(90);
    }

    @Test
    void everyTableIsLarge() {
        assertThat(few).allMatch(table -> UNCLONED.contains(table.split(" ", -1)[0]));
        assertThat(explaining.large())
                .contains("complaint.complaint", "complaint.event", "clock.clock", "message.message");
    }

    @Test
    void noStatementReadsPastWhatItShows() throws SQLException {
        Map<String, Set<String>> faults = new TreeMap<>();
        int plans = 0;
        for (Sent.Statement statement : sent.statements()) {
            for (Plan plan : explaining.plans(statement)) {
                plans++;
                String sql = plan.sql().replaceAll("\\s+", " ");
                boolean mayRead = MAY.keySet().stream().anyMatch(sql::contains);
                List<String> found = plan.faults(explaining.large()).stream()
                        .filter(fault -> !mayRead || fault.startsWith(Plan.READS_ALL))
                        .toList();
                if (!found.isEmpty() && MAY_READ_ALL.keySet().stream().noneMatch(sql::contains)) {
                    faults.computeIfAbsent(sql + "   -- " + statement.asker(), key -> new TreeSet<>())
                            .addAll(found);
                }
            }
        }
        assertThat(faults).as("reads too much").isEmpty();
        assertThat(plans).isGreaterThan(400);
    }

    @Test
    void noPageAsksTheSameForEachRow() {
        assertThat(repeated).isEmpty();
    }

    @Test
    void whatReadsEverythingIsFound() throws SQLException {
        for (String sql : List.of(
                "select id from complaint.complaint where remedy_sought = 'nothing'",
                "select id from complaint.complaint order by remedy_sought limit 50",
                "select data from complaint.event order by data",
                "select count(*) from clock.clock",
                "select id from complaint.complaint where archived_at is not null and remedy_sought = 'nothing'"
                        + " order by received_at desc, id desc limit 50")) {
            assertThat(explaining.plans(sql).stream().flatMap(plan -> plan.faults(explaining.large()).stream()))
                    .as(sql)
                    .isNotEmpty();
        }
        assertThat(explaining
                        .plans("select id from complaint.complaint order by received_at desc, id desc limit 50")
                        .getFirst()
                        .faults(explaining.large()))
                .isEmpty();
    }

    /** Values for what stands in paths, and for what people type. */
    private Map<String, String> samples() {
        String number = jdbc.sql("select number from complaint.complaint order by received_at limit 1")
                .query(String.class)
                .single();
        var samples = new HashMap<String, String>();
        samples.put("number", number);
        samples.put("/t/{token}", links.path(new ComplaintNumber(number)).replace("/t/", ""));
        samples.put("/desk/regulator-cases/{number}", "R-1");
        samples.put("/api/v1/customers/{number}", "1");
        samples.put("id", new UUID(7, 8).toString());
        samples.put("delivery", new UUID(7, 9).toString());
        samples.put("absence", new UUID(7, 10).toString());
        samples.put("sha256", "0".repeat(64));
        samples.put("token", "A".repeat(43));
        samples.put("code", "A1");
        samples.put("set", "cn");
        samples.put("pack", "appliance");
        samples.put("version", "1");
        samples.put("name", "first-contact");
        samples.put("part", "categories");
        samples.put("line", "appliance");
        samples.put("channel", "WEB");
        samples.put("?q", "空调");
        samples.put("?query", "空调");
        samples.put("?number", number);
        samples.put("?at", "0");
        return samples;
    }
}
