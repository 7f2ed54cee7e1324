package io.bihuan.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages arrive once per success, whatever their receivers do, and none of them stands in another's way. */
@Tag("slow")
class CourierTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private final DataSource source = DATABASE.dataSource();
    private final JdbcClient jdbc = DATABASE.jdbcClient();
    private final MovableTime time = new MovableTime();
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    private final Bell bell = new Bell();
    private final Targets targets = new Targets(true, InetAddress::getAllByName);
    private final Keys keys = new Keys(Base64.getEncoder().encodeToString(new byte[32]));
    private final Endpoints endpoints = new Endpoints(jdbc, keys, targets, time);
    private final Deliveries deliveries = new Deliveries(jdbc, transaction, time, bell, "https://service.example.cn");
    private final List<Endpoint.Reason> told = new CopyOnWriteArrayList<>();
    private final Set<UUID> badTokens = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void nothingGoesOn() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        jdbc.sql("update webhook.endpoint set removed_at = :now, enabled = false, disabled_for = 'BY_HAND'")
                .param("now", time.instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
    }

    private Courier courier() {
        var settings = new WebhookSettings(true, Duration.ofSeconds(1), TIMEOUT, 4, Duration.ofDays(5));
        var courier = new Courier(
                deliveries,
                endpoints,
                new Sender(targets, settings.connectTimeout(), settings.timeout()),
                settings,
                token -> !badTokens.contains(token),
                (endpoint, reason) -> told.add(reason),
                time,
                bell);
        courier.start();
        open.add(courier::stop);
        return courier;
    }

    private Receiver receiver(Receiver.Manner manner) {
        var receiver = new Receiver(manner);
        open.add(receiver);
        return receiver;
    }

    private Endpoints.Issued endpoint(Receiver receiver, @Nullable UUID token) {
        return endpoints.create(
                new EndpointSettings(receiver.url().toString(), "", Set.of(), Set.of(), Set.of()), token);
    }

    private UUID endpoint(Receiver receiver) {
        return endpoint(receiver, null).id();
    }

    private List<String> messages(UUID endpoint, int count) {
        var writes = new Writes();
        List<String> ids = IntStream.range(0, count)
                .mapToObj(i -> Ids.next())
                .map(id -> {
                    deliveries.add(writes, endpoint, id, "complaint.registered", "26112200001003", "{\"a\":\"投诉\"}");
                    return id.toString();
                })
                .toList();
        transaction.executeWithoutResult(status -> writes.send(source));
        return ids;
    }

    private void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private int count(UUID endpoint, Delivery.State state) {
        return jdbc.sql("select count(*) from webhook.delivery where endpoint = :endpoint and state = :state")
                .param("endpoint", endpoint)
                .param("state", state.name())
                .query(Integer.class)
                .single();
    }

    private Delivery only(UUID endpoint) {
        return deliveries.list(endpoint, null, null).deliveries().getFirst();
    }

    private List<Outcome> outcomes(UUID endpoint) {
        return deliveries.attempts(only(endpoint).id()).stream()
                .map(Delivery.Attempt::outcome)
                .toList();
    }

    @Test
    void aMessageArrivesSignedSoThatAnIndependentReceiverAcceptsIt() throws Exception {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, 204));
        Endpoints.Issued issued = endpoint(receiver, null);
        String id = messages(issued.id(), 1).getFirst();
        courier();
        until(() -> count(issued.id(), Delivery.State.DELIVERED) == 1);

        Receiver.Taken taken = receiver.taken().getFirst();
        assertThat(taken.requestLine()).isEqualTo("POST /hooks HTTP/1.1");
        assertThat(taken.id()).isEqualTo(id);
        assertThat(taken.body()).isEqualTo("{\"a\":\"投诉\"}");
        assertThat(taken.headers().get("content-type")).startsWith("application/cloudevents+json");
        new Webhook(issued.secret()).verify(taken.body(), headers(taken));
    }

    private static HttpHeaders headers(Receiver.Taken taken) {
        return HttpHeaders.of(
                taken.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
                (name, value) -> true);
    }

    @Test
    void afterANewSecretBothAreAcceptedForADay() throws Exception {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, 200));
        Endpoints.Issued first = endpoint(receiver, null);
        Endpoints.Issued second = endpoints.rotate(first.id());
        courier();
        messages(first.id(), 1);
        until(() -> receiver.taken().size() == 1);
        Receiver.Taken both = receiver.taken().getFirst();
        assertThat(both.headers().getOrDefault("webhook-signature", "").split(" ", -1))
                .hasSize(2);
        new Webhook(first.secret()).verify(both.body(), headers(both));
        new Webhook(second.secret()).verify(both.body(), headers(both));

        time.advance(Endpoints.OVERLAP.plusSeconds(1));
        messages(first.id(), 1);
        until(() -> receiver.taken().size() == 2);
        assertThat(receiver.taken()
                        .getLast()
                        .headers()
                        .getOrDefault("webhook-signature", "")
                        .split(" ", -1))
                .hasSize(1);
    }

    @Test
    void secretsAreNotReadableInTheDatabase() {
        Endpoints.Issued issued = endpoint(receiver((number, message, out) -> {}), null);
        String stored = jdbc.sql(
                        "select secret::text || data_key::text || endpoint::text from webhook.endpoint where id = :id")
                .param("id", issued.id())
                .query(String.class)
                .single();
        String key = issued.secret().substring(6);
        assertThat(stored).doesNotContain(key);
        assertThat(new String(
                        java.util.HexFormat.of().parseHex(stored.substring(2).split("\\\\x", -1)[0]),
                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(key);
    }

    @Test
    void twoNodesDeliverEachMessageOnce() {
        Receiver receiver = receiver((number, message, out) -> {
            Thread.sleep(5);
            Receiver.status(out, 200);
        });
        UUID endpoint = endpoint(receiver);
        List<String> ids = messages(endpoint, 200);
        courier();
        courier();
        until(() -> count(endpoint, Delivery.State.DELIVERED) == 200);
        assertThat(receiver.ids()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(receiver.mostAtOnce()).isLessThanOrEqualTo(4);
    }

    @Test
    void aSlowReceiverHoldsUpNobodyElse() {
        Receiver slow = receiver((number, message, out) -> Thread.sleep(TIMEOUT.multipliedBy(20)));
        Receiver quick = receiver((number, message, out) -> Receiver.status(out, 200));
        UUID slowOne = endpoint(slow);
        UUID quickOne = endpoint(quick);
        messages(slowOne, 100);
        courier();
        until(() -> slow.taken().size() >= 4);
        List<String> ids = messages(quickOne, 100);
        until(() -> count(quickOne, Delivery.State.DELIVERED) == 100);

        assertThat(quick.ids()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(count(slowOne, Delivery.State.WAITING)).isEqualTo(100);
    }

    @Test
    void afterAFailureItIsTriedAgainUntilItIsTaken() {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, number < 2 ? 500 : 200));
        UUID endpoint = endpoint(receiver);
        String id = messages(endpoint, 1).getFirst();
        courier();
        until(() -> only(endpoint).attempts() == 1);
        assertThat(only(endpoint).state()).isEqualTo(Delivery.State.WAITING);
        assertThat(only(endpoint).dueAt()).isAfter(time.instant().plusSeconds(1));
        assertThat(endpoints.find(endpoint, null).orElseThrow().failingSince()).isNotNull();
        time.advance(Duration.ofSeconds(7));
        until(() -> only(endpoint).attempts() == 2);
        time.advance(Duration.ofMinutes(7));
        until(() -> only(endpoint).state() == Delivery.State.DELIVERED);

        assertThat(outcomes(endpoint)).containsExactly(Outcome.DELIVERED, Outcome.REFUSED, Outcome.REFUSED);
        assertThat(receiver.ids()).containsExactly(id, id, id);
        assertThat(endpoints.find(endpoint, null).orElseThrow().failingSince()).isNull();
        assertThat(receiver.taken().stream().map(taken -> taken.headers().get("webhook-timestamp")))
                .doesNotHaveDuplicates();
    }

    @Test
    void afterTheLastAttemptItIsKeptAndCanBeSentAgain() {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, number < 8 ? 503 : 200));
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 1);
        courier();
        for (int attempt = 1; attempt <= 8; attempt++) {
            int expected = attempt;
            until(() -> only(endpoint).attempts() == expected);
            time.advance(Duration.ofHours(13));
        }
        assertThat(only(endpoint).state()).isEqualTo(Delivery.State.FAILED);
        assertThat(receiver.taken()).hasSize(8);

        endpoints.enable(endpoint);
        deliveries.replay(endpoint, only(endpoint).id());
        until(() -> only(endpoint).state() == Delivery.State.DELIVERED);
        assertThat(receiver.ids().stream().distinct()).hasSize(1);
    }

    @Test
    void whoIsGoneIsSwitchedOffAndAdministratorsAreTold() {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, 410));
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 1);
        courier();
        until(() -> !endpoints.find(endpoint, null).orElseThrow().isEnabled());
        until(() -> !told.isEmpty());
        assertThat(told).containsExactly(Endpoint.Reason.GONE);
        assertThat(java.util.Objects.requireNonNull(
                                endpoints.find(endpoint, null).orElseThrow().disabled())
                        .reason())
                .isEqualTo(Endpoint.Reason.GONE);

        messages(endpoint, 3);
        Receiver other = receiver((number, message, out) -> Receiver.status(out, 200));
        UUID another = endpoint(other);
        messages(another, 1);
        until(() -> other.taken().size() == 1);
        assertThat(receiver.taken()).hasSize(1);
        assertThat(count(endpoint, Delivery.State.WAITING))
                .as("they wait for it")
                .isEqualTo(3);
    }

    @Test
    void whoTakesNothingForDaysIsSwitchedOffAndHearsOfEverythingLater() {
        var isBack = new java.util.concurrent.atomic.AtomicBoolean();
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, isBack.get() ? 200 : 500));
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 1);
        courier();
        until(() -> only(endpoint).attempts() == 1);
        time.advance(Duration.ofDays(6));
        until(() -> !endpoints.find(endpoint, null).orElseThrow().isEnabled());
        until(() -> !told.isEmpty());
        assertThat(told).containsExactly(Endpoint.Reason.FAILING);

        messages(endpoint, 2);
        isBack.set(true);
        endpoints.enable(endpoint);
        time.advance(Duration.ofMinutes(7));
        until(() -> count(endpoint, Delivery.State.DELIVERED) == 3);
    }

    @Test
    void whoseTokenIsRevokedHearsNothingMore() {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, 200));
        UUID token = Ids.next();
        UUID endpoint = endpoint(receiver, token).id();
        badTokens.add(token);
        messages(endpoint, 1);
        courier();
        until(() -> !told.isEmpty());
        assertThat(told).containsExactly(Endpoint.Reason.TOKEN);
        assertThat(receiver.taken()).isEmpty();
    }

    @Test
    void redirectsAreNotFollowed() {
        Receiver other = receiver((number, message, out) -> Receiver.status(out, 200));
        Receiver receiver = receiver((number, message, out) -> Receiver.text(
                out, "HTTP/1.1 307 Elsewhere\r\nLocation: " + other.url() + "\r\nContent-Length: 0\r\n\r\n"));
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 1);
        courier();
        until(() -> only(endpoint).attempts() == 1);
        assertThat(outcomes(endpoint)).containsExactly(Outcome.REDIRECTED);
        assertThat(other.taken()).isEmpty();
    }

    @Test
    void whoHangsIsLeftWhenTheTimeIsUp() {
        Receiver receiver = receiver((number, message, out) -> {
            Receiver.text(out, "HTTP/1.1 2");
            Thread.sleep(TIMEOUT.multipliedBy(20));
        });
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 1);
        courier();
        until(() -> only(endpoint).attempts() == 1);
        assertThat(outcomes(endpoint)).containsExactly(Outcome.TIMED_OUT);
    }

    @Test
    void whoDripsItsAnswerIsLeftWhenTheTimeIsUp() {
        Receiver receiver = receiver((number, message, out) -> {
            for (int i = 0; i < 10_000; i++) {
                Receiver.text(out, i == 0 ? "HTTP/1.1 200 fine\r\n" : "X-" + i + ": y\r\n");
                Thread.sleep(50);
            }
        });
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 1);
        courier();
        until(() -> only(endpoint).attempts() == 1);
        assertThat(outcomes(endpoint)).containsExactly(Outcome.TIMED_OUT);
    }

    @Test
    void whoLiesAboutTheLengthOfItsAnswerHasTakenTheMessage() {
        Receiver receiver = receiver((number, message, out) ->
                Receiver.text(out, "HTTP/1.1 200 fine\r\nContent-Length: 1000000\r\n\r\nshort"));
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 1);
        courier();
        until(() -> count(endpoint, Delivery.State.DELIVERED) == 1);
        assertThat(deliveries.attempts(only(endpoint).id()).getFirst().answer()).isEqualTo("short");
    }

    @Test
    void ofAnEndlessAnswerOnlyTheBeginningIsRead() {
        var written = new java.util.concurrent.atomic.AtomicLong();
        Receiver receiver = receiver((number, message, out) -> {
            Receiver.text(out, "HTTP/1.1 200 fine\r\n\r\n");
            byte[] block = "x".repeat(64 << 10).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            for (int i = 0; i < 100_000; i++) {
                out.write(block);
                written.addAndGet(block.length);
            }
        });
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 1);
        courier();
        until(() -> count(endpoint, Delivery.State.DELIVERED) == 1);
        assertThat(deliveries.attempts(only(endpoint).id()).getFirst().answer()).hasSize(500);
        assertThat(written.get()).isLessThan(100L << 20);
    }

    @Test
    void anEndlessHeadOrNoHttpAtAllIsNoAnswer() {
        Receiver endless = receiver((number, message, out) -> {
            Receiver.text(out, "HTTP/1.1 200 fine\r\n");
            Receiver.text(out, "X-Long: " + "y".repeat(100_000));
        });
        Receiver foreign = receiver((number, message, out) -> Receiver.text(out, "220 mail.example.cn ESMTP\r\n"));
        Receiver silent = receiver((number, message, out) -> {});
        List<UUID> all = List.of(endpoint(endless), endpoint(foreign), endpoint(silent));
        all.forEach(each -> messages(each, 1));
        courier();
        for (UUID each : all) {
            until(() -> only(each).attempts() == 1);
            assertThat(outcomes(each)).containsExactly(Outcome.BROKEN);
        }
    }

    @Test
    void whoCannotBeReachedIsTriedAgain() {
        Receiver closed = new Receiver((number, message, out) -> {});
        UUID endpoint = endpoint(closed);
        closed.close();
        messages(endpoint, 1);
        courier();
        until(() -> only(endpoint).attempts() == 1);
        assertThat(outcomes(endpoint)).containsExactly(Outcome.UNREACHABLE);
        assertThat(only(endpoint).state()).isEqualTo(Delivery.State.WAITING);
    }

    @Test
    void aNameThatLeadsIntoAPrivateNetworkIsNotAsked() {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, 200));
        var strict = new Targets(false, host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
        Reply reply = new Sender(strict, Duration.ofSeconds(1), TIMEOUT)
                .post(
                        java.net.URI.create(
                                "http://hooks.example.cn:" + receiver.url().getPort() + "/"),
                        Map.of(),
                        new byte[] {1});
        assertThat(reply.outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(receiver.taken()).isEmpty();
    }

    @Test
    void whatAKilledNodeHeldIsDeliveredByAnother() {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, 200));
        UUID endpoint = endpoint(receiver);
        List<String> ids = messages(endpoint, 4);
        Instant until = time.instant().plusSeconds(30);
        assertThat(deliveries.claim("killed", until, 4)).hasSize(4);
        courier();
        time.advance(Duration.ofSeconds(31));
        until(() -> count(endpoint, Delivery.State.DELIVERED) == 4);
        assertThat(receiver.ids()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void everythingSinceATimeIsSentAgainUnderTheSameIds() {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, 200));
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 2);
        courier();
        until(() -> count(endpoint, Delivery.State.DELIVERED) == 2);
        time.advance(Duration.ofMinutes(10));
        Instant since = time.instant();
        List<String> later = messages(endpoint, 5);
        until(() -> count(endpoint, Delivery.State.DELIVERED) == 7);
        assertThat(deliveries.replaySince(endpoint, since)).isEqualTo(5);
        until(() -> receiver.taken().size() == 12);
        assertThat(receiver.ids().subList(7, 12)).containsExactlyInAnyOrderElementsOf(later);
    }

    @Test
    void oneEventIsOneMessageHoweverOftenItIsRead() {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, 200));
        UUID endpoint = endpoint(receiver);
        UUID event = Ids.next();
        for (int i = 0; i < 3; i++) {
            var writes = new Writes();
            deliveries.add(writes, endpoint, event, "complaint.solved", "26112200001003", "{}");
            transaction.executeWithoutResult(status -> writes.send(source));
        }
        assertThat(deliveries.list(endpoint, null, null).deliveries()).hasSize(1);
    }

    @Test
    void whatIsOldIsForgotten() {
        Receiver receiver = receiver((number, message, out) -> Receiver.status(out, 200));
        UUID endpoint = endpoint(receiver);
        messages(endpoint, 3);
        assertThat(deliveries.forgetOld()).isZero();
        time.advance(Deliveries.KEPT.plusDays(1));
        messages(endpoint, 1);
        while (deliveries.forgetOld() > 0) {
            // the next batch
        }
        assertThat(deliveries.list(endpoint, null, null).deliveries()).hasSize(1);
    }
}
