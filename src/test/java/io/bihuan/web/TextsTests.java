package io.bihuan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.platform.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTests {
    private static final Instant NOW = Instant.parse("2026-11-22T01:30:00Z");
    private final Bundles bundles = new Bundles(() -> () -> NOW, ZoneId.of("Asia/Shanghai"), true);
    private final Texts zh = bundles.in(Locale.SIMPLIFIED_CHINESE);
    private final Texts en = bundles.in(Locale.ENGLISH);

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() {
        assertThat(bundles.keys(Locale.SIMPLIFIED_CHINESE)).isEqualTo(bundles.keys(Locale.ENGLISH));
        for (String key : bundles.keys(Locale.ENGLISH)) {
            assertThat(arguments(zh.of(key))).as(key).isEqualTo(arguments(en.of(key)));
        }
    }

    @Test
    void aMissingTextIsAnErrorInTestsAndItsKeyInProduction() {
        assertThatThrownBy(() -> zh.of("web.nothing.here")).hasMessageContaining("web.nothing.here");
        var lenient = new Bundles(() -> () -> NOW, ZoneId.of("Asia/Shanghai"), false).in(Locale.ENGLISH);
        assertThat(lenient.of("web.nothing.here")).isEqualTo("web.nothing.here");
    }

    @Test
    void timesAreWrittenInTheZoneOfTheCompany() {
        assertThat(zh.dateTime(NOW)).isEqualTo("2026-11-22 09:30");
        assertThat(zh.date(NOW)).isEqualTo("2026-11-22");
        assertThat(zh.date(LocalDate.of(2026, 1, 2))).isEqualTo("2026-01-02");
        assertThat(zh.time(NOW)).isEqualTo("09:30");
        assertThat(zh.dateTime(null)).isEmpty();
    }

    @Test
    void aDeadlineSaysHowMuchIsLeftOrOver() {
        assertThat(zh.due(NOW.plusSeconds(12 * 60))).isEqualTo("12 分钟后到期");
        assertThat(zh.due(NOW.minusSeconds(3 * 3600 + 59))).isEqualTo("已超时 3 小时");
        assertThat(zh.due(NOW.plusSeconds(59))).isEqualTo("即将到期");
        assertThat(en.due(NOW.plusSeconds(12 * 60))).isEqualTo("due in 12 min");
        assertThat(en.due(NOW.minusSeconds(3 * 3600))).isEqualTo("3 h overdue");
        assertThat(en.due(NOW.plusSeconds(49 * 3600))).isEqualTo("due in 2 d");
    }

    @Test
    void thePastIsToldRelativelyForAWeek() {
        assertThat(zh.ago(NOW.minusSeconds(20))).isEqualTo("刚刚");
        assertThat(zh.ago(NOW.minusSeconds(300))).isEqualTo("5 分钟前");
        assertThat(zh.ago(NOW.minusSeconds(8 * 86400))).isEqualTo("2026-11-14 09:30");
    }

    @Test
    void argumentsStandAsTheyAreWithoutGroupingAndWithoutBeingReadAgain() {
        assertThat(zh.of("web.field.long", 100000)).isEqualTo("最多 100000 个字");
        assertThat(zh.of("web.account", "{0} $1 \\")).isEqualTo("{0} $1 \\的账户菜单");
    }

    @Test
    void aRefusalAndAnEnumConstantHaveTexts() {
        assertThat(en.of(new Refused("web.field.long", 5))).isEqualTo("At most 5 characters");
        assertThat(Texts.key(Notice.Tone.SUCCESS)).isEqualTo("web.tone.SUCCESS");
    }

    @Test
    void everyTextThatATemplateAsksForExists() throws Exception {
        var asked = Pattern.compile("\\.of\\(\"([a-z]+\\.[A-Za-z0-9.]+)\"");
        var missing = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/jte"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                asked.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .filter(key -> !key.endsWith(".") && !zh.has(key))
                        .forEach(key -> missing.add(file + ": " + key));
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String arguments(String text) {
        return Arrays.toString(Pattern.compile("\\{\\d")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .sorted()
                .distinct()
                .toArray());
    }
}
