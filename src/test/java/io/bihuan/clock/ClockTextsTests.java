package io.bihuan.clock;

import static io.bihuan.clock.TestClocks.LONDON;
import static io.bihuan.clock.TestClocks.PRC;
import static io.bihuan.clock.TestClocks.SHANGHAI;
import static io.bihuan.clock.TestClocks.at;
import static io.bihuan.clock.TestClocks.extended;
import static io.bihuan.clock.TestClocks.pausedAt;
import static io.bihuan.clock.TestClocks.pausedFrom;
import static io.bihuan.clock.TestClocks.rebased;
import static io.bihuan.clock.TestClocks.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.calendar.DayKind;
import io.bihuan.calendar.WorkCalendar;
import io.bihuan.clock.ClockTexts.Line;
import io.bihuan.clock.Explanation.Step;
import io.bihuan.pack.Severity;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTextsTests {
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");
    private static final Bundles BUNDLES = new Bundles(() -> () -> Instant.EPOCH, SHANGHAI, true);
    private static final Counting MINUTES = Counting.of(Unit.MINUTE);
    private static final Counting WORKING_TIME = Counting.of(Unit.BUSINESS_MINUTE);
    private static final Counting WORKING_DAYS = Counting.of(Unit.WORKING_DAY);

    private final Texts zh = BUNDLES.in(Locale.SIMPLIFIED_CHINESE);
    private final Texts en = BUNDLES.in(Locale.ENGLISH);

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void everyStepOfAnExplanationHasATextThatUsesAllItsArguments(String language) {
        Texts t = texts(language);
        for (Explanation explanation : explanations()) {
            for (Step step : explanation.steps()) {
                var used = new TreeSet<Integer>();
                var matcher = ARGUMENT.matcher(t.of(step.key()));
                while (matcher.find()) {
                    used.add(Integer.valueOf(matcher.group(1)));
                }
                assertThat(used)
                        .as("arguments of %s", step.key())
                        .isEqualTo(new TreeSet<>(
                                IntStream.range(0, step.arguments().size())
                                        .boxed()
                                        .toList()));
            }
            assertThat(ClockTexts.lines(explanation, t, actor -> "Li"))
                    .extracting(Line::text)
                    .allSatisfy(text -> assertThat(text).doesNotContain("{", "clock.", "staff:"));
        }
    }

    @Test
    void theExamplesTellEveryStepThereIs() {
        var told = new TreeSet<String>();
        explanations().forEach(explanation -> explanation.steps().forEach(step -> told.add(step.key())));
        var texts = new TreeSet<>(BUNDLES.keys(Locale.ENGLISH));
        texts.removeIf(key -> !key.startsWith("clock.explain.") || key.equals("clock.explain.title"));

        assertThat(told).containsExactlyElementsOf(texts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void everyWordHasAText(String language) {
        Texts t = texts(language);

        assertThat(Stream.of(
                                Stream.of(ClockState.values()).map(each -> "clock.state." + each),
                                Stream.of(Unit.values()).map(each -> "clock.unit." + each),
                                Stream.of(Grade.values()).map(each -> "clock.grade." + each),
                                Stream.of(PauseFor.values()).map(each -> "clock.pauseFor." + each),
                                Stream.of(ExtensionReason.values()).map(each -> "clock.extensionReason." + each),
                                Stream.of(DayKind.values()).map(each -> "calendar.dayKind." + each),
                                Stream.of(Severity.values()).map(each -> "clock.severity." + each))
                        .flatMap(keys -> keys))
                .allMatch(t::has);
    }

    @Test
    void chineseExplanationsAreChinese() {
        var latin = new HashSet<String>();
        for (Explanation explanation : explanations()) {
            for (Line line : ClockTexts.lines(explanation, zh, actor -> "李娜")) {
                var words = Pattern.compile("[A-Za-z]+(/[A-Za-z]+)?").matcher(line.text());
                while (words.find()) {
                    latin.add(words.group());
                }
            }
        }

        assertThat(latin)
                .as("the pack and the zone have no other names")
                .containsExactlyInAnyOrder("shop", "Asia/Shanghai");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-13T16:00:00Z, 2026-10-13 24:00",
        "2026-10-13T10:00:00Z, 2026-10-13 18:00",
        "2026-10-13T10:00:07Z, 2026-10-13 18:00:07",
        "2026-10-13T16:00:01Z, 2026-10-14 00:00:01"
    })
    void midnightIsTheEndOfTheDayThatEnds(Instant at, String written) {
        assertThat(ClockTexts.deadline(at, SHANGHAI)).isEqualTo(written);
    }

    @Test
    void timesAreThoseOfTheCalendar() {
        assertThat(ClockTexts.deadline(Instant.parse("2026-10-13T16:00:00Z"), LONDON))
                .isEqualTo("2026-10-13 17:00");
    }

    @Test
    void amountsAreWrittenAsPeopleSayThem() {
        assertThat(ClockTexts.amount(30, Unit.MINUTE, zh)).isEqualTo("30 分钟");
        assertThat(ClockTexts.amount(90, Unit.MINUTE, zh)).isEqualTo("1 小时 30 分钟");
        assertThat(ClockTexts.amount(10, Unit.WORKING_DAY, zh)).isEqualTo("10 个工作日");
        assertThat(ClockTexts.amount(480, Unit.BUSINESS_MINUTE, zh)).isEqualTo("8 小时（工作时间）");
        assertThat(ClockTexts.amount(1, Unit.CALENDAR_DAY, en)).isEqualTo("1 calendar day");
        assertThat(ClockTexts.amount(15, Unit.CALENDAR_DAY, en)).isEqualTo("15 calendar days");
        assertThat(ClockTexts.amount(1, Unit.MONTH, en)).isEqualTo("1 month");
        assertThat(ClockTexts.exact(Duration.ofMinutes(3_080), zh)).isEqualTo("51 小时 20 分钟");
        assertThat(ClockTexts.exact(Duration.ZERO, zh)).isEqualTo("0 秒");
    }

    /** Explanations that tell every step there is. */
    private static List<Explanation> explanations() {
        Instant start = at("2026-09-28 10:00");
        Clock minutes = started(MINUTES, PRC, 30, start);
        Clock always = started(WORKING_TIME, WorkCalendar.always(SHANGHAI), 30, start);
        Clock paused = pausedAt(minutes, start.plusSeconds(60));
        Clock office = started(WORKING_TIME, PRC, 3_000, start);
        Clock days = started(WORKING_DAYS, PRC, 9, start);
        Clock rolling = started(Counting.of(Unit.CALENDAR_DAY).rollingForward(), PRC, 5, start);
        Clock months = started(Counting.of(Unit.MONTH), PRC, 1, start);
        Clock early = started(
                new Counting(Unit.WORKING_DAY, true, false, true, DayEnd.CLOSE, LocalTime.of(9, 30)), PRC, 1, start);
        Clock graver = minutes.withSeverity(Severity.MAJOR, 5, start.plusSeconds(180));
        var told = new ArrayList<Explanation>();
        for (Clock clock : List.of(
                minutes,
                always,
                paused,
                paused.resumed(start.plusSeconds(120)),
                graver,
                extended(minutes, 30, start.plusSeconds(60)),
                pausedFrom(minutes, start.plusSeconds(7_200), start.plusSeconds(7_300)),
                minutes.stopped(start.plusSeconds(60)),
                minutes.stopped(start.plusSeconds(7_200)),
                minutes.cancelled(start.plusSeconds(60)),
                office,
                started(WORKING_TIME, PRC, 200 * 540, start),
                rebased(office, MINUTES, PRC, 9_000, start.plusSeconds(600)),
                days,
                started(WORKING_DAYS, PRC, 1, start),
                started(WORKING_DAYS, TestClocks.prc(Set.of(2025)), 9, start),
                pausedFrom(days, start.plusSeconds(600), start.plusSeconds(200_000)),
                rolling,
                months,
                early,
                rebased(extended(minutes, 30, start.plusSeconds(60)), WORKING_DAYS, PRC, 3, start.plusSeconds(90)))) {
            told.add(Explanations.of(clock, start.plusSeconds(90)));
            told.add(Explanations.of(clock, start.plusSeconds(9_000)));
        }
        return told;
    }

    private Texts texts(String language) {
        return language.equals("zh") ? zh : en;
    }
}
