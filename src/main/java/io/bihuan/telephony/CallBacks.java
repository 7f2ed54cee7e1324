package io.bihuan.telephony;

import static io.bihuan.telephony.CallRows.sql;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.Received;
import io.bihuan.platform.Ids;
import io.bihuan.platform.WhenServing;
import io.bihuan.privacy.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever gave up is called back: an abandoned call becomes one message of the inbox, which waits for the screener of the hotline with
 * its clock. Further ones of the number within half an hour belong to it; a call of the number that is answered later closes it.
 */
@Component
@WhenServing
public class CallBacks implements SmartLifecycle {
    /** So long after the last call of a number its next one belongs to the same call-back. */
    public static final Duration TOGETHER = Duration.ofMinutes(30);

    static final String READER = "phone";
    static final String MEDIA_TYPE = "application/vnd.bihuan.call-back+json";

    private static final Logger log = LoggerFactory.getLogger(CallBacks.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration POLL = Duration.ofSeconds(1);
    /** After a failure, so that one call does not hold up all others. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /**
     * A call-back.
     *
     * @param message of the inbox
     * @param calls how often the number had called in vain
     * @param closedByCall the call by which they spoke after all
     * @param takenBy who calls back
     */
    public record CallBack(
            UUID id,
            @Nullable UUID message,
            int calls,
            Instant openedAt,
            Instant lastCallAt,
            @Nullable Instant closedAt,
            @Nullable UUID closedByCall,
            @Nullable UUID takenBy,
            @Nullable Instant takenAt) {
        /** Whether somebody may still take it over. */
        public boolean isFree() {
            return closedAt == null && takenBy == null;
        }

        /** Whether this person is to call. */
        public boolean isOf(UUID who) {
            return who.equals(takenBy);
        }
    }

    /** What the message of a call-back says. */
    record Wanted(UUID call, String number, @Nullable String queue) {}

    private final Calls calls;
    private final Inbox inbox;
    private final JdbcClient jdbc;
    private final Keys keys;
    private final TransactionTemplate transaction;
    private final InstantSource time;
    private volatile boolean isRunning;
    private volatile @Nullable Thread loop;

    CallBacks(
            Calls calls,
            Inbox inbox,
            JdbcClient jdbc,
            Keys keys,
            PlatformTransactionManager transactions,
            InstantSource time) {
        this.calls = calls;
        this.inbox = inbox;
        this.jdbc = jdbc;
        this.keys = keys;
        this.transaction = new TransactionTemplate(transactions);
        this.time = time;
    }

    @Override
    public void start() {
        isRunning = true;
        loop = Thread.ofVirtual().name("call-backs").start(this::keepFollowing);
    }

    @Override
    public void stop() {
        isRunning = false;
        calls.follow().ring();
        Thread following = loop;
        loop = null;
        if (following != null) {
            try {
                following.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    private void keepFollowing() {
        boolean isAway = false;
        while (isRunning) {
            try {
                if (!followOne()) {
                    calls.follow().await(POLL);
                }
                isAway = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (isRunning && !isAway) {
                    log.warn("Call-backs stand still and go on as soon as they can: {}", e.toString());
                }
                isAway = true;
                rest();
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at the next call that was given up or answered; false when there is none now. */
    boolean followOne() {
        Optional<UUID> claimed = claim();
        claimed.flatMap(calls::find).ifPresent(this::follow);
        return claimed.isPresent();
    }

    /** Moved into the future first: a call that fails is looked at again, and no two nodes look at one. */
    private Optional<UUID> claim() {
        Instant now = time.instant();
        return jdbc.sql("""
                        update telephony.call set follow_at = :again
                        where id = (select id from telephony.call where follow_at <= :now order by follow_at limit 1 for update skip locked)
                        returning id
                        """)
                .param("now", sql(now))
                .param("again", sql(now.plus(PAUSE)))
                .query(UUID.class)
                .optional();
    }

    private void follow(LoggedCall call) {
        byte[] index = keys.blindIndex("phone", call.number());
        if (index != null && call.state() == Call.State.ABANDONED && call.callBack() == null) {
            UUID opened = transaction.execute(status -> want(call, index));
            if (opened != null) {
                ask(call, opened);
            }
        } else if (index != null && call.state() == Call.State.ABANDONED) {
            ask(call, Objects.requireNonNull(call.callBack()));
        } else if (index != null && call.answeredAt() != null) {
            close(call, index);
        }
        jdbc.sql("update telephony.call set follow_at = null where id = :id and version = :version")
                .param("id", call.id())
                .param("version", call.version())
                .update();
    }

    /** The call-back to which a call belongs: the open one of its number, or its own. */
    private UUID want(LoggedCall call, byte[] index) {
        Instant at = Objects.requireNonNull(call.endedAt());
        // Two nodes that follow two calls of one number take turns.
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended(encode(:index, 'hex'), 550))")
                .param("index", index)
                .query(Integer.class)
                .single();
        Optional<CallBack> open = newest(index);
        UUID id;
        if (open.isPresent() && !at.isAfter(open.get().lastCallAt().plus(TOGETHER))) {
            id = open.get().id();
            jdbc.sql("""
                            update telephony.call_back set calls = calls + 1, last_call_at = greatest(last_call_at, :at) where id = :id
                            """).param("id", id).param("at", sql(at)).update();
        } else {
            id = Ids.next();
            jdbc.sql("""
                            insert into telephony.call_back (id, number_index, calls, opened_at, last_call_at)
                            values (:id, :index, 1, :now, :at)
                            """)
                    .param("id", id)
                    .param("index", index)
                    .param("now", sql(time.instant()))
                    .param("at", sql(at))
                    .update();
        }
        jdbc.sql("update telephony.call set call_back = :callBack where id = :id")
                .param("callBack", id)
                .param("id", call.id())
                .update();
        return id;
    }

    /** The message that waits for a person; once for a call-back, however often this is tried. */
    private void ask(LoggedCall call, UUID callBack) {
        CallBack wanted = find(callBack).orElseThrow();
        if (wanted.message() != null || wanted.closedAt() != null) {
            return;
        }
        Instant at = Objects.requireNonNull(call.endedAt());
        byte[] content =
                JSON.writeValueAsBytes(new Wanted(call.id(), Objects.requireNonNull(call.number()), call.queue()));
        Inbox.Receipt receipt = inbox.receive(
                Received.of(Channel.HOTLINE, READER + ":" + call.source(), callBack.toString(), at, MEDIA_TYPE, content)
                        .withConversation(callBack.toString()));
        jdbc.sql("update telephony.call_back set message = :message where id = :id")
                .param("message", receipt.id())
                .param("id", callBack)
                .update();
    }

    /** They spoke after all, whoever called whom: nobody need call back what was in vain before. */
    private void close(LoggedCall call, byte[] index) {
        Instant answered = Objects.requireNonNull(call.answeredAt());
        List<UUID> closed = jdbc.sql("""
                        update telephony.call_back set closed_at = :now, closed_by_call = :call
                        where number_index = :index and closed_at is null and (last_call_at <= :answered or id = :own)
                        returning id
                        """)
                .param("now", sql(time.instant()))
                .param("call", call.id())
                .param("index", index)
                .param("answered", sql(answered))
                .param("own", call.callBack())
                .query(UUID.class)
                .list(); // bounded: one in half an hour for as long as nobody speaks with the number
        // The reader finds it closed and ends it; one that a person has decided on stays as it is.
        find(closed).values().stream()
                .map(CallBack::message)
                .filter(Objects::nonNull)
                .forEach(inbox::readAgain);
    }

    /** Lets somebody call back; false when another does already, or nobody needs to any more. */
    public boolean take(UUID id, UUID who) {
        return jdbc.sql("""
                        update telephony.call_back set taken_by = :who, taken_at = :now
                        where id = :id and closed_at is null and (taken_by is null or taken_by = :who)
                        """)
                        .param("who", who)
                        .param("now", sql(time.instant()))
                        .param("id", id)
                        .update()
                == 1;
    }

    private Optional<CallBack> newest(byte[] index) {
        return jdbc.sql(
                        COLUMNS
                                + " where number_index = :index and closed_at is null order by last_call_at desc limit 1 for update")
                .param("index", index)
                .query((row, number) -> callBack(row))
                .optional();
    }

    public Optional<CallBack> find(UUID id) {
        return jdbc.sql(COLUMNS + " where id = :id")
                .param("id", id)
                .query((row, number) -> callBack(row))
                .optional();
    }

    /** The call-backs with these ids. */
    public Map<UUID, CallBack> find(List<UUID> ids) {
        return jdbc
                .sql(COLUMNS + " where id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> callBack(row))
                .list()
                .stream()
                .collect(java.util.stream.Collectors.toUnmodifiableMap(CallBack::id, each -> each));
    }

    private static final String COLUMNS = """
            select id, message, calls, opened_at, last_call_at, closed_at, closed_by_call, taken_by, taken_at from telephony.call_back
            """;

    private static CallBack callBack(java.sql.ResultSet row) throws java.sql.SQLException {
        return new CallBack(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                row.getObject("message", UUID.class),
                row.getInt("calls"),
                Objects.requireNonNull(CallRows.instant(row, "opened_at")),
                Objects.requireNonNull(CallRows.instant(row, "last_call_at")),
                CallRows.instant(row, "closed_at"),
                row.getObject("closed_by_call", UUID.class),
                row.getObject("taken_by", UUID.class),
                CallRows.instant(row, "taken_at"));
    }
}
