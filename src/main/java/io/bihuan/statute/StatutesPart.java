package io.bihuan.statute;

import io.bihuan.pack.Expression;
import io.bihuan.pack.Label;
import io.bihuan.pack.PackNode;
import io.bihuan.pack.PackPart;
import io.bihuan.pack.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code statutes}: each calculator gets exactly the numbers and lists it needs. */
final class StatutesPart implements PackPart<Statutes> {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}(?:\\.\\d{1,3})?)%");
    private static final int LONGEST_TIME = 30;

    @Override
    public String name() {
        return "statutes";
    }

    @Override
    public Class<Statutes> type() {
        return Statutes.class;
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public Statutes read(PackNode node) {
        var all = new ArrayList<Statute>();
        for (var item : node.children()) {
            var written = item.text("calculator");
            var calculator = item.oneOf("calculator", Calculator.class);
            if (calculator.name().equals(written)) {
                var statute = statute(item, calculator);
                all.stream()
                        .filter(other -> other.calculator() == calculator && overlap(other.source(), statute.source()))
                        .findFirst()
                        .ifPresent(other -> item.problemAt(
                                "source",
                                "statute.problem.overlap",
                                calculator.name(),
                                String.valueOf(other.source().from())));
                all.add(statute);
            } else {
                // what belongs to a calculator that does not exist cannot be right or wrong
                item.law("source");
                item.referAll("category", "categories");
                List.of("inputs", "numbers", "lists").forEach(item::fields);
            }
        }
        return new Statutes(all);
    }

    private static boolean overlap(Source one, Source other) {
        return !begins(one).isAfter(ends(other)) && !begins(other).isAfter(ends(one));
    }

    private static LocalDate begins(Source law) {
        return law.from() == null ? LocalDate.MIN : law.from();
    }

    private static LocalDate ends(Source law) {
        return law.to() == null ? LocalDate.MAX : law.to();
    }

    private static Statute statute(PackNode item, Calculator calculator) {
        var law = item.law("source");
        return new Statute(
                calculator,
                law,
                item.has("categories") ? item.referAll("category", "categories") : null,
                item.optionalChild("inputs")
                        .map(inputs -> inputs(inputs, calculator))
                        .orElseGet(Map::of),
                numbers(item.child("numbers"), calculator, law),
                lists(item, calculator, law));
    }

    private static Map<Input, Statute.Asked> inputs(PackNode node, Calculator calculator) {
        var inputs = new EnumMap<Input, Statute.Asked>(Input.class);
        for (var input : calculator.inputs()) {
            if (input.answer() != Input.Answer.REPAIRS) {
                node.optionalChild(input.key()).ifPresent(value -> inputs.put(input, asked(value, input)));
            }
        }
        return inputs;
    }

    private static Statute.Asked asked(PackNode value, Input input) {
        return value.isMapping()
                ? new Statute.Asked(null, value.text("is"))
                : new Statute.Asked(value.referAnswer(fitting(input.answer())), null);
    }

    private static Set<Expression.Type> fitting(Input.Answer answer) {
        return switch (answer) {
            case DATE -> Set.of(Expression.Type.DATE);
            case WHOLE, NUMBER, MONEY -> Set.of(Expression.Type.NUMBER);
            case WORD -> Set.of(Expression.Type.WORD);
            case FLAG -> Set.of(Expression.Type.FLAG);
            case REPAIRS -> Set.of();
        };
    }

    private static Numbers numbers(PackNode node, Calculator calculator, Source law) {
        var stated = new HashMap<Figure, Numbers.Stated>();
        for (var figure : calculator.figures()) {
            if (!figure.isOptional() || node.has(figure.key())) {
                var value = node.child(figure.key());
                stated.put(figure, new Numbers.Stated(is(value, figure.measure()), basis(value, law)));
            }
        }
        return new Numbers(stated);
    }

    private static BigDecimal is(PackNode node, Measure measure) {
        if (measure != Measure.PERCENT) {
            return BigDecimal.valueOf(node.number("is", measure.least(), measure.most()));
        }
        var value = node.child("is");
        var match = PERCENT.matcher(value.scalar());
        if (match.matches()) {
            return new BigDecimal(match.group(1)).movePointLeft(2);
        }
        value.problem("statute.problem.percentage");
        return BigDecimal.ZERO;
    }

    /** What nobody has looked up by its article is not confirmed, whatever is known of the rest. */
    private static Basis basis(PackNode node, Source law) {
        var own = node.has("source") ? node.law("source") : null;
        var of = own == null ? law : own;
        var article = own == null ? node.optionalText("article") : own.article();
        var confirmed = node.has("confirmed") ? node.flag("confirmed") : of.confirmed();
        return new Basis(of, article, confirmed && article != null);
    }

    private static Map<String, Listing> lists(PackNode item, Calculator calculator, Source law) {
        var lists = new HashMap<String, Listing>();
        var names = calculator.lists();
        if (names.isEmpty() || (names.contains(Calculator.ACTS) && !item.has("lists"))) {
            return lists;
        }
        var node = item.child("lists");
        for (var name : names) {
            var value = node.child(name);
            lists.put(name, new Listing(items(value, name.equals("mainParts")), basis(value, law)));
        }
        return lists;
    }

    private static List<Listing.Item> items(PackNode node, boolean hasYears) {
        var items = new LinkedHashMap<String, Listing.Item>();
        for (var each : node.child("items").children()) {
            var code = each.text("code");
            Label label = each.label("name");
            @Nullable Integer years = hasYears ? each.number("years", 1, LONGEST_TIME) : null;
            if (items.putIfAbsent(code, new Listing.Item(code, label, years)) != null && !code.isEmpty()) {
                each.problemAt("code", "statute.problem.codeTwice", code);
            }
        }
        return List.copyOf(items.values());
    }
}
