package io.bihuan.compensation;

import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The budgets of business lines and their outlets. A grant draws on one of them: that of the outlet, else that of the line, else on the
 * open one, which nothing limits and which shows what was granted without a budget.
 */
@Component
public class Budgets {
    /** Budgets that are shown. */
    public static final int MOST = 300;

    private static final int LONGEST_OUTLET = 60;
    private static final LocalDate EVER = LocalDate.of(2000, 1, 1);
    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final InstantSource time;
    private final ZoneId zone;

    Budgets(JdbcClient jdbc, Ledger ledger, InstantSource time, @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.time = time;
        this.zone = zone;
    }

    /** Outlets are told apart by their name as people write it. */
    static String outlet(String typed) {
        String name = typed.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        return name.length() <= LONGEST_OUTLET ? name : name.substring(0, LONGEST_OUTLET);
    }

    /**
     * Sets a budget for a period in which there is none yet.
     *
     * @param outlet empty for the line itself
     * @param first the month with which it begins: of a quarter or a year, the first one
     * @throws Refused when the month begins no such period, or a budget covers part of it
     */
    @Transactional
    public UUID set(
            String businessLine, String outlet, Budget.Period period, YearMonth first, Money amount, Actor actor) {
        if (period == Budget.Period.OPEN || (first.getMonthValue() - 1) % period.months() != 0) {
            throw new Refused("compensation.refused.period");
        }
        LocalDate startsOn = first.atDay(1);
        LocalDate endsOn = first.plusMonths(period.months()).atDay(1);
        // Two who set budgets at once, which is rare, do so one after the other: rows cannot be locked that are not
        // there.
        jdbc.sql("lock table compensation.budget in share row exclusive mode").update();
        boolean overlaps = jdbc.sql("""
                        select exists (select 1 from compensation.budget
                            where business_line = :line and outlet = :outlet and currency = :currency and period <> 'OPEN'
                            and starts_on < :ends and ends_on > :starts)
                        """)
                .param("line", businessLine)
                .param("outlet", outlet(outlet))
                .param("currency", amount.currency().getCurrencyCode())
                .param("starts", startsOn)
                .param("ends", endsOn)
                .query(Boolean.class)
                .single();
        if (overlaps) {
            throw new Refused("compensation.refused.overlap");
        }
        UUID id = insert(businessLine, outlet(outlet), period, startsOn, endsOn, amount.currency(), 0L);
        if (amount.fen() > 0) {
            ledger.book(Entry.allotted(amount.fen()), id, amount.currency().getCurrencyCode(), null, null, actor);
        }
        return id;
    }

    /**
     * Gives a budget another amount.
     *
     * @throws Refused when more than that is taken already
     */
    @Transactional
    public void change(UUID id, Money amount, Actor actor) {
        Budget budget = jdbc.sql("select * from compensation.budget where id = :id for update")
                .param("id", id)
                .query((row, number) -> budget(row))
                .optional()
                .orElseThrow(() -> new Refused("compensation.refused.budget"));
        Money allotted = budget.allotted();
        if (allotted == null || !amount.currency().equals(budget.currency())) {
            throw new Refused("compensation.refused.budget");
        }
        if (amount.compareTo(budget.taken()) < 0) {
            throw new Refused("compensation.refused.taken", budget.taken().yuan());
        }
        if (amount.fen() != allotted.fen()) {
            ledger.book(Entry.allotted(amount.fen() - allotted.fen()), budget, null, null, actor);
        }
    }

    /**
     * The budget on which a grant of today draws, locked until the transaction ends.
     *
     * @throws Refused when it has not so much left
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Budget draw(String businessLine, String outlet, Money amount) {
        LocalDate today = time.instant().atZone(zone).toLocalDate();
        Optional<Budget> found = locked(businessLine, outlet, amount.currency(), today);
        if (found.isEmpty()) {
            insert(businessLine, "", Budget.Period.OPEN, EVER, NEVER, amount.currency(), null);
            found = locked(businessLine, outlet, amount.currency(), today);
        }
        Budget budget = found.orElseThrow();
        Money available = budget.available();
        if (available != null && available.compareTo(amount) < 0) {
            throw new Refused("compensation.refused.spent", available.yuan());
        }
        return budget;
    }

    private Optional<Budget> locked(String businessLine, String outlet, Currency currency, LocalDate day) {
        return jdbc.sql("""
                        select * from compensation.budget
                        where business_line = :line and outlet in ('', :outlet) and currency = :currency
                        and starts_on <= :day and ends_on > :day
                        order by period = 'OPEN', outlet desc limit 1 for update
                        """)
                .param("line", businessLine)
                .param("outlet", outlet(outlet))
                .param("currency", currency.getCurrencyCode())
                .param("day", day)
                .query((row, number) -> budget(row))
                .optional();
    }

    private UUID insert(
            String businessLine,
            String outlet,
            Budget.Period period,
            LocalDate startsOn,
            LocalDate endsOn,
            Currency currency,
            @org.jspecify.annotations.Nullable Long allotted) {
        UUID id = Ids.next();
        jdbc.sql("""
                insert into compensation.budget (id, business_line, outlet, period, starts_on, ends_on, currency, allotted_fen, created_at)
                values (:id, :line, :outlet, :period, :starts, :ends, :currency, :allotted, :now)
                on conflict do nothing
                """)
                .param("id", id)
                .param("line", businessLine)
                .param("outlet", outlet)
                .param("period", period.name())
                .param("starts", startsOn)
                .param("ends", endsOn)
                .param("currency", currency.getCurrencyCode())
                .param("allotted", allotted)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    public Optional<Budget> find(UUID id) {
        return jdbc.sql("select * from compensation.budget where id = :id")
                .param("id", id)
                .query((row, number) -> budget(row))
                .optional();
    }

    /** All budgets, the newest period first; at most {@value #MOST}. */
    public List<Budget> all() {
        return jdbc.sql("""
                        select * from compensation.budget
                        order by period = 'OPEN', starts_on desc, business_line, outlet, id limit :most
                        """)
                .param("most", MOST)
                .query((row, number) -> budget(row))
                .list();
    }

    private static Budget budget(ResultSet row) throws SQLException {
        Currency currency = Currency.getInstance(row.getString("currency"));
        Long allotted = row.getObject("allotted_fen", Long.class);
        return new Budget(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                row.getString("business_line"),
                row.getString("outlet"),
                Budget.Period.valueOf(row.getString("period")),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("ends_on", LocalDate.class),
                currency,
                allotted == null ? null : new Money(allotted, currency),
                row.getLong("reserved_fen"),
                row.getLong("issued_fen"),
                row.getLong("used_fen"),
                row.getLong("expired_fen"),
                row.getLong("void_fen"));
    }
}
