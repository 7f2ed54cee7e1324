package io.bihuan.webhook;

import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Every message to every endpoint, from the event that made it until it is taken. Kept for thirty days. */
public class Deliveries {
    public static final Duration KEPT = Duration.ofDays(30);
    private static final int PAGE = 50;
    private static final int BATCH = 500;
    private static final int MOST_ATTEMPTS_SHOWN = 100;
    private static final String COLUMNS =
            "id, endpoint, message, type, number, body, state, attempts, created_at, due_at, done_at";
    private static final String ADD = """
            insert into webhook.delivery (id, endpoint, message, type, number, body, state, created_at, due_at)
            values (?, ?, ?, ?, ?, ?, 'WAITING', ?, ?)
            on conflict (endpoint, message) do nothing
            """;

    /** One page of the deliveries of an endpoint, the newest first; {@code next} is where the page after it begins. */
    public record Page(List<Delivery> deliveries, @Nullable UUID next) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource time;
    private final Bell bell;
    private final String publicUrl;

    Deliveries(JdbcClient jdbc, TransactionTemplate transaction, InstantSource time, Bell bell, String publicUrl) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.time = time;
        this.bell = bell;
        this.publicUrl = publicUrl;
    }

    /** Adds a message to the writes; the same one twice is one. */
    void add(Writes writes, UUID endpoint, UUID message, String type, @Nullable String number, String body) {
        Instant now = time.instant();
        writes.add(ADD, Ids.next(), endpoint, message, type, number, body, now, now);
        bell.ring();
    }

    /** Sends a message that says nothing, to see whether it arrives. */
    public UUID test(UUID endpoint) {
        UUID id = Ids.next();
        UUID message = Ids.next();
        Instant now = time.instant();
        jdbc.sql("""
                        insert into webhook.delivery (id, endpoint, message, type, body, state, created_at, due_at)
                        values (:id, :endpoint, :message, 'webhook.test', :body, 'WAITING', :now, :now)
                        """)
                .param("id", id)
                .param("endpoint", endpoint)
                .param("message", message)
                .param("body", CloudEvent.test(message, now, publicUrl))
                .param("now", sql(now))
                .update();
        bell.ring();
        return id;
    }

    /** The deliveries of an endpoint. */
    public Page list(UUID endpoint, Delivery.@Nullable State state, @Nullable UUID before) {
        List<Delivery> found = jdbc.sql("select " + COLUMNS + """
                         from webhook.delivery
                        where endpoint = :endpoint and (:state::text is null or state = :state) and id < :before
                        order by id desc limit :limit
                        """)
                .param("endpoint", endpoint)
                .param("state", state == null ? null : state.name())
                .param("before", before == null ? new UUID(-1, -1) : before)
                .param("limit", PAGE + 1)
                .query((row, index) -> delivery(row))
                .list();
        List<Delivery> page = found.subList(0, Math.min(PAGE, found.size()));
        return new Page(page, found.size() > PAGE ? page.getLast().id() : null);
    }

    public Optional<Delivery> find(UUID endpoint, UUID id) {
        return jdbc.sql("select " + COLUMNS + " from webhook.delivery where id = :id and endpoint = :endpoint")
                .param("id", id)
                .param("endpoint", endpoint)
                .query((row, index) -> delivery(row))
                .optional();
    }

    /** The attempts of a delivery, the newest first; at most a hundred. */
    public List<Delivery.Attempt> attempts(UUID delivery) {
        return jdbc.sql("""
                        select at, milliseconds, outcome, status, answer from webhook.attempt
                        where delivery = :delivery order by id desc limit :most
                        """)
                .param("delivery", delivery)
                .param("most", MOST_ATTEMPTS_SHOWN)
                .query((row, index) -> new Delivery.Attempt(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getInt("milliseconds"),
                        Outcome.valueOf(row.getString("outcome")),
                        row.getObject("status", Integer.class),
                        row.getString("answer")))
                .list();
    }

    /** How many wait for an endpoint; counts to a thousand. */
    public int waiting(UUID endpoint) {
        return jdbc.sql("""
                        select count(*) from (select 1 from webhook.delivery
                            where endpoint = :endpoint and state = 'WAITING' limit 1000) waiting
                        """).param("endpoint", endpoint).query(Integer.class).single();
    }

    /**
     * Sends a message again, from the first attempt on; its id stays, so that a receiver that has it knows it. One that is on its way just
     * now goes on.
     */
    public void replay(UUID endpoint, UUID id) {
        jdbc.sql("""
                        update webhook.delivery set state = 'WAITING', attempts = 0, due_at = :now, done_at = null
                        where id = :id and endpoint = :endpoint and (lease_until is null or lease_until <= :now)
                        """)
                .param("now", now())
                .param("id", id)
                .param("endpoint", endpoint)
                .update();
        bell.ring();
    }

    /** Sends everything again that an endpoint was sent since a time; in small steps. Gives how many. */
    public int replaySince(UUID endpoint, Instant since) {
        OffsetDateTime now = now();
        int all = 0;
        int changed;
        do {
            // What is done again in the meantime is younger and not sent a third time.
            changed = jdbc.sql("""
                            update webhook.delivery set state = 'WAITING', attempts = 0, due_at = :now, done_at = null
                            where id in (select id from webhook.delivery
                                         where endpoint = :endpoint and created_at >= :since and state <> 'WAITING'
                                             and done_at < :now
                                         order by id limit :most for update skip locked)
                            """)
                    .param("now", now)
                    .param("endpoint", endpoint)
                    .param("since", sql(since))
                    .param("most", BATCH)
                    .update();
            all += changed;
            bell.ring();
        } while (changed > 0);
        return all;
    }

    /**
     * Lets a worker hold what is due: of each endpoint as many as are not under way yet, so that one that is slow has its few and nobody
     * waits for it. The row of the endpoint is locked while it is counted, so that two nodes do not count at once.
     */
    List<Delivery> claim(String worker, Instant until, int atOnce) {
        List<Delivery> claimed = transaction.execute(status -> {
            OffsetDateTime now = now();
            List<UUID> endpoints = jdbc.sql("""
                            select e.id from webhook.endpoint e
                            where e.enabled and exists (
                                select from webhook.delivery d
                                where d.endpoint = e.id and d.state = 'WAITING' and d.due_at <= :now
                                    and (d.lease_until is null or d.lease_until <= :now))
                            and (select count(*) from webhook.delivery r where r.endpoint = e.id and r.lease_until > :now) < :most
                            order by e.id limit :endpoints
                            for no key update of e skip locked
                            """)
                    .param("now", now)
                    .param("most", atOnce)
                    .param("endpoints", Endpoints.MOST)
                    .query(UUID.class)
                    .list();
            if (endpoints.isEmpty()) {
                return List.<Delivery>of();
            }
            return jdbc.sql("""
                            update webhook.delivery set worker = :worker, lease_until = :until
                            where id in (
                                select d.id from unnest(:endpoints) as e (id) cross join lateral (
                                    select w.id from webhook.delivery w
                                    where w.endpoint = e.id and w.state = 'WAITING' and w.due_at <= :now
                                        and (w.lease_until is null or w.lease_until <= :now)
                                    order by w.due_at, w.id
                                    limit greatest(0, :most - (select count(*) from webhook.delivery r
                                                               where r.endpoint = e.id and r.lease_until > :now))
                                ) d)
                            returning
                            """ + COLUMNS)
                    .param("worker", worker)
                    .param("until", sql(until))
                    .param("endpoints", endpoints.toArray(UUID[]::new))
                    .param("now", now)
                    .param("most", atOnce)
                    .query((row, index) -> delivery(row))
                    .list();
        });
        return claimed == null ? List.of() : claimed;
    }

    /** Gives back what was not tried. */
    void giveBack(UUID id, String worker) {
        jdbc.sql("update webhook.delivery set worker = null, lease_until = null where id = :id and worker = :worker")
                .param("id", id)
                .param("worker", worker)
                .update();
    }

    /**
     * Writes down what came of an attempt.
     *
     * @return since when the endpoint has taken nothing; empty when it did, or when another worker has the delivery now
     */
    Optional<Instant> record(Delivery delivery, String worker, Reply reply) {
        Optional<Instant> since = transaction.execute(status -> {
            Instant now = time.instant();
            int attempts = delivery.attempts() + 1;
            boolean isTaken = reply.outcome() == Outcome.DELIVERED;
            Optional<Duration> pause = isTaken || reply.outcome() == Outcome.GONE
                    ? Optional.empty()
                    : Schedule.pause(attempts, ThreadLocalRandom.current().nextDouble(), reply.retryAfter());
            String state = isTaken ? "DELIVERED" : pause.isPresent() ? "WAITING" : "FAILED";
            int changed = jdbc.sql("""
                            update webhook.delivery set state = :state, attempts = :attempts, due_at = :due, done_at = :done,
                                worker = null, lease_until = null
                            where id = :id and worker = :worker
                            """)
                    .param("state", state)
                    .param("attempts", attempts)
                    .param("due", sql(now.plus(pause.orElse(Duration.ZERO))))
                    .param("done", pause.isPresent() ? null : sql(now))
                    .param("id", delivery.id())
                    .param("worker", worker)
                    .update();
            if (changed == 0) {
                return Optional.<Instant>empty();
            }
            jdbc.sql("""
                            insert into webhook.attempt (id, delivery, at, milliseconds, outcome, status, answer)
                            values (:id, :delivery, :at, :milliseconds, :outcome, :status, :answer)
                            """)
                    .param("id", Ids.next())
                    .param("delivery", delivery.id())
                    .param("at", sql(now))
                    .param("milliseconds", (int) Math.min(reply.took().toMillis(), Integer.MAX_VALUE))
                    .param("outcome", reply.outcome().name())
                    .param("status", reply.status())
                    .param("answer", reply.text())
                    .update();
            return failingSince(delivery.endpoint(), isTaken, now);
        });
        return Objects.requireNonNull(since);
    }

    /** The row is written only when that changes something: else all deliveries of an endpoint would wait for each other at it. */
    private Optional<Instant> failingSince(UUID endpoint, boolean isTaken, Instant now) {
        if (isTaken) {
            jdbc.sql("update webhook.endpoint set failing_since = null where id = :id and failing_since is not null")
                    .param("id", endpoint)
                    .update();
            return Optional.empty();
        }
        jdbc.sql("update webhook.endpoint set failing_since = :now where id = :id and failing_since is null")
                .param("now", sql(now))
                .param("id", endpoint)
                .update();
        return jdbc.sql("select failing_since from webhook.endpoint where id = :id")
                .param("id", endpoint)
                .query((row, index) -> Objects.requireNonNullElse(Endpoints.instant(row, "failing_since"), now))
                .optional();
    }

    /** Forgets what is older than thirty days and endpoints that were removed and have nothing left; gives how many. */
    int forgetOld() {
        int forgotten = jdbc.sql("""
                        delete from webhook.delivery where id in
                            (select id from webhook.delivery where created_at < :before
                             order by created_at limit :most for update skip locked)
                        """)
                .param("before", sql(time.instant().minus(KEPT)))
                .param("most", BATCH)
                .update();
        jdbc.sql("""
                        delete from webhook.endpoint e where removed_at < :before
                        and not exists (select from webhook.delivery d where d.endpoint = e.id)
                        """).param("before", sql(time.instant().minus(KEPT))).update();
        return forgotten;
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getObject("endpoint", UUID.class),
                row.getObject("message", UUID.class),
                row.getString("type"),
                row.getString("number"),
                row.getString("body"),
                Delivery.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Objects.requireNonNull(Endpoints.instant(row, "created_at")),
                Objects.requireNonNull(Endpoints.instant(row, "due_at")),
                Endpoints.instant(row, "done_at"));
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private OffsetDateTime now() {
        return sql(time.instant());
    }
}
