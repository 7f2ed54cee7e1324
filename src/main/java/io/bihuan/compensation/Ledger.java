package io.bihuan.compensation;

import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The book of all compensation, by double entry: entries are added and never changed, the balances of a budget are what its postings
 * add up to.
 */
@Component
public class Ledger {
    /**
     * What a replay of the book found; all but {@code entries} is 0 in a sound one.
     *
     * @param unbalanced entries whose postings do not add up to nothing
     * @param wrongBudgets budgets whose balances differ from their postings
     * @param misplaced budgets whose grants, by their status, add up to other balances
     */
    public record Check(long entries, long unbalanced, long wrongBudgets, long misplaced) {
        public boolean isSound() {
            return unbalanced == 0 && wrongBudgets == 0 && misplaced == 0;
        }
    }

    private final JdbcClient jdbc;
    private final InstantSource time;

    Ledger(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Adds an entry and changes the balances with it, in the transaction of the caller; it locks the budget. */
    @Transactional(propagation = Propagation.MANDATORY)
    void book(Entry entry, Budget budget, @Nullable UUID complaint, @Nullable UUID grant, Actor actor) {
        book(entry, budget.id(), budget.currency().getCurrencyCode(), complaint, grant, actor);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void book(Entry entry, UUID budget, String currency, @Nullable UUID complaint, @Nullable UUID grant, Actor actor) {
        UUID id = Ids.next();
        jdbc.sql("""
                insert into compensation.entry (id, kind, budget_id, complaint_id, grant_id, actor, at)
                values (:id, :kind, :budget, :complaint, :grant, :actor, :at)
                """)
                .param("id", id)
                .param("kind", entry.kind().name())
                .param("budget", budget)
                .param("complaint", complaint)
                .param("grant", grant)
                .param("actor", actor.toString())
                .param("at", time.instant().atOffset(ZoneOffset.UTC))
                .update();
        Map<Account, Long> postings = entry.postings();
        postings.forEach((account, fen) -> jdbc.sql("""
                insert into compensation.posting (entry_id, account, budget_id, amount_fen, currency)
                values (:entry, :account, :budget, :fen, :currency)
                """)
                .param("entry", id)
                .param("account", account.name())
                .param("budget", budget)
                .param("fen", fen)
                .param("currency", currency)
                .update());
        jdbc.sql("""
                update compensation.budget set
                    allotted_fen = allotted_fen + :allotted,
                    reserved_fen = reserved_fen + :reserved,
                    issued_fen = issued_fen + :issued,
                    used_fen = used_fen + :used,
                    expired_fen = expired_fen + :expired,
                    void_fen = void_fen + :void
                where id = :budget
                """)
                .param("budget", budget)
                .param("allotted", -postings.getOrDefault(Account.ALLOTMENT, 0L))
                .param("reserved", postings.getOrDefault(Account.RESERVED, 0L))
                .param("issued", postings.getOrDefault(Account.ISSUED, 0L))
                .param("used", postings.getOrDefault(Account.USED, 0L))
                .param("expired", postings.getOrDefault(Account.EXPIRED, 0L))
                .param("void", postings.getOrDefault(Account.VOID, 0L))
                .update();
    }

    /** Adds the whole book up again and compares it with the balances and with what the grants say. */
    @Transactional(readOnly = true, isolation = org.springframework.transaction.annotation.Isolation.REPEATABLE_READ)
    public Check check() {
        return new Check(count("select count(*) from compensation.entry"), count("""
                        select count(*) from compensation.entry e
                        left join (select entry_id, sum(amount_fen) as total, count(*) as postings, count(distinct currency) as currencies
                                   from compensation.posting group by entry_id) p on p.entry_id = e.id
                        where p.total is distinct from 0 or p.postings <> 2 or p.currencies <> 1
                        """), count("""
                        select count(*) from compensation.budget b
                        left join (select budget_id,
                                       coalesce(-sum(amount_fen) filter (where account = 'ALLOTMENT'), 0) as allotted,
                                       coalesce(sum(amount_fen) filter (where account = 'RESERVED'), 0) as reserved,
                                       coalesce(sum(amount_fen) filter (where account = 'ISSUED'), 0) as issued,
                                       coalesce(sum(amount_fen) filter (where account = 'USED'), 0) as used,
                                       coalesce(sum(amount_fen) filter (where account = 'EXPIRED'), 0) as expired,
                                       coalesce(sum(amount_fen) filter (where account = 'VOID'), 0) as void
                                   from compensation.posting group by budget_id) p on p.budget_id = b.id
                        where coalesce(b.allotted_fen, 0) <> coalesce(p.allotted, 0)
                            or b.reserved_fen <> coalesce(p.reserved, 0) or b.issued_fen <> coalesce(p.issued, 0)
                            or b.used_fen <> coalesce(p.used, 0) or b.expired_fen <> coalesce(p.expired, 0)
                            or b.void_fen <> coalesce(p.void, 0)
                        """), count("""
                        select count(*) from compensation.budget b
                        left join (select budget_id,
                                       coalesce(sum(amount_fen) filter (where status = 'RESERVED'), 0) as reserved,
                                       coalesce(sum(amount_fen) filter (where status = 'ISSUED'), 0) as issued,
                                       coalesce(sum(amount_fen) filter (where status = 'USED'), 0) as used,
                                       coalesce(sum(amount_fen) filter (where status = 'EXPIRED'), 0) as expired,
                                       coalesce(sum(amount_fen) filter (where status = 'VOID'), 0) as void
                                   from compensation.granted group by budget_id) g on g.budget_id = b.id
                        where b.reserved_fen <> coalesce(g.reserved, 0) or b.issued_fen <> coalesce(g.issued, 0)
                            or b.used_fen <> coalesce(g.used, 0) or b.expired_fen <> coalesce(g.expired, 0)
                            or b.void_fen <> coalesce(g.void, 0)
                        """));
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
