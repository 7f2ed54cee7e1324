package io.bihuan.platform;

import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money in whole hundredths of its currency, so that nothing is lost by rounding.
 *
 * @param fen hundredths: 1250 is 12.50 yuan; never negative
 */
public record Money(long fen, Currency currency) implements Comparable<Money> {
    public static final Currency CNY = Currency.getInstance("CNY");
    private static final BigDecimal LARGEST = new BigDecimal("1000000000000");

    public Money {
        if (fen < 0) {
            throw new IllegalArgumentException("money is never negative: " + fen);
        }
    }

    public static Money ofFen(long fen) {
        return new Money(fen, CNY);
    }

    public static Money ofYuan(long yuan) {
        return ofFen(Math.multiplyExact(yuan, 100L));
    }

    /** What is written as yuan with at most two decimals, such as {@code 12.5}; null when it is not. */
    public static @Nullable Money readYuan(String written) {
        if (!written.matches("\\d{1,12}(\\.\\d{1,2})?")) {
            return null;
        }
        BigDecimal yuan = new BigDecimal(written);
        return yuan.compareTo(LARGEST) > 0 ? null : ofFen(yuan.movePointRight(2).longValueExact());
    }

    /** In yuan, without decimals where there are none: {@code 12.50}, {@code 200}. */
    public String yuan() {
        return fen % 100 == 0
                ? Long.toString(fen / 100)
                : BigDecimal.valueOf(fen, 2).toPlainString();
    }

    /** In order within one currency. */
    @Override
    public int compareTo(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("no order between " + currency + " and " + other.currency);
        }
        return Long.compare(fen, other.fen);
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(fen, 2).toPlainString() + " " + currency;
    }
}
