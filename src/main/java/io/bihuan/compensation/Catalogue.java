package io.bihuan.compensation;

import io.bihuan.identity.Role;
import io.bihuan.pack.Category;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Applies;
import io.bihuan.standard.ApprovalRule;
import io.bihuan.standard.Approvals;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.Compensation.Multiple;
import io.bihuan.standard.Compensation.Share;
import io.bihuan.standard.Compensation.UpTo;
import io.bihuan.standard.CompensationMatrix;
import io.bihuan.standard.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may be granted for one kind of trouble: what the pack names; the customer's own money, where the pack names nothing
 * for such a measure; and goodwill, which is owed for nothing and so needs no decision on responsibility. A pack that has an item
 * {@value #GOODWILL} says itself how far it goes.
 */
public record Catalogue(List<Compensation> items) {
    public static final String GOODWILL = "goodwill";

    private static final Compensation USUAL_GOODWILL = new Compensation(
            GOODWILL,
            new Label("善意补偿", "Goodwill"),
            Measure.COMPENSATION,
            new Applies(null),
            new UpTo(Money.ofYuan(5_000), Compensation.Per.CASE),
            Map.of(
                    Role.AGENT, Money.ofYuan(50),
                    Role.HANDLER, Money.ofYuan(200),
                    Role.QUALITY, Money.ofYuan(200),
                    Role.MANAGER, Money.ofYuan(1_000)),
            new Label(
                    "没有责任认定或认定我方无责时，为维护客户关系给予",
                    "Where nobody, or not we, are responsible, for the sake of the customer"),
            null);

    /** What gives customers back what they have paid, and so at most that. */
    private static final Map<Measure, Label> REPAYMENTS = new EnumMap<>(Map.of(
            Measure.REFUND, new Label("退还已付款项", "Refund of what was paid"),
            Measure.PRICE_DIFFERENCE, new Label("退还差价", "Refund of the difference"),
            Measure.CREDIT, new Label("冲减账款", "Credit of what was charged")));

    private static final Label REPAID =
            new Label("客户已付的款项，不超过已付金额；按通用审批权限办理", "What the customer has paid and no more, by the general authority");

    private static final int MOST_QUANTITY = 366;

    /** Whether an item is given for the sake of the customer and owed for nothing; packs may have several kinds of it. */
    public static boolean isGoodwill(String item) {
        return item.equals(GOODWILL) || item.startsWith(GOODWILL + "-");
    }

    public Catalogue {
        items = List.copyOf(items);
    }

    /** What may be granted for a category; only what is for all where none is chosen yet. */
    public static Catalogue of(Pack pack, @Nullable String category) {
        List<Category> path = category == null ? List.of() : pack.categories().path(category);
        List<Compensation> named = pack.part(CompensationMatrix.class).forCategory(path);
        var items = new ArrayList<>(named);
        ApprovalRule general = pack.part(Approvals.class, Approvals.NONE).forCategory(path);
        REPAYMENTS.entrySet().stream()
                .filter(each -> named.stream().noneMatch(item -> item.measure() == each.getKey()))
                .map(each -> repayment(each.getKey(), each.getValue(), general))
                .forEach(items::add);
        if (items.stream().noneMatch(item -> item.name().equals(GOODWILL))) {
            items.add(USUAL_GOODWILL);
        }
        return new Catalogue(items);
    }

    /** Whatever a pack knows, for any category: to name what was granted under another one. */
    public static Catalogue all(Pack pack) {
        var items = new ArrayList<>(pack.part(CompensationMatrix.class).all());
        ApprovalRule general = pack.part(Approvals.class, Approvals.NONE).forCategory(List.of());
        REPAYMENTS.forEach((measure, label) -> items.add(repayment(measure, label, general)));
        if (items.stream().noneMatch(item -> item.name().equals(GOODWILL))) {
            items.add(USUAL_GOODWILL);
        }
        return new Catalogue(items);
    }

    private static Compensation repayment(Measure measure, Label label, ApprovalRule general) {
        return new Compensation(
                repaymentBy(measure),
                label,
                measure,
                new Applies(null),
                new Share(BigDecimal.valueOf(100), Compensation.Base.PAID, null),
                general.limits(),
                REPAID,
                null);
    }

    private static String repaymentBy(Measure measure) {
        return "repayment-" + measure.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The item by which a measure gives customers their own money back; empty for measures that do not. */
    public static Optional<String> repaymentOf(Measure measure) {
        return REPAYMENTS.containsKey(measure) ? Optional.of(repaymentBy(measure)) : Optional.empty();
    }

    public Optional<Compensation> find(String name) {
        return items.stream().filter(item -> item.name().equals(name)).findFirst();
    }

    /**
     * The highest amount of one grant of an item.
     *
     * @throws Refused when that depends on a price that is not given, or the quantity makes no sense
     */
    static Money most(Compensation item, int quantity, @Nullable Money base) {
        return switch (item.value()) {
            case UpTo upTo -> {
                if (upTo.per() == Compensation.Per.CASE) {
                    yield upTo.amount();
                }
                if (quantity < 1 || quantity > MOST_QUANTITY) {
                    throw new Refused("compensation.refused.quantity", MOST_QUANTITY);
                }
                yield new Money(
                        Math.multiplyExact(upTo.amount().fen(), quantity),
                        upTo.amount().currency());
            }
            case Share share -> {
                Money cap = share.upTo();
                if (base == null) {
                    if (cap == null) {
                        throw new Refused("compensation.refused.base");
                    }
                    yield cap;
                }
                Money part = times(base, share.percent().movePointLeft(2));
                yield cap != null && cap.compareTo(part) < 0 ? cap : part;
            }
            case Multiple multiple -> {
                if (base == null) {
                    throw new Refused("compensation.refused.base");
                }
                Money part = times(base, multiple.times());
                Money least = multiple.atLeast();
                yield least != null && least.compareTo(part) > 0 ? least : part;
            }
        };
    }

    private static Money times(Money money, BigDecimal factor) {
        return new Money(
                BigDecimal.valueOf(money.fen())
                        .multiply(factor)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact(),
                money.currency());
    }

    /** Whether somebody with these roles may grant it alone. */
    static boolean mayGrantAlone(Compensation item, Collection<Role> roles, Money amount) {
        return item.limitOf(roles).filter(limit -> amount.compareTo(limit) <= 0).isPresent();
    }

    /** Whether somebody with these roles may approve what another asks for: within the own limit, or, above every limit, who decides. */
    static boolean mayApprove(Compensation item, Collection<Role> roles, Money amount) {
        boolean isAboveAll = item.limits().values().stream().noneMatch(limit -> amount.compareTo(limit) <= 0);
        return mayGrantAlone(item, roles, amount) || (isAboveAll && roles.contains(Role.MANAGER));
    }
}
