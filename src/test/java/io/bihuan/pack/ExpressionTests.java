package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTests {
    private static final Map<String, Object> CASE = Map.of(
            "mileage",
            new BigDecimal("3000.50"),
            "boughtOn",
            LocalDate.of(2026, 1, 31),
            "productType",
            "car",
            "hasInvoice",
            true,
            "category",
            Set.of("battery", "range-loss"),
            "severity",
            Severity.URGENT,
            "customersAffected",
            new BigDecimal(2));

    private static final String PARTS = """
            departments: [{code: desk, name: {zh: 柜台, en: Desk}}]
            categories:
              - code: battery
                name: {zh: 电池, en: Battery}
                department: desk
                children: [{code: range-loss, name: {zh: 续航, en: Range}}]
            form:
              - {key: mileage, name: {zh: 里程, en: Mileage}, type: NUMBER}
              - {key: boughtOn, name: {zh: 购买日期, en: Bought}, type: DATE}
              - {key: model, name: {zh: 型号, en: Model}, type: TEXT}
              - key: productType
                name: {zh: 类型, en: Type}
                type: CHOICE
                options: [{code: car, name: {zh: 轿车, en: Car}}, {code: van, name: {zh: 货车, en: Van}}]
            remedies: []
            texts: {hotline: {number: "400", hours: {zh: 全天, en: All day}}, ways: [], steps: [], bodies: []}
            """;

    record Probe(@org.jspecify.annotations.Nullable Expression when) {}

    private static final PackPart<Probe> PROBE = new PackPart<>() {
        @Override
        public String name() {
            return "probe";
        }

        @Override
        public Class<Probe> type() {
            return Probe.class;
        }

        @Override
        public Probe read(PackNode node) {
            return new Probe(node.expression("when", Expression.CASE_WORDS));
        }

        @Override
        public boolean required() {
            return false;
        }

        @Override
        public Map<String, Set<String>> vocabulary() {
            return Map.of("channel", Set.of("HOTLINE", "REGULATOR"));
        }
    };

    // ---- what holds ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mileage > 3000",
                "mileage >= 3000.5",
                "mileage = 3000.500",
                "mileage != 3000",
                "mileage between 3000 and 3001",
                "boughtOn < '2026-02-01'",
                "boughtOn between '2026-01-31' and '2026-01-31'",
                "productType = 'car'",
                "productType in ['van', 'car']",
                "hasInvoice = true",
                "hasInvoice != false",
                "category = 'battery'",
                "category = 'range-loss'",
                "category in ['battery', 'engine']",
                "category != 'engine'",
                "severity > 'GENERAL'",
                "severity <= 'URGENT'",
                "severity between 'GENERAL' and 'MAJOR'",
                "customersAffected >= 2",
                "not mileage < 100",
                "not (mileage < 100 or productType = 'van')",
                "mileage < 100 or productType = 'car'",
                "productType = 'car' or mileage < 100 and mileage < 50",
                "(mileage<100 or\n\thasInvoice=true)and productType='car'"
            })
    void itHolds(String text) {
        assertThat(Expression.parse(text).holds(CASE::get)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mileage < 3000",
                "mileage between 1 and 3000",
                "boughtOn >= '2026-02-01'",
                "productType = 'van'",
                "productType in ['van']",
                "hasInvoice = false",
                "category = 'engine'",
                "category != 'battery'",
                "severity >= 'MAJOR'",
                "productType = 'van' or mileage < 100 and productType = 'car'",
                "(productType = 'car' or mileage < 100) and mileage < 50"
            })
    void itDoesNotHold(String text) {
        assertThat(Expression.parse(text).holds(CASE::get)).isFalse();
    }

    @Test
    void aComparisonWithWhatIsNotKnownDoesNotHold() {
        for (var text : List.of("age > 1", "age < 1", "age != 1", "age in [1]", "age between 0 and 9")) {
            assertThat(Expression.parse(text).holds(CASE::get)).as(text).isFalse();
            assertThat(Expression.parse("not " + text).holds(CASE::get))
                    .as(text)
                    .isTrue();
        }
    }

    @Test
    void valuesOfAnotherTypeAreNeverEqualAndNeverDifferent() {
        for (var text : List.of("mileage = 'x'", "mileage != 'x'", "productType > 3", "hasInvoice != 'true'")) {
            assertThat(Expression.parse(text).holds(CASE::get)).as(text).isFalse();
        }
    }

    @Test
    void itKnowsItsFieldsAndItsText() {
        var expression = Expression.parse("not (b = 1 and a in ['it''s'])  or b > 2");

        assertThat(expression.fields()).containsExactly("b", "a");
        assertThat(expression).hasToString("not (b = 1 and a in ['it''s'])  or b > 2");
        assertThat(expression).isEqualTo(Expression.parse(expression.toString()));
        assertThat(Expression.parse("a = 'it''s'").holds(Map.of("a", "it's")::get))
                .isTrue();
    }

    // ---- what is no expression ----

    @Test
    void whatIsWrongIsSaidWithItsColumn() {
        assertThat(wrong("")).isEqualTo("1 ends too early: a comparison such as `mileage > 3000` is missing");
        assertThat(wrong("a = 1 und b = 2")).startsWith("7 `und` is not expected here: did you mean `and`?");
        assertThat(wrong("a == 1")).isEqualTo("3 unknown operator `==`: did you mean `=`?");
        assertThat(wrong("a = car")).isEqualTo("5 `car` is no value: write a text in quotes, 'car'");
        assertThat(wrong("a = 'car")).isEqualTo("5 this quote is not closed: add '");
        assertThat(wrong("a = ")).startsWith("5 a value is missing");
        assertThat(wrong("(a = 1")).isEqualTo("7 `)` is missing");
        assertThat(wrong("a = 1)")).startsWith("6 `)` is not expected here");
        assertThat(wrong("a in ('x')")).isEqualTo("6 `[` is missing before `(`");
        assertThat(wrong("a in ['x', ]")).startsWith("12 a value is missing");
        assertThat(wrong("a between 1 or 2")).startsWith("13 `and` is missing");
        assertThat(wrong("and = 1")).startsWith("1 a comparison must begin with the name of a field, not with `and`");
        assertThat(wrong("a")).startsWith("2 `a` must be followed by =, !=");
        assertThat(wrong("a = 1 and 'x' = a")).startsWith("11 a comparison must begin with the name of a field");
        assertThat(wrong("a = 1e9")).startsWith("5 `1e9` is no value");
        assertThat(wrong("a = T(java.lang.Runtime)")).startsWith("5 `T` is no value");
    }

    @Test
    void depthAndLengthAreLimited() {
        assertThat(Expression.parse("(".repeat(20) + "a = 1" + ")".repeat(20)).fields())
                .containsExactly("a");
        assertThat(wrong("(".repeat(21) + "a = 1" + ")".repeat(21)))
                .isEqualTo("21 is nested deeper than 20 levels: simplify it");
        assertThat(wrong("not ".repeat(400) + "a = 1")).startsWith("81 is nested deeper than 20 levels");
        var longest = "a = 1" + " or a = 1".repeat(221) + "     ";
        assertThat(Expression.parse(longest + " ").holds(Map.of("a", BigDecimal.ONE)::get))
                .isTrue();
        assertThat(wrong(longest + " ".repeat(2_000))).isEqualTo("1 is longer than 2000 bytes: shorten it");
        assertThat(wrong("a = '" + "汉".repeat(700) + "'")).isEqualTo("1 is longer than 2000 bytes: shorten it");
    }

    // ---- what a pack's expressions may speak of ----

    @Test
    void aPacksExpressionsAreCheckedAgainstItsFormAndTheCase() {
        assertThat(SmallPack.read(PARTS + "probe: {when: \"mileage > 1 and severity >= 'URGENT'\"}", PROBE)
                        .part(Probe.class)
                        .when())
                .hasToString("mileage > 1 and severity >= 'URGENT'");

        assertThat(problem("milage > 1")).isEqualTo("17:16 unknown field `milage`: did you mean `mileage`?");
        assertThat(problem("not  milage > 1")).isEqualTo("17:21 unknown field `milage`: did you mean `mileage`?");
        assertThat(problem("mileage > 'far'")).isEqualTo("17:26 must be a number, not 'far' for `mileage`");
        assertThat(problem("model > 'a'")).isEqualTo("17:16 `model` knows no more and less: use =, != or in");
        assertThat(problem("model = 3")).isEqualTo("17:24 must be a text in quotes ('…'), not 3 for `model`");
        assertThat(problem("boughtOn > '2026-02-30'"))
                .isEqualTo("17:27 must be a date such as '2026-01-31', not '2026-02-30' for `boughtOn`");
        assertThat(problem("productType = 'carr'"))
                .isEqualTo("17:30 unknown word `carr` for `productType`: did you mean `car`?");
        assertThat(problem("productType in ['car', 'bus']"))
                .isEqualTo("17:39 unknown word `bus` for `productType`: use one of car, van");
        assertThat(problem("category = 'batery'"))
                .isEqualTo("17:27 unknown word `batery` for `category`: did you mean `battery`?");
        assertThat(problem("kind = 'PRAISES'"))
                .isEqualTo("17:23 unknown word `PRAISES` for `kind`: did you mean `PRAISE`?");
        assertThat(problem("severity > 'MAYOR'"))
                .isEqualTo("17:27 unknown word `MAYOR` for `severity`: did you mean `MAJOR`?");
        assertThat(problem("channel = 'HOTLNE'"))
                .isEqualTo("17:26 unknown word `HOTLNE` for `channel`: did you mean `HOTLINE`?");
        assertThat(problem("customersAffected > true"))
                .isEqualTo("17:36 must be a number, not true for `customersAffected`");
        assertThat(problem("mileage >")).startsWith("17:25 a value is missing");
    }

    @Test
    void theColumnIsRightInsideSingleQuotesToo() {
        var thrown = catchThrowableOfType(
                PackInvalid.class,
                () -> SmallPack.read(PARTS + "probe: {when: 'productType = ''car'' and milage > 1'}", PROBE));

        assertThat(thrown.problems())
                .extracting(problem -> problem.position().column())
                .containsExactly(16 + "productType = ''car'' and ".length());
    }

    private static String problem(String expression) {
        var thrown = catchThrowableOfType(
                PackInvalid.class, () -> SmallPack.read(PARTS + "probe: {when: \"" + expression + "\"}", PROBE));
        assertThat(thrown).as(expression).isNotNull();
        assertThat(thrown.problems()).as(expression).hasSize(1);
        return thrown.problems().getFirst().toString().replace("packs/shop/all.yaml:", "");
    }

    private static String wrong(String text) {
        var thrown = catchThrowableOfType(Expression.Invalid.class, () -> Expression.parse(text));
        assertThat(thrown).as(text).isNotNull();
        return thrown.column() + " " + thrown.phrase();
    }
}
