package io.bihuan.standard;

import io.bihuan.identity.Role;
import io.bihuan.pack.Label;
import io.bihuan.pack.Source;
import io.bihuan.platform.Money;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be paid or given for one kind of trouble, and who may grant it.
 *
 * @param limits the amount up to which each role may grant it by itself, in the order of the roles; what is above the last one
 *     goes to the decision level
 */
public record Compensation(
        String name,
        Label label,
        Measure measure,
        Applies applies,
        Value value,
        Map<Role, Money> limits,
        Label condition,
        @Nullable Source source) {
    public Compensation {
        var ordered = new EnumMap<Role, Money>(Role.class);
        ordered.putAll(limits);
        limits = Collections.unmodifiableMap(ordered);
    }

    /** The amount that somebody with these roles may grant without asking. */
    public Optional<Money> limitOf(Collection<Role> roles) {
        return limits.entrySet().stream()
                .filter(limit -> roles.contains(limit.getKey()))
                .map(Map.Entry::getValue)
                .max(Money::compareTo);
    }

    /** How much it is. */
    public sealed interface Value {
        /** The highest amount of a single case; null when it depends on a price or on time. */
        default @Nullable Money most() {
            return null;
        }
    }

    /** An amount up to a limit, for each of something. */
    public record UpTo(Money amount, Per per) implements Value {
        @Override
        public @Nullable Money most() {
            return per == Per.CASE ? amount : null;
        }
    }

    /** A share of a price. */
    public record Share(
            BigDecimal percent, Base of, @Nullable Money upTo) implements Value {
        @Override
        public @Nullable Money most() {
            return upTo;
        }
    }

    /** A multiple of a price, or a least amount where that is more. */
    public record Multiple(
            BigDecimal times, Base of, @Nullable Money atLeast) implements Value {}

    /** For each of what an amount is given. */
    public enum Per {
        CASE,
        DAY,
        MONTH,
        NIGHT
    }

    /** Of which amount a share or a multiple is taken. */
    public enum Base {
        PRICE,
        PAID,
        FEE,
        MONTHLY_FEE,
        PREMIUM,
        ORDER
    }
}
