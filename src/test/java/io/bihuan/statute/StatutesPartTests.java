package io.bihuan.statute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.SmallPack;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a pack states the law: what it needs, and what it is told when something is wrong. */
class StatutesPartTests {
    private static final String SOUND = """
            statutes:
              - calculator: FRAUD
                source: {law: {zh: 法, en: Law}, article: 第五十五条, from: 2014-03-15, confirmed: true}
                categories: [goods]
                numbers:
                  fraudTimes: {is: 3, article: 第五十五条}
                  fraudLeast: {is: 500}
            """;

    private static Statutes read(String text) {
        return SmallPack.load(text, new StatutesPart()).part(Statutes.class);
    }

    private static List<String> problems(String from, String to) {
        assertThat(SOUND).contains(from);
        var invalid = catchThrowableOfType(PackInvalid.class, () -> read(SOUND.replace(from, to)));
        return invalid.problems().stream().map(Object::toString).toList();
    }

    @Test
    void aNumberWithoutAnArticleIsNotConfirmed() {
        var statute = read(SOUND).all().getFirst();
        assertThat(statute.numbers().whole(Figure.FRAUD_TIMES)).isEqualTo(3);
        assertThat(statute.numbers().basis(Figure.FRAUD_TIMES).confirmed()).isTrue();
        assertThat(statute.numbers().basis(Figure.FRAUD_LEAST).confirmed()).isFalse();
        assertThat(statute.numbers().has(Figure.FOOD_TIMES)).isFalse();
    }

    @Test
    void aMissingAnUnknownAndAWrongNumberAreNamedWithTheirPlace() {
        assertThat(problems("      fraudTimes: {is: 3, article: 第五十五条}\n", ""))
                .containsExactly("packs/shop/extra.yaml:6:7 `fraudTimes` is missing: add it");
        assertThat(problems("fraudLeast:", "fraudLeats:"))
                .anyMatch(problem -> problem.endsWith(":7:7 unknown key `fraudLeats`: did you mean `fraudLeast`?"));
        assertThat(problems("is: 500", "is: much"))
                .containsExactly("packs/shop/extra.yaml:7:24 must be a whole number, not the text `much`");
        assertThat(problems("FRAUD\n", "FRAUDE\n"))
                .containsExactly("packs/shop/extra.yaml:2:17 unknown word `FRAUDE`: did you mean `FRAUD`?");
    }

    @Test
    void anInputIsAQuestionOfTheFormWhoseAnswerFits() {
        assertThat(problems("    numbers:", "    inputs: {amount: sise}\n    numbers:"))
                .containsExactly("packs/shop/extra.yaml:5:22 the form has no question `sise`: did you mean `size`?");
        assertThat(problems("    numbers:", "    inputs: {amount: size}\n    numbers:"))
                .containsExactly("packs/shop/extra.yaml:5:22 the answer to `size` is a TEXT, but a NUMBER is needed"
                        + " here: name another question");
        assertThat(problems("    numbers:", "    inputs: {price: size}\n    numbers:"))
                .anyMatch(problem -> problem.contains(":5:14 unknown key `price`"));
    }

    @Test
    void lawsOfOneCalculatorDoNotHoldAtTheSameTime() {
        var old = SOUND.replace("statutes:\n", "").replace("from: 2014-03-15", "from: 1994-01-01, to: 2014-03-14");
        var statutes = read(SOUND + old);
        assertThat(statutes.of(Calculator.FRAUD, LocalDate.of(2014, 3, 14))
                        .orElseThrow()
                        .source()
                        .from())
                .isEqualTo("1994-01-01");
        assertThat(statutes.of(Calculator.FRAUD, null).orElseThrow().source().from())
                .isEqualTo("2014-03-15");
        assertThat(statutes.of(Calculator.FRAUD, LocalDate.of(1993, 12, 31))).isEmpty();
        var invalid =
                catchThrowableOfType(PackInvalid.class, () -> read(SOUND + old.replace("2014-03-14", "2014-03-15")));
        assertThat(invalid.problems()).hasSize(1);
    }
}
