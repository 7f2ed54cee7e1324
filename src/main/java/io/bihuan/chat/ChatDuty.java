package io.bihuan.chat;

import io.bihuan.chat.Chat.State;
import io.bihuan.platform.Refused;
import io.bihuan.web.Phrase;
import io.bihuan.web.WaitingCount;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The agents who take chats, and the chats that wait for one. Whoever waits longest is given to the agent with the fewest chats who is
 * there.
 */
@Component
public class ChatDuty {
    /** What waits for an agent: those without one, and what customers wrote in the agent's own. */
    public static final WaitingCount WAITING = new WaitingCount(
            List.of("select count(*) from (select from chat.chat where state = 'WAITING' limit 100) c", """
            select count(*) from chat.chat
            where agent = :viewer and state = 'TALKING' and customer_seq > agent_seen_seq
            """));

    /** Pages ask every two seconds: who has not asked for so long is away. */
    static final Duration AGENT_AWAY = Duration.ofSeconds(45);

    private static final Phrase TAKEN = Phrase.of("chat.visitor.taken");
    private static final int MOST_CHATS = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ChatRows rows;
    private final ChatTelling telling;
    private final InstantSource time;

    ChatDuty(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ChatRows rows,
            ChatTelling telling,
            InstantSource time) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.rows = rows;
        this.telling = telling;
        this.time = time;
    }

    /** Whether an agent takes chats now, and how many at once. */
    public record Readiness(boolean isAvailable, int most) {}

    public Readiness readiness(UUID staff) {
        return jdbc.sql("select available, most from chat.agent where staff = :staff")
                .param("staff", staff)
                .query((row, number) -> new Readiness(row.getBoolean("available"), row.getInt("most")))
                .optional()
                .orElse(new Readiness(false, 4));
    }

    public void ready(UUID staff, Readiness readiness) {
        jdbc.sql("""
                        insert into chat.agent (staff, available, most, seen_at, given_at) values (:staff, :available, :most, :now, :now)
                        on conflict (staff) do update set available = excluded.available, most = excluded.most, seen_at = excluded.seen_at
                        """)
                .param("staff", staff)
                .param("available", readiness.isAvailable())
                .param("most", Math.clamp(readiness.most(), 1, 20))
                .param("now", now())
                .update();
        giveOut();
    }

    /** The agent's page is open; gives out what waits. */
    public void agentSeen(UUID staff) {
        jdbc.sql("update chat.agent set seen_at = :now where staff = :staff")
                .param("now", now())
                .param("staff", staff)
                .update();
        giveOut();
    }

    /** Whether somebody is there at all. */
    public boolean isAnybodyThere() {
        return jdbc.sql("select exists (select from chat.agent where available and seen_at > :since)")
                .param("since", now().minus(AGENT_AWAY))
                .query(Boolean.class)
                .single();
    }

    /** Gives waiting chats to agents who have room, the longest waiting first, until there are none of one kind. */
    void giveOut() {
        while (Boolean.TRUE.equals(transaction.execute(status -> giveOne()))) {
            // the next one
        }
    }

    private boolean giveOne() {
        Optional<UUID> waiting = jdbc.sql("""
                        select id from chat.chat where state = 'WAITING' order by queued_at, id limit 1 for update skip locked
                        """).query(UUID.class).optional();
        if (waiting.isEmpty()) {
            return false;
        }
        Optional<UUID> agent = jdbc.sql("""
                        select a.staff from chat.agent a
                        where a.available and a.seen_at > :since
                        and (select count(*) from chat.chat c where c.agent = a.staff and c.state = 'TALKING') < a.most
                        order by (select count(*) from chat.chat c where c.agent = a.staff and c.state = 'TALKING'), a.given_at, a.staff
                        limit 1 for update of a skip locked
                        """)
                .param("since", now().minus(AGENT_AWAY))
                .query(UUID.class)
                .optional();
        agent.ifPresent(staff -> {
            jdbc.sql("update chat.chat set state = 'TALKING', agent = :staff, taken_at = :now where id = :id")
                    .param("staff", staff)
                    .param("now", now())
                    .param("id", waiting.get())
                    .update();
            jdbc.sql("update chat.agent set given_at = :now where staff = :staff")
                    .param("now", now())
                    .param("staff", staff)
                    .update();
            telling.sayToVisitor(waiting.get(), TAKEN);
        });
        return agent.isPresent();
    }

    /** An agent takes a waiting chat out of turn. */
    public void take(UUID id, UUID staff) {
        transaction.executeWithoutResult(status -> {
            if (rows.lock(id).state() != State.WAITING) {
                throw new Refused("chat.refused.taken");
            }
            jdbc.sql("update chat.chat set state = 'TALKING', agent = :staff, taken_at = :now where id = :id")
                    .param("staff", staff)
                    .param("now", now())
                    .param("id", id)
                    .update();
            telling.sayToVisitor(id, TAKEN);
        });
    }

    /** The agent's chats, the oldest first. */
    public List<Chat> of(UUID staff) {
        return jdbc.sql("""
                        select * from chat.chat where agent = :staff and state = 'TALKING' order by queued_at, id limit :most
                        """)
                .param("staff", staff)
                .param("most", MOST_CHATS)
                .query((row, number) -> rows.chat(row))
                .list();
    }

    /** Those that wait, the longest waiting first. */
    public List<Chat> waiting() {
        return jdbc.sql("select * from chat.chat where state = 'WAITING' order by queued_at, id limit :most")
                .param("most", MOST_CHATS)
                .query((row, number) -> rows.chat(row))
                .list();
    }

    /** How many stand before this one. */
    public int before(Chat chat) {
        return jdbc.sql("""
                        select count(*) from (select from chat.chat where state = 'WAITING' and (queued_at, id) < (:at, :id) limit 100) b
                        """)
                .param("at", chat.queuedAt().atOffset(ZoneOffset.UTC))
                .param("id", chat.id())
                .query(Integer.class)
                .single();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
