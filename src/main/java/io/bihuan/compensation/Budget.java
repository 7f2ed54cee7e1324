package io.bihuan.compensation;

import io.bihuan.platform.Money;
import java.time.LocalDate;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How much may be granted in a period.
 *
 * @param outlet its code; empty for the business line itself
 * @param endsOn the day after the last
 * @param allotted null where nothing limits it
 * @param reserved and what follows: hundredths of the currency that stand on that account
 */
public record Budget(
        UUID id,
        String businessLine,
        String outlet,
        Period period,
        LocalDate startsOn,
        LocalDate endsOn,
        Currency currency,
        @Nullable Money allotted,
        long reserved,
        long issued,
        long used,
        long expired,
        long voided) {
    /** For how long a budget is. */
    public enum Period {
        MONTH(1),
        QUARTER(3),
        YEAR(12),
        /** For whatever no budget covers. */
        OPEN(0);

        private final int months;

        Period(int months) {
            this.months = months;
        }

        int months() {
            return months;
        }
    }

    /** What is promised or spent: it comes back when it expires or is annulled. */
    public Money taken() {
        return new Money(reserved + issued + used, currency);
    }

    /** What can still be granted; null where nothing limits it. */
    public @Nullable Money available() {
        return allotted == null ? null : new Money(allotted.fen() - taken().fen(), currency);
    }

    /** How much of it is taken, in percent, rounded down; 0 where nothing limits it. */
    public int percentTaken() {
        return allotted == null || allotted.fen() == 0 ? 0 : (int) (taken().fen() * 100 / allotted.fen());
    }
}
