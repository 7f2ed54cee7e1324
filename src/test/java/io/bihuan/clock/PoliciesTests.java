package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import io.bihuan.clock.Policies.Standing;
import io.bihuan.clock.Policies.Versions;
import io.bihuan.pack.Pack;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import io.bihuan.pack.ShippedPacks;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which version of a policy holds when, whoever publishes and whatever the pack says meanwhile. */
class PoliciesTests {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
    private static final Actor ADMINISTRATOR = Actor.staff(new UUID(0, 7));
    private static final int SHIPPED = 30;

    private final DataSource database = TestDatabase.fresh().dataSource();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final MovableTime time = new MovableTime();
    private final Policies policies = node();

    PoliciesTests() {
        time.set(NINE);
    }

    private Policies node() {
        return new Policies(jdbc, time);
    }

    /** The shipped pack as one of its releases: its version, and the general limit of its clock {@code respond}. */
    private static Pack pack(int version, int general) {
        var folder = PackFolder.shipped(PoliciesTests.class.getClassLoader()).stream()
                .filter(each -> each.name().equals("appliance"))
                .findFirst()
                .orElseThrow();
        var files = new TreeMap<>(folder.files());
        replace(
                files,
                PackFolder.BASE + "clocks.yaml",
                "amount: {GENERAL: 30, URGENT: 15, MAJOR: 5}",
                "amount: {GENERAL: %d, URGENT: 15, MAJOR: 5}".formatted(general));
        return Packs.read(
                new PackFolder("appliance", files),
                version,
                ShippedPacks.parts(new ClockPoliciesPart(), new EscalationPlansPart()));
    }

    private static void replace(Map<String, byte[]> files, String file, String what, String with) {
        var text = new String(files.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
        assertThat(text).contains(what);
        files.put(file, text.replace(what, with).getBytes(StandardCharsets.UTF_8));
    }

    private static ClockPolicy respond(Pack pack, int minutes) {
        ClockPolicy stated = pack.part(ClockPolicies.class).find("respond").orElseThrow();
        return stated.withAmount(Map.of(Severity.GENERAL, minutes, Severity.URGENT, 15, Severity.MAJOR, 5));
    }

    private int inForce(Policies node, Pack pack) {
        return node.find(pack, "respond", time.instant()).orElseThrow().terms().amountFor(Severity.GENERAL);
    }

    private Versions versions(Pack pack) {
        return policies.versions(pack, "respond").orElseThrow();
    }

    private List<Standing> standings(Pack pack) {
        Versions versions = versions(pack);
        return versions.all().stream().map(versions::standing).toList();
    }

    private void later() {
        time.advance(Policies.SOONEST.plusSeconds(1));
    }

    @Test
    void whatThePackSaysHoldsFromTheBeginning() {
        Pack pack = pack(1, SHIPPED);
        assertThat(inForce(policies, pack)).isEqualTo(SHIPPED);
        assertThat(policies.find(pack, "respond", NINE.minus(Duration.ofDays(900))))
                .hasValueSatisfying(found -> assertThat(found.revision()).isZero());
        assertThat(policies.versions(pack, "nothing")).isEmpty();
    }

    @Test
    void anOwnVersionHoldsWhenEveryNodeKnowsOfIt() {
        Pack pack = pack(1, SHIPPED);
        Policies other = node();
        assertThat(inForce(other, pack)).isEqualTo(SHIPPED);

        PolicyVersion own = policies.publish(pack, respond(pack, 20), time.instant(), ADMINISTRATOR, "promise");
        assertThat(inForce(policies, pack)).isEqualTo(SHIPPED);
        assertThat(standings(pack)).containsExactly(Standing.PLANNED, Standing.IN_FORCE);

        later();
        assertThat(inForce(policies, pack)).isEqualTo(20);
        assertThat(inForce(other, pack)).isEqualTo(20);
        assertThat(standings(pack)).containsExactly(Standing.IN_FORCE, Standing.REPLACED);
        // What a clock points at stays what it was.
        assertThat(policies.get("appliance", 1, "respond", 0).terms().amountFor(Severity.GENERAL))
                .isEqualTo(SHIPPED);
        assertThat(other.get("appliance", 1, "respond", own.revision()).terms()).isEqualTo(respond(pack, 20));
        assertThat(versions(pack).newest())
                .satisfies(newest -> assertThat(newest.reason()).isEqualTo("promise"))
                .satisfies(newest -> assertThat(newest.publishedBy()).isEqualTo(ADMINISTRATOR.toString()));
    }

    @Test
    void whatIsPublishedLastUndoesWhatWasPlanned() {
        Pack pack = pack(1, SHIPPED);
        policies.publish(pack, respond(pack, 20), NINE.plus(Duration.ofDays(30)), ADMINISTRATOR, "next month");
        policies.publish(pack, respond(pack, 25), NINE, ADMINISTRATOR, "after all");
        later();

        assertThat(inForce(policies, pack)).isEqualTo(25);
        assertThat(standings(pack)).containsExactly(Standing.IN_FORCE, Standing.NEVER, Standing.REPLACED);

        time.advance(Duration.ofDays(40));
        assertThat(inForce(policies, pack)).isEqualTo(25);
    }

    @Test
    void onlyOneOfTwoWhoSawTheSamePublishes() throws Exception {
        Pack pack = pack(1, SHIPPED);
        assertThat(inForce(policies, pack)).isEqualTo(SHIPPED);
        var together = new CyclicBarrier(2);
        var refused = new AtomicInteger();
        var working = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int minutes : new int[] {20, 21}) {
                working.add(threads.submit(() -> {
                    Policies node = node();
                    together.await(30, TimeUnit.SECONDS);
                    try {
                        new TransactionTemplate(new JdbcTransactionManager(database))
                                .executeWithoutResult(status ->
                                        node.publish(pack, respond(pack, minutes), 0, NINE, ADMINISTRATOR, "mine"));
                    } catch (Refused e) {
                        assertThat(e.key()).isEqualTo("clock.refused.meanwhile");
                        refused.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> each : working) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(refused).hasValue(1);
        assertThat(versions(pack).all()).hasSize(2);
    }

    @Test
    void theSameOnceMoreIsRefused() {
        Pack pack = pack(1, SHIPPED);
        policies.publish(pack, respond(pack, 20), NINE, ADMINISTRATOR, "promise");
        assertThatThrownBy(() -> policies.publish(pack, respond(pack, 20), NINE, ADMINISTRATOR, "again"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("clock.refused.unchanged"));
        assertThat(versions(pack).all()).hasSize(2);
    }

    @Test
    void onlyLimitsThatCanBeCountedArePublished() {
        Pack pack = pack(1, SHIPPED);
        assertThatThrownBy(() -> policies.publish(pack, respond(pack, 0), NINE, ADMINISTRATOR, "nothing"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policies.publish(pack, respond(pack, 9_999_999), NINE, ADMINISTRATOR, "for ever"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(versions(pack).all()).hasSize(1);
    }

    @Test
    void whatWasRolledBackIsForgotten() {
        Pack pack = pack(1, SHIPPED);
        new TransactionTemplate(new JdbcTransactionManager(database)).executeWithoutResult(status -> {
            policies.publish(pack, respond(pack, 20), NINE, ADMINISTRATOR, "slip");
            assertThat(versions(pack).all()).hasSize(2);
            status.setRollbackOnly();
        });
        policies.publish(pack, respond(pack, 25), NINE, ADMINISTRATOR, "meant");
        later();
        assertThat(inForce(policies, pack)).isEqualTo(25);
        assertThat(policies.get("appliance", 1, "respond", 1).terms().amountFor(Severity.GENERAL))
                .isEqualTo(25);
    }

    @Test
    void anOwnVersionStaysUntilSomebodyTakesThePacks() {
        Pack pack = pack(1, SHIPPED);
        policies.publish(pack, respond(pack, 20), NINE, ADMINISTRATOR, "promise");
        later();

        // The next release of the application says otherwise in the same version of the pack.
        Pack next = pack(1, 40);
        Policies release = node();
        assertThat(inForce(release, next)).isEqualTo(20);
        Versions waiting = release.versions(next, "respond").orElseThrow();
        assertThat(waiting.isPackNewer()).isTrue();
        assertThat(waiting.all().stream().map(waiting::standing))
                .containsExactly(Standing.WAITING, Standing.IN_FORCE, Standing.REPLACED);

        release.takeShipped(next, "respond", null, ADMINISTRATOR, "follow the pack");
        later();
        assertThat(inForce(release, next)).isEqualTo(40);
        assertThat(release.versions(next, "respond").orElseThrow().isPackNewer())
                .isFalse();

        // From then on the pack's changes come into force by themselves again.
        Policies third = node();
        Pack last = pack(1, 50);
        assertThat(inForce(third, last)).isEqualTo(40);
        later();
        assertThat(inForce(third, last)).isEqualTo(50);
    }

    @Test
    void twoReleasesSideBySideDoNotWriteOverEachOtherForEver() {
        Pack old = pack(1, SHIPPED);
        Pack next = pack(1, 40);
        Policies other = node();
        for (int i = 0; i < 5; i++) {
            inForce(policies, old);
            inForce(other, next);
            later();
        }
        assertThat(versions(old).all()).hasSize(2);
        assertThat(inForce(policies, old)).isEqualTo(40);
        assertThat(inForce(other, next)).isEqualTo(40);
    }

    @Test
    void anOwnVersionGoesAlongWithTheNextVersionOfThePack() {
        Pack one = pack(1, SHIPPED);
        policies.publish(one, respond(one, 20), NINE, ADMINISTRATOR, "promise");
        later();
        policies.publish(one, respond(one, 10), NINE.plus(Duration.ofDays(30)), ADMINISTRATOR, "next month");

        Pack two = pack(2, SHIPPED);
        Policies release = node();
        assertThat(inForce(release, two)).isEqualTo(20);
        assertThat(release.find(two, "respond", time.instant()).orElseThrow().packVersion())
                .isEqualTo(2);
        assertThat(release.versions(two, "respond").orElseThrow().isPackNewer()).isFalse();
        Versions versions = release.versions(two, "respond").orElseThrow();
        assertThat(versions.newest().reason()).isEqualTo("next month");
        assertThat(versions.standing(versions.newest())).isEqualTo(Standing.PLANNED);
        // Every node that starts finds it done.
        assertThat(inForce(node(), two)).isEqualTo(20);
        assertThat(versions.all()).hasSize(6);

        time.advance(Duration.ofDays(31));
        assertThat(inForce(release, two)).isEqualTo(10);
    }

    @Test
    void theNextVersionOfThePackSaysWhereItHasChanged() {
        Pack one = pack(1, SHIPPED);
        policies.publish(one, respond(one, 20), NINE, ADMINISTRATOR, "promise");
        later();

        Pack two = pack(2, 40);
        Policies release = node();
        assertThat(inForce(release, two)).isEqualTo(20);
        assertThat(release.versions(two, "respond").orElseThrow().isPackNewer()).isTrue();
        release.takeShipped(two, "respond", null, ADMINISTRATOR, "follow the pack");
        later();
        assertThat(inForce(release, two)).isEqualTo(40);
    }
}
