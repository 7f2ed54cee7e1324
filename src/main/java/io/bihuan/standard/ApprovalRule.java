package io.bihuan.standard;

import io.bihuan.identity.Role;
import io.bihuan.pack.Label;
import io.bihuan.pack.Source;
import io.bihuan.platform.Money;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may decide what a customer is offered.
 *
 * @param limits the amount up to which each role may decide by itself on measures for which the compensation says nothing
 * @param twoAbove the sum of a proposal above which two different people must approve it
 */
public record ApprovalRule(
        String name,
        Label label,
        Applies applies,
        Map<Role, Money> limits,
        Money twoAbove,
        @Nullable Source source) {
    public ApprovalRule {
        var ordered = new EnumMap<Role, Money>(Role.class);
        ordered.putAll(limits);
        limits = Collections.unmodifiableMap(ordered);
    }

    /** The amount that somebody with these roles may decide on; nothing without such a role. */
    public Money limitOf(Collection<Role> roles) {
        return limits.entrySet().stream()
                .filter(limit -> roles.contains(limit.getKey()))
                .map(Map.Entry::getValue)
                .max(Money::compareTo)
                .orElse(Money.ofFen(0));
    }
}
