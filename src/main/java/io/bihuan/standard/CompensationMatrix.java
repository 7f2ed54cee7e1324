package io.bihuan.standard;

import io.bihuan.identity.Role;
import io.bihuan.pack.Category;
import io.bihuan.pack.PackNode;
import io.bihuan.platform.Money;
import io.bihuan.standard.Compensation.Base;
import io.bihuan.standard.Compensation.Multiple;
import io.bihuan.standard.Compensation.Per;
import io.bihuan.standard.Compensation.Share;
import io.bihuan.standard.Compensation.UpTo;
import io.bihuan.standard.Compensation.Value;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be paid, and who may decide up to how much. */
public record CompensationMatrix(List<Compensation> all) {
    /** The roles that grant, each able to grant what those before it can. */
    static final List<Role> GRANTING = List.of(Role.AGENT, Role.HANDLER, Role.QUALITY, Role.MANAGER);

    public CompensationMatrix {
        all = List.copyOf(all);
    }

    static CompensationMatrix read(PackNode node) {
        return new CompensationMatrix(
                node.children().stream().map(CompensationMatrix::compensation).toList());
    }

    /** Everything that may be offered there: what names the category or one above it, then what is for all. */
    public List<Compensation> forCategory(List<Category> path) {
        return Stream.concat(
                        all.stream().filter(each -> each.applies().names(path)),
                        all.stream().filter(each -> each.applies().isFallback()))
                .toList();
    }

    private static Compensation compensation(PackNode node) {
        String name = node.define("compensation", "name");
        Value value = value(node.child("value"));
        return new Compensation(
                name,
                node.label("label"),
                node.oneOf("measure", Measure.class),
                Applies.read(node),
                value,
                limits(node.child("limits"), value.most()),
                node.label("condition"),
                node.source("source"));
    }

    // ---- how much ----

    private static Value value(PackNode node) {
        long kinds = Stream.of("percent", "times").filter(node::has).count();
        if (kinds == 2 || (kinds == 0 && !node.has("upTo"))) {
            node.problem("standard.problem.value");
        }
        if (node.has("percent")) {
            return new Share(
                    decimal(node.child("percent"), "100", "standard.problem.decimalPercent"),
                    node.oneOf("of", Base.class),
                    optionalMoney(node, "upTo"));
        }
        if (node.has("times")) {
            return new Multiple(
                    decimal(node.child("times"), "100", "standard.problem.decimalFactor"),
                    node.oneOf("of", Base.class),
                    optionalMoney(node, "atLeast"));
        }
        Per per = node.optionalOneOf("per", Per.class);
        return new UpTo(money(node.child("upTo")), per == null ? Per.CASE : per);
    }

    private static BigDecimal decimal(PackNode node, String most, String problem) {
        String written = node.scalar();
        if (written.matches("\\d{1,4}(\\.\\d{1,2})?")) {
            var number = new BigDecimal(written);
            if (number.signum() > 0 && number.compareTo(new BigDecimal(most)) <= 0) {
                return number;
            }
        }
        if (!written.isEmpty()) {
            node.problem(problem, most, written);
        }
        return BigDecimal.ONE;
    }

    private static @Nullable Money optionalMoney(PackNode node, String key) {
        return node.optionalChild(key).map(CompensationMatrix::money).orElse(null);
    }

    static Money money(PackNode node) {
        String written = node.scalar();
        Money money = Money.readYuan(written);
        if (money == null || money.fen() == 0) {
            if (!written.isEmpty()) {
                node.problem("standard.problem.amount", written);
            }
            return Money.ofFen(1);
        }
        return money;
    }

    // ---- who ----

    static Map<Role, Money> limits(PackNode node, @Nullable Money most) {
        var limits = new EnumMap<Role, Money>(Role.class);
        var fields = node.fields();
        var words = GRANTING.stream().map(Role::name).toList();
        fields.forEach((word, value) -> {
            if (!words.contains(word)) {
                value.unknown("role", word, words);
            }
        });
        Money before = null;
        Role lower = null;
        for (Role role : GRANTING) {
            PackNode field = fields.get(role.name());
            if (field == null) {
                continue;
            }
            Money limit = limit(field);
            if (before != null && lower != null && limit.compareTo(before) < 0) {
                field.problem("standard.problem.lowerLimit", before.yuan(), lower.name());
            }
            if (most != null && limit.compareTo(most) > 0) {
                field.problem("standard.problem.limitTooHigh", most.yuan());
            }
            limits.put(role, limit);
            before = limit;
            lower = role;
        }
        if (fields.isEmpty() && node.isMapping()) {
            node.problem("standard.problem.noRole");
        }
        return limits;
    }

    /** Unlike an amount that is paid, a limit may be 0: the role may offer it but not grant it. */
    private static Money limit(PackNode node) {
        return node.scalar().equals("0") ? Money.ofFen(0) : money(node);
    }
}
