package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bihuan.pack.Label;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClockPoliciesPartTests {
    private static final String CLOCKS = """
            clocks:
              - name: respond
                label: {zh: 首次响应, en: First response}
                startOn: registered
                stopOn: [responded, withdrawn]
                unit: MINUTE
                calendar: always
                amount: {GENERAL: 30, URGENT: 15, MAJOR: 5}
                grade: INTERNAL
                warnAt: [75, 100]
                pausable: [waiting-for-customer]
                source: 服务承诺
              - name: solve
                label: {zh: 解决, en: Solution}
                startOn: registered
                stopOn: [solved]
                unit: BUSINESS_MINUTE
                calendar: always
                amount: {GENERAL: 4320, URGENT: 2880, MAJOR: 1440}
                grade: CONTRACT
                warnAt: [100, 50]
            """;

    @Test
    void aSoundListIsReadInItsOrder() {
        ClockPolicies policies = load(CLOCKS);

        assertThat(policies.clocks()).extracting(ClockPolicy::name).containsExactly("respond", "solve");
        assertThat(policies.find("respond"))
                .contains(new ClockPolicy(
                        "respond",
                        new Label("首次响应", "First response"),
                        "registered",
                        Set.of("responded", "withdrawn"),
                        Unit.MINUTE,
                        "always",
                        Map.of(Severity.GENERAL, 30, Severity.URGENT, 15, Severity.MAJOR, 5),
                        Grade.INTERNAL,
                        List.of(75, 100),
                        Set.of("waiting-for-customer"),
                        "服务承诺"));
        ClockPolicy solve = policies.find("solve").orElseThrow();
        assertThat(solve.warnAt()).as("rising").containsExactly(50, 100);
        assertThat(solve.pausable()).isEmpty();
        assertThat(solve.source()).isNull();
        assertThat(solve.amountFor(Severity.URGENT)).isEqualTo(2880);
        assertThat(policies.find("elsewhere")).isEmpty();
    }

    @Test
    void eventsFindTheClocksTheyStartAndStop() {
        ClockPolicies policies = load(CLOCKS);

        assertThat(policies.startingOn("registered"))
                .extracting(ClockPolicy::name)
                .containsExactly("respond", "solve");
        assertThat(policies.startingOn("responded")).isEmpty();
        assertThat(policies.stoppingOn("responded"))
                .extracting(ClockPolicy::name)
                .containsExactly("respond");
        assertThat(policies.find("respond").orElseThrow().mayPauseFor("waiting-for-customer"))
                .isTrue();
        assertThat(policies.find("solve").orElseThrow().mayPauseFor("waiting-for-customer"))
                .isFalse();
    }

    @Test
    void anUnknownCalendarIsRefusedWithItsPlace() {
        assertThat(problems("calendar: always\n    amount: {GENERAL: 30", "calendar: moon\n    amount: {GENERAL: 30"))
                .singleElement()
                .asString()
                .startsWith("packs/shop/clocks.yaml:7:15 ")
                .contains("unknown calendar `moon`");
    }

    @Test
    void aMissingCalendarIsRefused() {
        assertThat(problems("    calendar: always\n    amount: {GENERAL: 30", "    amount: {GENERAL: 30"))
                .singleElement()
                .asString()
                .contains("`calendar` is missing");
    }

    @Test
    void anUnknownUnitIsRefusedWithTheNearestKnownOne() {
        assertThat(problems("unit: MINUTE", "unit: MINUTES"))
                .singleElement()
                .asString()
                .startsWith("packs/shop/clocks.yaml:6:11 ")
                .contains("`MINUTES`")
                .contains("`MINUTE`");
    }

    @Test
    void anUnknownGradeIsRefused() {
        assertThat(problems("grade: INTERNAL", "grade: PRIVATE"))
                .singleElement()
                .asString()
                .contains("`PRIVATE`");
    }

    @Test
    void warnPointsLieBetweenOneAndAThousand() {
        for (String wrong : List.of("-5", "0", "1001")) {
            assertThat(problems("warnAt: [75, 100]", "warnAt: [75, " + wrong + "]"))
                    .singleElement()
                    .asString()
                    .startsWith("packs/shop/clocks.yaml:10:18 ")
                    .contains("from 1 to 1000, not " + wrong);
        }
    }

    @Test
    void aWarnPointStandsOnlyOnce() {
        assertThat(problems("warnAt: [75, 100]", "warnAt: [75, 75]"))
                .singleElement()
                .asString()
                .contains("twice");
    }

    @Test
    void everySeverityNeedsItsAmount() {
        assertThat(problems("URGENT: 15, ", "")).singleElement().asString().contains("`URGENT` is missing");
        assertThat(problems("URGENT: 15", "URGENT: 0"))
                .singleElement()
                .asString()
                .contains("not 0");
        assertThat(problems("URGENT: 15", "URGNT: 15"))
                .anySatisfy(problem -> assertThat(problem).contains("`URGNT`"));
    }

    @Test
    void aNameStandsOnlyOnce() {
        assertThat(problems("name: solve", "name: respond"))
                .singleElement()
                .asString()
                .contains("respond");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        String broken = CLOCKS.replace("unit: MINUTE", "unit: DAY")
                .replace("warnAt: [100, 50]", "warnAt: [0]")
                .replace("grade: CONTRACT", "grade: NONE");

        assertThat(catchThrowableOfType(PackInvalid.class, () -> load(broken)).problems())
                .hasSize(3);
    }

    private static List<String> problems(String right, String wrong) {
        assertThat(CLOCKS).contains(right);
        var invalid = catchThrowableOfType(PackInvalid.class, () -> load(CLOCKS.replace(right, wrong)));
        assertThat(invalid).as(wrong).isNotNull();
        return invalid.problems().stream().map(Object::toString).toList();
    }

    private static ClockPolicies load(String clocks) {
        var folder = PackFolder.of(
                "shop",
                Map.of(
                        "pack.yaml",
                        "id: shop\nversion: 3\nname: {zh: 商店, en: Shop}\nfiles: [clocks.yaml]\n",
                        "clocks.yaml",
                        clocks));
        return Packs.load(List.of(folder), List.of(new ClockPoliciesPart()), Map.of())
                .get("shop")
                .part(ClockPolicies.class);
    }
}
