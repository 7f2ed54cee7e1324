package io.bihuan.statute.web;

import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.statute.Answers;
import io.bihuan.statute.Assembly;
import io.bihuan.statute.Calculations;
import io.bihuan.statute.Calculator;
import io.bihuan.statute.CarFault;
import io.bihuan.statute.FindingText;
import io.bihuan.statute.Input;
import io.bihuan.statute.Listing;
import io.bihuan.statute.OnlineReturn;
import io.bihuan.statute.Replaced;
import io.bihuan.statute.Statute;
import io.bihuan.statute.Statutes;
import io.bihuan.statute.web.StatutesPage.Field;
import io.bihuan.statute.web.StatutesPage.RepairWords;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The calculators with facts that are typed in: every result is a link, and nothing is kept. */
@Controller
class StatutesController {
    static final String DESK = "/desk/statutes";
    static final String RIGHTS = "/rights";
    private static final int LONGEST = 200;
    /** Parameters that are not facts. */
    private static final List<String> OWN = List.of("line", "calculator", "lang");

    private static final String DAY = "day";

    private final Packs packs;
    private final Calculations calculations;
    private final InstantSource time;

    StatutesController(Packs packs, Calculations calculations, InstantSource time) {
        this.packs = packs;
        this.calculations = calculations;
        this.time = time;
    }

    @GetMapping(DESK)
    Page desk(@RequestParam Map<String, String> asked, Texts t) {
        return show("statute/desk", DESK, asked, t);
    }

    @GetMapping(RIGHTS)
    Page rights(@RequestParam Map<String, String> asked, Texts t) {
        return show("statute/rights", RIGHTS, asked, t);
    }

    private Page show(String template, String path, Map<String, String> asked, Texts t) {
        List<String> lines = packs.businessLines().stream()
                .filter(line -> !statutes(packs.of(line)).all().isEmpty())
                .toList();
        if (lines.isEmpty()) {
            return Page.of(template, nothing(path));
        }
        String line =
                lines.contains(asked.getOrDefault("line", "")) ? asked.getOrDefault("line", "") : lines.getFirst();
        Pack pack = packs.of(line);
        Statutes statutes = statutes(pack);
        Calculator calculator = Calculator.of(asked.getOrDefault("calculator", ""))
                .filter(statutes.calculators()::contains)
                .orElseGet(() -> statutes.calculators().getFirst());
        Statute statute = statutes.of(calculator, null).orElseThrow();
        var values = new LinkedHashMap<String, String>();
        asked.forEach((name, value) -> {
            if (!OWN.contains(name) && value.length() <= LONGEST) {
                values.put(name, value);
            }
        });
        boolean isJudged = values.values().stream().anyMatch(value -> !value.isBlank());
        Answers answers = Answers.read(calculator, name -> given(statute, name, values));
        var errors = FieldErrors.NONE;
        for (var wrong : answers.wrong().entrySet()) {
            errors = errors.with(wrong.getKey(), t.of(wrong.getValue()));
        }
        LocalDate today = LocalDate.ofInstant(time.instant(), t.zone());
        LocalDate day = day(values.getOrDefault(DAY, ""), today);
        if (day == null) {
            errors = errors.with(DAY, t.of("statute.wrong.date"));
        }
        values.putIfAbsent(DAY, t.date(today));
        List<FindingText> found = !isJudged || errors.any() || day == null
                ? List.of()
                : FindingText.all(calculations.judge(statutes, calculator, answers, day), t);
        boolean isCar = calculator == Calculator.CAR_THREE_GUARANTEES;
        var page = new StatutesPage(
                path,
                lines.size() == 1
                        ? List.of()
                        : lines.stream().map(each -> named(each, t)).toList(),
                line,
                statutes.calculators().stream()
                        .map(each -> new Option(each.key(), t.of(each)))
                        .toList(),
                calculator.key(),
                fields(statute, pack, t),
                calculator.inputs().contains(Input.REPAIRS) ? Answers.MOST_REPAIRS : 0,
                isCar,
                new RepairWords(
                        options(CarFault.values(), t), options(Replaced.values(), t), options(Assembly.values(), t)),
                values,
                errors,
                isJudged && !errors.any(),
                found);
        return errors.any() ? Page.invalid(template, page) : Page.of(template, page);
    }

    private static StatutesPage nothing(String path) {
        return new StatutesPage(
                path,
                List.of(),
                "",
                List.of(),
                "",
                List.of(),
                0,
                false,
                new RepairWords(List.of(), List.of(), List.of()),
                Map.of(),
                FieldErrors.NONE,
                false,
                List.of());
    }

    private static Statutes statutes(Pack pack) {
        return pack.part(Statutes.class, Statutes.NONE);
    }

    private Option named(String line, Texts t) {
        return new Option(line, packs.line(line).name().in(t.locale()));
    }

    private static @Nullable String given(Statute statute, String name, Map<String, String> values) {
        for (var entry : statute.inputs().entrySet()) {
            if (entry.getKey().key().equals(name) && entry.getValue().fixed() != null) {
                return entry.getValue().fixed();
            }
        }
        return values.get(name);
    }

    private static @Nullable LocalDate day(String written, LocalDate today) {
        if (written.isBlank()) {
            return today;
        }
        try {
            LocalDate day = LocalDate.parse(written);
            return day.getYear() < 1990 || day.getYear() > 2200 ? null : day;
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static List<Field> fields(Statute statute, Pack pack, Texts t) {
        var fields = new ArrayList<Field>();
        fields.add(new Field(DAY, t.of("statute.day"), "date", t.of("statute.day.hint"), null, List.of()));
        for (Input input : statute.calculator().inputs()) {
            var asked = statute.inputs().get(input);
            if (input.answer() != Input.Answer.REPAIRS
                    && (asked == null || asked.fixed() == null)
                    && isAsked(statute, input)) {
                fields.add(field(statute, input, pack, t));
            }
        }
        return fields;
    }

    /** A pack without the rule for food does not ask about food. */
    private static boolean isAsked(Statute statute, Input input) {
        return input != Input.FOOD_UNSAFE || statute.numbers().has(io.bihuan.statute.Figure.FOOD_TIMES);
    }

    private static Field field(Statute statute, Input input, Pack pack, Texts t) {
        String hint = Texts.key(input) + ".hint";
        return new Field(
                input.key(),
                t.of(input),
                input.answer() == Input.Answer.DATE ? "date" : "text",
                t.has(hint) ? t.of(hint) : null,
                switch (input.answer()) {
                    case WHOLE -> "numeric";
                    case NUMBER, MONEY -> "decimal";
                    case DATE, WORD, FLAG, REPAIRS -> null;
                },
                switch (input.answer()) {
                    case WORD -> words(statute, input, pack, t);
                    case FLAG -> List.of(new Option("yes", t.of("statute.yes")), new Option("no", t.of("statute.no")));
                    case DATE, WHOLE, NUMBER, MONEY, REPAIRS -> List.of();
                });
    }

    private static List<Option> words(Statute statute, Input input, Pack pack, Texts t) {
        if (input.words().length > 0) {
            return options(input.words(), t);
        }
        if (input == Input.EXCEPTION) {
            return Stream.concat(
                            Stream.of(new Option(OnlineReturn.NONE, t.of("statute.exception.none"))),
                            listed(statute.list("exceptions"), t))
                    .toList();
        }
        var asked = statute.inputs().get(input);
        String question = asked == null ? null : asked.question();
        var field = question == null ? null : pack.form().find(question).orElse(null);
        if (field != null && field.type() == FormField.Type.CHOICE) {
            return field.options().stream()
                    .map(each -> new Option(each.code(), each.label().in(t.locale())))
                    .toList();
        }
        boolean isAppliance = statute.calculator() == Calculator.APPLIANCE_THREE_GUARANTEES;
        return Stream.concat(
                        listed(statute.list(isAppliance ? "mainParts" : "goods"), t),
                        Stream.of(new Option("other", t.of("statute.goods.other"))))
                .toList();
    }

    private static Stream<Option> listed(Listing listing, Texts t) {
        return listing.items().stream()
                .map(item -> new Option(item.code(), item.label().in(t.locale())));
    }

    private static List<Option> options(Enum<?>[] constants, Texts t) {
        return Stream.of(constants)
                .map(each -> new Option(each.name().toLowerCase(Locale.ROOT).replace('_', '-'), t.of(each)))
                .toList();
    }
}
