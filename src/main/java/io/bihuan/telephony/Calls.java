package io.bihuan.telephony;

import static io.bihuan.telephony.CallRows.sql;
import static io.bihuan.telephony.CallRows.sqlNullable;
import static io.bihuan.telephony.CallRows.text;

import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes in what telephone systems tell of calls, exactly once and in any order, and keeps the log that this adds up to. */
@Component
public class Calls {
    /** More than that happens to no call; a telephone system that repeats itself under new ids is not to fill the disk. */
    public static final int MOST_EVENTS = 500;
    /** A call of which nothing was heard for so long is over, even if nobody said so. */
    static final Duration FORGOTTEN = Duration.ofHours(4);
    /** Events may be told in the wrong order: whether a call was really given up is known a little later. */
    static final Duration SETTLED = Duration.ofSeconds(10);
    /** How long after the end the agent is still shown the call, to write down what came of it. */
    static final Duration WRAP_UP = Duration.ofMinutes(10);

    private static final int MOST_CURRENT = 10;

    private final JdbcClient jdbc;
    private final Keys keys;
    private final Extensions extensions;
    private final InstantSource time;
    private final Bell news = new Bell();
    private final Bell follow = new Bell();

    Calls(JdbcClient jdbc, Keys keys, Extensions extensions, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.extensions = extensions;
        this.time = time;
    }

    /** Rings when this node changed a call; for what is shown, and for what follows. */
    Bell news() {
        return news;
    }

    Bell follow() {
        return follow;
    }

    private record Found(UUID id, SubjectKey key, @Nullable Instant answeredAt, Call.State state) {}

    /**
     * Takes in an event.
     *
     * @return false when it was known already
     */
    @Transactional
    public boolean record(CallEvent event) {
        Instant now = time.instant();
        Found found = locked(event, now);
        Call before = new Call(event.source(), event.call(), events(found.id(), found.key()));
        if (before.events().size() >= MOST_EVENTS) {
            throw new Refused("telephony.refused.too-many", MOST_EVENTS);
        }
        if (!insert(found, event, now)) {
            return false;
        }
        update(found, before.after(event), now);
        news.ring();
        return true;
    }

    private Found locked(CallEvent event, Instant now) {
        jdbc.sql("""
                        insert into telephony.call (id, source, call_id, version, data_key, direction, state, started_at, changed_at)
                        values (:id, :source, :call, 0, :key, 'INBOUND', 'RINGING', :at, :now)
                        on conflict (source, call_id) do nothing
                        """)
                .param("id", Ids.next())
                .param("source", event.source())
                .param("call", event.call())
                .param("key", keys.newWrapped())
                .param("at", sql(event.at()))
                .param("now", sql(now))
                .update();
        return jdbc.sql("""
                        select id, data_key, answered_at, state from telephony.call where source = :source and call_id = :call for update
                        """)
                .param("source", event.source())
                .param("call", event.call())
                .query((row, number) -> new Found(
                        row.getObject("id", UUID.class),
                        keys.unwrap(row.getBytes("data_key")),
                        CallRows.instant(row, "answered_at"),
                        Call.State.valueOf(text(row, "state"))))
                .single();
    }

    private boolean insert(Found found, CallEvent event, Instant now) {
        return jdbc.sql("""
                        insert into telephony.call_event (call_id, source, event_id, kind, at, direction, number, queue, extension, recording,
                            recording_sha256, recorded_at)
                        values (:call, :source, :event, :kind, :at, :direction, :number, :queue, :extension, :recording, :sha256, :now)
                        on conflict do nothing
                        """)
                        .param("call", found.id())
                        .param("source", event.source())
                        .param("event", event.id())
                        .param("kind", event.kind().name())
                        .param("at", sql(event.at()))
                        .param(
                                "direction",
                                event.direction() == null
                                        ? null
                                        : event.direction().name())
                        .param("number", found.key().encryptNullable(Personal.valueOf(event.number())))
                        .param("queue", event.queue())
                        .param("extension", event.extension())
                        .param("recording", found.key().encryptNullable(Personal.valueOf(event.recording())))
                        .param("sha256", event.recordingSha256())
                        .param("now", sql(now))
                        .update()
                == 1;
    }

    private void update(Found found, Call call, Instant now) {
        var rung = new TreeSet<>(call.ringing());
        String extension = call.extension();
        if (extension != null) {
            rung.add(extension);
        }
        Map<String, UUID> staff = extensions.staff(rung);
        boolean isLive = call.state().isLive();
        UUID[] agents = isLive
                ? rung.stream()
                        .map(staff::get)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toArray(UUID[]::new)
                : new UUID[0];
        String number = CallNumber.stored(Personal.valueOf(call.number()));
        CallEvent recording = call.recording();
        Instant followAt = followAt(found, call, number, now);
        jdbc.sql("""
                        update telephony.call set version = version + 1, direction = :direction, state = :state, number = :number,
                            number_index = :index, queue = :queue, extension = :extension, staff = :staff, agents = :agents,
                            started_at = :started, offered_at = :offered, answered_at = :answered, ended_at = :ended, waited_ms = :waited,
                            talked_ms = :talked, held_ms = :held, transfers = :transfers, recording = :recording,
                            recording_sha256 = :sha256, changed_at = :now, follow_at = coalesce(:follow, follow_at),
                            end_untold = :untold
                        where id = :id
                        """)
                .param("direction", call.direction().name())
                .param("state", call.state().name())
                .param("number", found.key().encryptNullable(number))
                .param("index", keys.blindIndex("phone", number))
                .param("queue", call.queue())
                .param("extension", extension)
                .param("staff", extension == null ? null : staff.get(extension))
                .param("agents", agents)
                .param("started", sql(call.startedAt()))
                .param("offered", call.hasHappened() ? sql(call.offeredAt()) : null)
                .param("answered", sqlNullable(call.answeredAt()))
                .param("ended", sqlNullable(call.endedAt()))
                .param("waited", millis(call.waited()))
                .param("talked", millis(call.talked()))
                .param("held", call.held().toMillis())
                .param("transfers", call.transfers())
                .param(
                        "recording",
                        recording == null ? null : found.key().encryptNullable(Personal.valueOf(recording.recording())))
                .param("sha256", recording == null ? null : recording.recordingSha256())
                .param("now", sql(now))
                .param("follow", sqlNullable(followAt))
                .param("untold", call.isEndUntold())
                .param("id", found.id())
                .update();
        if (followAt != null) {
            follow.ring();
        }
    }

    /** A call that was given up asks for a call-back; one that is answered, whoever called, may have been it. */
    private static @Nullable Instant followAt(Found before, Call call, @Nullable String number, Instant now) {
        if (number == null) {
            return null;
        }
        boolean isAnsweredNow = call.answeredAt() != null && before.answeredAt() == null;
        boolean isAbandonedNow = call.state() == Call.State.ABANDONED && before.state() != Call.State.ABANDONED;
        return isAnsweredNow ? now : isAbandonedNow ? now.plus(SETTLED) : null;
    }

    private static @Nullable Long millis(@Nullable Duration length) {
        return length == null ? null : length.toMillis();
    }

    /**
     * Ends a call of which nothing was heard for a long time, as of what was heard last; told later after all, its true end counts. Any
     * node may do so: who comes second finds it ended.
     *
     * @return whether there was one
     */
    @Transactional
    boolean endForgotten() {
        Instant now = time.instant();
        Optional<CallEvent> end = jdbc.sql("""
                        select c.source, c.call_id, (select max(e.at) from telephony.call_event e where e.call_id = c.id) as heard
                        from telephony.call c
                        where c.state in ('QUEUED', 'RINGING', 'TALKING', 'HELD') and c.changed_at < :before and c.offered_at is not null
                        order by c.changed_at limit 1 for update of c skip locked
                        """)
                .param("before", sql(now.minus(FORGOTTEN)))
                .query((row, number) -> CallEvent.untoldEnd(
                        text(row, "source"),
                        text(row, "call_id"),
                        Objects.requireNonNull(CallRows.instant(row, "heard"))))
                .optional();
        end.ifPresent(event -> {
            Found found = locked(event, now);
            insert(found, event, now);
            update(found, new Call(event.source(), event.call(), events(found.id(), found.key())).after(event), now);
            news.ring();
        });
        return end.isPresent();
    }

    /** What happened to a call, in the order in which it happened. */
    @Transactional(readOnly = true)
    public Call history(LoggedCall call) {
        SubjectKey key = jdbc.sql("select data_key from telephony.call where id = :id")
                .param("id", call.id())
                .query((row, number) -> keys.unwrap(row.getBytes("data_key")))
                .single();
        return new Call(call.source(), call.callId(), events(call.id(), key));
    }

    private List<CallEvent> events(UUID call, SubjectKey key) {
        List<CallEvent> told = jdbc.sql("""
                        select e.source, c.call_id, e.event_id, e.kind, e.at, e.direction, e.number, e.queue, e.extension, e.recording,
                            e.recording_sha256
                        from telephony.call_event e join telephony.call c on c.id = e.call_id
                        where e.call_id = :call limit :most
                        """)
                .param("call", call)
                .param("most", MOST_EVENTS)
                .query((row, number) -> event(row, key))
                .list();
        Call added = null;
        for (CallEvent event : told) {
            added = (added == null ? Call.unknown(event.source(), event.call()) : added).after(event);
        }
        return added == null ? List.of() : added.events();
    }

    private static CallEvent event(ResultSet row, SubjectKey key) throws SQLException {
        String direction = row.getString("direction");
        return new CallEvent(
                text(row, "source"),
                text(row, "call_id"),
                text(row, "event_id"),
                CallEvent.Kind.valueOf(text(row, "kind")),
                Objects.requireNonNull(CallRows.instant(row, "at")),
                direction == null ? null : Direction.valueOf(direction),
                Personal.ofNullable(key.decryptNullable(row.getBytes("number"))),
                row.getString("queue"),
                row.getString("extension"),
                Personal.ofNullable(key.decryptNullable(row.getBytes("recording"))),
                row.getString("recording_sha256"));
    }

    public Optional<LoggedCall> find(UUID id) {
        return jdbc.sql(CallRows.COLUMNS + " where id = :id")
                .param("id", id)
                .query((row, number) -> CallRows.call(row, keys))
                .optional();
    }

    public Optional<LoggedCall> find(String source, String callId) {
        return jdbc.sql(CallRows.COLUMNS + " where source = :source and call_id = :call")
                .param("source", source)
                .param("call", callId)
                .query((row, number) -> CallRows.call(row, keys))
                .optional();
    }

    /** Whether anything was told of a call. */
    boolean isKnown(String source, String callId) {
        return jdbc.sql("select exists (select from telephony.call where source = :source and call_id = :call)")
                .param("source", source)
                .param("call", callId)
                .query(Boolean.class)
                .single();
    }

    /** What somebody is to see now: the calls that ring or are talked, and the last one of which nothing is written down yet. */
    public List<LoggedCall> current(UUID who) {
        Instant now = time.instant();
        var current = new ArrayList<>(jdbc.sql(CallRows.COLUMNS + """
                         where state in ('QUEUED', 'RINGING', 'TALKING', 'HELD') and changed_at > :since and :who = any(agents)
                        order by changed_at desc limit :most
                        """)
                .param("since", sql(now.minus(FORGOTTEN)))
                .param("who", who)
                .param("most", MOST_CURRENT)
                .query((row, number) -> CallRows.call(row, keys))
                .list());
        current.removeIf(call -> call.state() == Call.State.RINGING
                && call.offeredAt() != null
                && call.offeredAt().plus(FORGOTTEN).isBefore(now));
        if (current.isEmpty()) {
            // The last call only: whoever takes the next one has done with those before.
            current.addAll(jdbc.sql(CallRows.COLUMNS + " where staff = :who order by started_at desc, id desc limit 1")
                    .param("who", who)
                    .query((row, number) -> CallRows.call(row, keys))
                    .list());
            current.removeIf(call -> call.endedAt() == null
                    || call.wrappedAt() != null
                    || call.endedAt().plus(WRAP_UP).isBefore(now));
        }
        return List.copyOf(current);
    }

    /** Version and people of a call that changed. */
    record Changed(UUID id, int version, Set<UUID> people) {}

    /** The calls that changed since then and concern somebody, whatever node was told. */
    List<Changed> changed(Instant since, int most) {
        return jdbc.sql("""
                        select id, version, staff, agents from telephony.call
                        where changed_at > :since and (staff is not null or agents <> '{}')
                        order by changed_at desc limit :most
                        """)
                .param("since", sql(since))
                .param("most", most)
                .query((row, number) -> {
                    var people = new TreeSet<>(
                            List.of((UUID[]) row.getArray("agents").getArray()));
                    UUID staff = row.getObject("staff", UUID.class);
                    if (staff != null) {
                        people.add(staff);
                    }
                    return new Changed(row.getObject("id", UUID.class), row.getInt("version"), people);
                })
                .list();
    }
}
