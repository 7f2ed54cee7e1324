package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.pack.Severity;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTextsTests {
    @ParameterizedTest
    @ValueSource(strings = {"zh_CN", "en"})
    void everyStepOfAnExplanationHasATextThatUsesAllItsArguments(String language) throws IOException {
        Properties texts = texts(language);

        for (Explanation explanation : explanations()) {
            for (Explanation.Step step : explanation.steps()) {
                String text = texts.getProperty(step.key());
                assertThat(text).as(step.key()).isNotBlank();
                assertThat(new MessageFormat(text).getFormatsByArgumentIndex())
                        .as(step.key())
                        .hasSize(step.arguments().size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh_CN", "en"})
    void everyWordHasAText(String language) throws IOException {
        Properties texts = texts(language);

        assertThat(texts.stringPropertyNames())
                .containsAll(Stream.of(
                                Stream.of(ClockState.values()).map(each -> "clock.state." + each),
                                Stream.of(Unit.values()).map(each -> "clock.unit." + each),
                                Stream.of(Grade.values()).map(each -> "clock.grade." + each),
                                Stream.of(Severity.values()).map(each -> "clock.severity." + each))
                        .flatMap(keys -> keys)
                        .toList());
    }

    private static List<Explanation> explanations() {
        Clock running = ClockTests.running(30, 75, 100);
        Instant start = running.startedAt();
        Clock paused = running.paused(new Pause("parts", "staff:1", start.plusSeconds(60), null));
        Clock resumed = paused.resumed(start.plusSeconds(120));
        Clock late = running.paused(new Pause("parts", "staff:1", start.plusSeconds(7200), null));
        var told = new ArrayList<Explanation>();
        for (Clock clock : List.of(
                running,
                paused,
                resumed,
                resumed.rebased(Severity.MAJOR, 5, start.plusSeconds(180)),
                late.resumed(start.plusSeconds(7300)),
                running.stopped(start.plusSeconds(60)),
                running.stopped(start.plusSeconds(7200)),
                running.cancelled(start.plusSeconds(60)))) {
            told.add(Explanations.of(clock, start.plusSeconds(90)));
            told.add(Explanations.of(clock, start.plusSeconds(9000)));
        }
        return told;
    }

    private static Properties texts(String language) throws IOException {
        var texts = new Properties();
        String file = "/messages/clock_" + language + ".properties";
        try (var stream = Objects.requireNonNull(ClockTextsTests.class.getResourceAsStream(file))) {
            texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
