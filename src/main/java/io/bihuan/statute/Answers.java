package io.bihuan.statute;

import io.bihuan.platform.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The facts of a case as somebody wrote them, read for one calculator; what cannot be read is not known, and said. */
public final class Answers {
    /** How many repairs one can be asked about. */
    public static final int MOST_REPAIRS = 10;

    private static final Pattern WHOLE = Pattern.compile("\\d{1,7}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,7}(\\.\\d{1,4})?");
    private static final Pattern YUAN = Pattern.compile("(\\d{1,10})(?:\\.(\\d{1,4}))?");
    private static final Pattern CODE = Pattern.compile("[a-z0-9-]{1,64}");
    private static final int LONGEST = 100;
    private static final int EARLIEST = 1990;
    private static final int LATEST = 2200;

    private final Map<Input, Object> known = new EnumMap<>(Input.class);
    private final List<CarRepair> carRepairs = new ArrayList<>();
    private final List<Repair> repairs = new ArrayList<>();
    /** The key of the text that says what is wrong, by the name of the field. */
    private final Map<String, String> wrong = new LinkedHashMap<>();

    private final UnaryOperator<@Nullable String> source;

    private Answers(UnaryOperator<@Nullable String> source) {
        this.source = source;
    }

    /**
     * Reads what was written.
     *
     * @param values by {@link Input#key} and, for repairs, {@link #field}; null for nothing
     */
    public static Answers read(Calculator calculator, UnaryOperator<@Nullable String> values) {
        var answers = new Answers(values);
        for (var input : calculator.inputs()) {
            if (input.answer() == Input.Answer.REPAIRS) {
                answers.readRepairs(calculator == Calculator.CAR_THREE_GUARANTEES);
            } else {
                answers.readOne(input);
            }
        }
        return answers;
    }

    /** The name of a field of a repair: {@code repair3-in}. */
    public static String field(int repair, String part) {
        return "repair" + repair + "-" + part;
    }

    /** What is wrong, by the name of the field, as the key of its text. */
    public Map<String, String> wrong() {
        return wrong;
    }

    // ---- what is known ----

    @Nullable
    LocalDate date(Input input) {
        return (LocalDate) known.get(input);
    }

    @Nullable
    Integer whole(Input input) {
        return (Integer) known.get(input);
    }

    @Nullable
    BigDecimal number(Input input) {
        return (BigDecimal) known.get(input);
    }

    @Nullable
    Money money(Input input) {
        return (Money) known.get(input);
    }

    @Nullable
    Boolean flag(Input input) {
        return (Boolean) known.get(input);
    }

    @Nullable
    String word(Input input) {
        return (String) known.get(input);
    }

    <E extends Enum<E>> @Nullable E word(Input input, Class<E> words) {
        var found = known.get(input);
        return found == null ? null : words.cast(found);
    }

    CarThreeGuarantees.Case car() {
        var percent = number(Input.COEFFICIENT);
        return new CarThreeGuarantees.Case(
                date(Input.INVOICED_ON),
                date(Input.DELIVERED_ON),
                whole(Input.KILOMETRES),
                word(Input.ENERGY, Energy.class),
                money(Input.PRICE),
                percent == null ? null : percent.movePointLeft(2),
                word(Input.FAULT, CarFault.class),
                word(Input.ASSEMBLY, Assembly.class),
                whole(Input.REPAIR_DAYS),
                whole(Input.SAME_FAULT_REPAIRS),
                flag(Input.SAFETY_FAULT_REMAINS),
                flag(Input.OWNER_CHANGED),
                date(Input.REQUESTED_ON),
                carRepairs);
    }

    ApplianceThreeGuarantees.Case appliance() {
        return new ApplianceThreeGuarantees.Case(
                date(Input.PURCHASED_ON),
                date(Input.DELIVERED_ON),
                date(Input.INSTALLED_ON),
                date(Input.EXCHANGED_ON),
                word(Input.PRODUCT_TYPE),
                whole(Input.FAILED_REPAIRS),
                whole(Input.PARTS_WAIT_DAYS),
                whole(Input.REPAIRER_DELAY_DAYS),
                date(Input.REPAIRED_ON),
                date(Input.PRODUCTION_ENDED_ON),
                repairs);
    }

    // ---- reading ----

    private void readOne(Input input) {
        var written = written(input.key());
        if (written.isEmpty()) {
            return;
        }
        var value =
                switch (input.answer()) {
                    case DATE -> date(input.key(), written);
                    case WHOLE -> whole(input.key(), written);
                    case NUMBER -> number(input.key(), written);
                    case MONEY -> money(input.key(), written);
                    case WORD -> word(input, written);
                    case FLAG -> flag(input.key(), written);
                    case REPAIRS -> null;
                };
        if (value != null) {
            known.put(input, value);
        }
    }

    private String written(String field) {
        return Objects.requireNonNullElse(source.apply(field), "").strip();
    }

    private @Nullable LocalDate date(String field, String written) {
        try {
            var day = LocalDate.parse(written);
            if (day.getYear() >= EARLIEST && day.getYear() <= LATEST) {
                return day;
            }
        } catch (DateTimeParseException unreadable) {
            // said below
        }
        wrong.put(field, "statute.wrong.date");
        return null;
    }

    private @Nullable LocalDateTime time(String field, String written) {
        try {
            var time = LocalDateTime.parse(written);
            if (time.getYear() >= EARLIEST && time.getYear() <= LATEST) {
                return time;
            }
        } catch (DateTimeParseException unreadable) {
            // said below
        }
        wrong.put(field, "statute.wrong.time");
        return null;
    }

    /** Forms of packs allow decimals where a whole number is meant: 12000.0. */
    private @Nullable Integer whole(String field, String written) {
        var plain = written.replaceFirst("\\.0+$", "");
        if (WHOLE.matcher(plain).matches()) {
            return Integer.valueOf(plain);
        }
        wrong.put(field, "statute.wrong.whole");
        return null;
    }

    private @Nullable BigDecimal number(String field, String written) {
        if (NUMBER.matcher(written).matches()) {
            return new BigDecimal(written);
        }
        wrong.put(field, "statute.wrong.number");
        return null;
    }

    private @Nullable Money money(String field, String written) {
        var match = YUAN.matcher(written);
        if (match.matches()) {
            var yuan = new BigDecimal(written).movePointRight(2).stripTrailingZeros();
            if (yuan.scale() <= 0) {
                return Money.ofFen(yuan.longValueExact());
            }
        }
        wrong.put(field, "statute.wrong.money");
        return null;
    }

    private @Nullable Object word(Input input, String written) {
        var constants = input.words();
        Object found =
                constants.length == 0 ? CODE.matcher(written).matches() ? written : null : constant(constants, written);
        if (found == null) {
            wrong.put(input.key(), "statute.wrong.choice");
        }
        return found;
    }

    private static @Nullable Enum<?> constant(Enum<?>[] constants, String written) {
        return Stream.of(constants)
                .filter(each -> Words.hyphened(each).equals(written))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Boolean flag(String field, String written) {
        if (written.equals("true") || written.equals("yes")) {
            return true;
        }
        if (!written.equals("false") && !written.equals("no")) {
            wrong.put(field, "statute.wrong.choice");
            return null;
        }
        return false;
    }

    private void readRepairs(boolean isCar) {
        for (var row = 1; row <= MOST_REPAIRS; row++) {
            var in = field(row, "in");
            if (isBlank(row)) {
                continue;
            }
            if (written(in).isEmpty()) {
                wrong.put(in, "statute.wrong.noBegin");
            } else if (isCar) {
                readCarRepair(row, in);
            } else {
                readRepair(row, in);
            }
        }
    }

    private boolean isBlank(int row) {
        return Stream.of("in", "out", "kilometres", "fault", "part", "excluded")
                .allMatch(part -> written(field(row, part)).isEmpty());
    }

    private void readRepair(int row, String inField) {
        var in = date(inField, written(inField));
        var outField = field(row, "out");
        var out = written(outField).isEmpty() ? null : date(outField, written(outField));
        if (in != null && out != null && out.isBefore(in)) {
            wrong.put(outField, "statute.wrong.outBeforeIn");
        } else if (in != null && !wrong.containsKey(outField)) {
            repairs.add(new Repair(in, out));
        }
    }

    private void readCarRepair(int row, String inField) {
        var in = time(inField, written(inField));
        var outField = field(row, "out");
        var out = written(outField).isEmpty() ? null : time(outField, written(outField));
        var kilometres = field(row, "kilometres");
        var excluded = field(row, "excluded");
        var before = wrong.size();
        var km = written(kilometres).isEmpty() ? null : whole(kilometres, written(kilometres));
        var hours = written(excluded).isEmpty() ? Integer.valueOf(0) : whole(excluded, written(excluded));
        var fault = text(row, "fault");
        var part = text(row, "part");
        var kind = choice(row, "kind", CarFault.OTHER);
        var replaced = choice(row, "replaced", Replaced.NOTHING);
        var assembly = choice(row, "assembly", Assembly.NONE);
        if (in != null && out != null && out.isBefore(in)) {
            wrong.put(outField, "statute.wrong.outBeforeIn");
        }
        if (in != null && hours != null && wrong.size() == before && !wrong.containsKey(outField)) {
            carRepairs.add(new CarRepair(
                    in,
                    out,
                    km,
                    kind,
                    fault,
                    replaced,
                    assembly,
                    part,
                    !written(field(row, "safety")).isEmpty(),
                    Duration.ofHours(hours)));
        }
    }

    private String text(int row, String part) {
        var written = written(field(row, part));
        if (written.length() > LONGEST) {
            wrong.put(field(row, part), "statute.wrong.long");
        }
        return written;
    }

    private <E extends Enum<E>> E choice(int row, String part, E otherwise) {
        var written = written(field(row, part));
        if (written.isEmpty()) {
            return otherwise;
        }
        var words = otherwise.getDeclaringClass();
        var found = constant(words.getEnumConstants(), written);
        if (found == null) {
            wrong.put(field(row, part), "statute.wrong.choice");
            return otherwise;
        }
        return words.cast(found);
    }
}
