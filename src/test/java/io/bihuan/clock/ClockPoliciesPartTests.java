package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bihuan.pack.Label;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import io.bihuan.pack.Source;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClockPoliciesPartTests {
    private static final String CLOCKS = """
            clocks:
              - name: respond
                label: {zh: 首次响应, en: First response}
                startOn: REGISTERED
                stopOn: [RESPONDED, WITHDRAWN]
                unit: MINUTE
                calendar: always
                amount: {GENERAL: 30, URGENT: 15, MAJOR: 5}
                grade: INTERNAL
                warnAt: [75, 100%, -2h, +1d]
                source: 服务承诺
              - name: solve
                label: {zh: 解决, en: Solution}
                startOn: REGISTERED
                stopOn: [SOLVED]
                restartOn: [NEW_FACTS]
                unit: CALENDAR_DAY
                calendar: always
                startDay: COUNTED
                rollForward: true
                inclusive: false
                endsAt: CLOSE
                cutOff: "17:00"
                amount: {GENERAL: 15, URGENT: 15, MAJOR: 15}
                grade: LEGAL
                warnAt: [100, 50]
                pausable: [MEDIATION, {reason: APPRAISAL, mustTell: true}]
                extend:
                  - {by: 15, approver: manager, mustTell: true}
                  - {by: 30, approver: director, times: 2}
                doneWhen: DELIVERED
                breach: {zh: 监管处罚, en: Fined by the regulator}
                escalation: legal
                source: {law: {zh: 某条例, en: Some regulation}, article: 第十条, from: 2022-01-01, confirmed: false}
            """;

    // ---- what is read ----

    @Test
    void aSoundListIsReadInItsOrder() {
        ClockPolicies policies = load(CLOCKS);

        assertThat(policies.clocks()).extracting(ClockPolicy::name).containsExactly("respond", "solve");
        assertThat(policies.find("elsewhere")).isEmpty();
    }

    @Test
    void whatIsNotSaidIsTheLawsRule() {
        assertThat(load(CLOCKS).find("respond"))
                .contains(new ClockPolicy(
                        "respond",
                        new Label("首次响应", "First response"),
                        "REGISTERED",
                        Set.of("RESPONDED", "WITHDRAWN"),
                        Set.of(),
                        Counting.of(Unit.MINUTE),
                        "always",
                        Map.of(Severity.GENERAL, 30, Severity.URGENT, 15, Severity.MAJOR, 5),
                        Grade.INTERNAL,
                        List.of(
                                WarnPoint.percent(75),
                                WarnPoint.parse("-2h"),
                                WarnPoint.percent(100),
                                WarnPoint.parse("+1d")),
                        List.of(),
                        List.of(),
                        Dispatch.SENT,
                        null,
                        null,
                        Source.text("服务承诺")));
    }

    @Test
    void everythingThatMayBeSaidIsRead() {
        ClockPolicy solve = load(CLOCKS).find("solve").orElseThrow();

        assertThat(solve.counting())
                .isEqualTo(new Counting(Unit.CALENDAR_DAY, true, true, false, DayEnd.CLOSE, LocalTime.of(17, 0)));
        assertThat(solve.restartOn()).containsExactly("NEW_FACTS");
        assertThat(solve.warnAt()).as("rising").containsExactly(WarnPoint.percent(50), WarnPoint.percent(100));
        assertThat(solve.pausable())
                .containsExactly(new PauseReason("MEDIATION", false), new PauseReason("APPRAISAL", true));
        assertThat(solve.extensions())
                .containsExactly(
                        new ExtensionStep(15, "manager", true, 1), new ExtensionStep(30, "director", false, 2));
        assertThat(solve.doneWhen()).isEqualTo(Dispatch.DELIVERED);
        assertThat(solve.breach()).isEqualTo(new Label("监管处罚", "Fined by the regulator"));
        assertThat(solve.escalation()).isEqualTo("legal");
        assertThat(solve.source())
                .isEqualTo(
                        new Source(new Label("某条例", "Some regulation"), "第十条", LocalDate.of(2022, 1, 1), null, false));
        assertThat(PolicyCodec.read(PolicyCodec.write(solve))).isEqualTo(solve);
    }

    @Test
    void theStepsOfALadderAreTakenInTheirOrder() {
        ClockPolicy solve = load(CLOCKS).find("solve").orElseThrow();

        assertThat(IntStream.range(0, 4)
                        .mapToObj(taken -> solve.extensionAfter(taken)
                                .map(ExtensionStep::amount)
                                .orElse(0)))
                .containsExactly(15, 30, 30, 0);
    }

    @Test
    void aClockMayPauseForWhatItsPolicyNames() {
        ClockPolicy solve = load(CLOCKS).find("solve").orElseThrow();

        assertThat(solve.mayPauseFor("MEDIATION")).isTrue();
        assertThat(solve.mayPauseFor("FORCE_MAJEURE")).isFalse();
        assertThat(solve.pauseFor("APPRAISAL")).map(PauseReason::mustTell).contains(true);
    }

    // ---- what is refused ----

    @Test
    void anUnknownCalendarIsRefusedWithItsPlace() {
        assertProblem(
                "calendar: always\n    amount: {GENERAL: 30",
                "calendar: moon\n    amount: {GENERAL: 30",
                "7:15",
                "`moon`");
    }

    @Test
    void aMissingCalendarIsRefused() {
        assertThat(problems("    calendar: always\n    amount: {GENERAL: 30", "    amount: {GENERAL: 30"))
                .singleElement()
                .asString()
                .contains("`calendar` is missing");
    }

    @Test
    void anUnknownWordIsRefusedWithTheNearestKnownOne() {
        assertProblem("unit: MINUTE", "unit: MINUTES", "6:11", "`MINUTE`");
        assertProblem("grade: INTERNAL", "grade: PRIVATE", "9:12", "`PRIVATE`");
        assertProblem("startDay: COUNTED", "startDay: COUNT", "19:15", "`COUNTED`");
        assertProblem("endsAt: CLOSE", "endsAt: CLOSED", "22:13", "`CLOSE`");
        assertProblem("doneWhen: DELIVERED", "doneWhen: READ", "31:15", "`READ`");
        assertProblem("[MEDIATION,", "[MEDITATION,", "27:16", "`MEDIATION`");
        assertProblem("reason: APPRAISAL", "reason: APPRAISE", "27:36", "`APPRAISAL`");
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertProblem("rollForward: true", "rollForward: maybe", "20:18", "true or false");
        assertProblem("inclusive: false", "inclusive: 1", "21:16", "true or false");
    }

    @Test
    void aCutOffIsATimeOfTheDay() {
        assertProblem("cutOff: \"17:00\"", "cutOff: \"25:00\"", "23:13", "`25:00` is no time of the day");
        assertProblem("cutOff: \"17:00\"", "cutOff: \"five\"", "23:13", "\"17:00\"");
    }

    @Test
    void howDaysAreCountedIsRefusedForMinutes() {
        for (String line : List.of(
                "startDay: COUNTED", "rollForward: true", "inclusive: false", "endsAt: CLOSE", "cutOff: \"17:00\"")) {
            String key = line.substring(0, line.indexOf(':'));
            String place = "7:" + (key.length() + 7);
            assertProblem(
                    "    unit: MINUTE\n",
                    "    unit: MINUTE\n    " + line + "\n",
                    place,
                    "matters to units of days only");
        }
    }

    @Test
    void aWarnPointIsAShareOrSoLongBeforeOrAfter() {
        for (String wrong : List.of("-5%", "0", "0%", "1001", "-0h", "+500d", "soon", "2h", "-2w", "7.5%")) {
            assertThat(problems("[75, 100%, -2h, +1d]", "[75, " + wrong + "]"))
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .startsWith("packs/shop/clocks.yaml:10:18 ");
        }
        assertProblem("[75, 100%, -2h, +1d]", "[75, -5%]", "10:18", "write a share such as 75%");
    }

    @Test
    void aWarnPointStandsOnlyOnceHoweverItIsWritten() {
        assertProblem("[75, 100%, -2h, +1d]", "[75, 75%]", "10:18", "twice");
        assertProblem("[75, 100%, -2h, +1d]", "[-2h, -120m]", "10:19", "twice");
    }

    @Test
    void thereAreTwentyWarnPointsAtMost() {
        List<Integer> many = IntStream.rangeClosed(1, 21).boxed().toList();

        assertProblem("[75, 100%, -2h, +1d]", many.toString(), "10:85", "one warn point too many");
    }

    @Test
    void aReasonToPauseStandsOnlyOnce() {
        assertProblem(
                "[MEDIATION, {reason: APPRAISAL, mustTell: true}]",
                "[MEDIATION, {reason: MEDIATION}]",
                "27:27",
                "twice");
    }

    @Test
    void anExtensionIsLongEnoughAndNamesWhoApproves() {
        assertProblem("{by: 15, approver: manager, mustTell: true}", "{by: 0, approver: manager}", "29:14", "not 0");
        assertProblem("{by: 30, approver: director, times: 2}", "{by: 30, times: 2}", "30:9", "`approver` is missing");
        assertProblem("times: 2", "times: 11", "30:45", "from 1 to 10");
        assertProblem("by: 30, approver", "by: 3651, approver", "30:14", "from 1 to 3650");
    }

    @Test
    void everySeverityNeedsItsAmount() {
        assertThat(problems("URGENT: 15, MAJOR: 5}", "MAJOR: 5}"))
                .singleElement()
                .asString()
                .contains("`URGENT` is missing");
        assertProblem("URGENT: 15, MAJOR: 5}", "URGENT: 0, MAJOR: 5}", "8:35", "not 0");
        assertThat(problems("URGENT: 15, MAJOR: 5}", "URGNT: 15, MAJOR: 5}"))
                .anySatisfy(problem -> assertThat(problem).contains("`URGNT`"));
    }

    @Test
    void aKeyThatNobodyReadsIsRefused() {
        assertProblem("    escalation: legal\n", "    escalate: legal\n", "33:5", "`escalate`");
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
                .replace("grade: LEGAL", "grade: NONE");

        assertThat(catchThrowableOfType(PackInvalid.class, () -> load(broken)).problems())
                .hasSize(3);
    }

    private static void assertProblem(String right, String wrong, String place, String words) {
        assertThat(problems(right, wrong))
                .as(wrong)
                .singleElement()
                .asString()
                .startsWith("packs/shop/clocks.yaml:" + place + " ")
                .contains(words);
    }

    @Test
    void whatIsPromisedByLawOrContractNamesTheLaw() {
        assertThat(problems("grade: INTERNAL", "grade: LEGAL"))
                .singleElement()
                .asString()
                .contains("must be a law {law:", "not the text `服务承诺`");
        assertThat(problems("grade: INTERNAL", "grade: CONTRACT")).hasSize(1);
        assertThat(problems(", article: 第十条", "")).singleElement().asString().contains("`article` is missing");
        assertThat(problems("from: 2022-01-01", "from: 2022-13-01"))
                .singleElement()
                .asString()
                .contains("`2022-13-01` is no day of the calendar");
        assertThat(problems("from: 2022-01-01", "from: 2022-01-01, to: 2021-12-31"))
                .singleElement()
                .asString()
                .contains("is before `from`");
    }

    @Test
    void aConditionIsReadAndStoredAsItsText() {
        ClockPolicy policy = load(CLOCKS.replace("grade: LEGAL", "grade: LEGAL\n    when: \"severity >= 'URGENT'\""))
                .find("solve")
                .orElseThrow();

        assertThat(policy.when()).hasToString("severity >= 'URGENT'");
        assertThat(PolicyCodec.read(PolicyCodec.write(policy))).isEqualTo(policy);
        assertThat(problems("grade: LEGAL", "grade: LEGAL\n    when: \"severty >= 'URGENT'\""))
                .singleElement()
                .asString()
                .contains("unknown field `severty`: did you mean `severity`?");
    }

    @Test
    void aPolicyThatWasStoredBeforeIsStillRead() {
        ClockPolicy policy = load(CLOCKS).find("respond").orElseThrow();
        String stored = PolicyCodec.write(policy);

        assertThat(stored).contains("\"source\":\"服务承诺\"");
        assertThat(PolicyCodec.read(stored.replace(",\"when\":null", ""))).isEqualTo(policy);
        assertThat(PolicyCodec.read(stored.replace(",\"owedTo\":\"CUSTOMER\"", "")))
                .isEqualTo(policy);
    }

    @Test
    void whatIsOwedToAnAuthorityIsSaid() {
        ClockPolicy policy = load(CLOCKS.replace("grade: LEGAL", "grade: LEGAL\n    owedTo: AUTHORITY"))
                .find("solve")
                .orElseThrow();

        assertThat(policy.owedTo()).isEqualTo(Owed.AUTHORITY);
        assertThat(PolicyCodec.read(PolicyCodec.write(policy))).isEqualTo(policy);
        assertThat(load(CLOCKS).find("solve").orElseThrow().owedTo()).isEqualTo(Owed.CUSTOMER);
    }

    private static final String PLANS = """
            escalations:
              - name: legal
                label: {zh: 法定, en: Legal}
                levels:
                  - at: 100%
                    do:
                      - notify: [OWNER]
            """;

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
                        "id: shop\nedition: first\nname: {zh: 商店, en: Shop}\nfiles: [clocks.yaml, plans.yaml]\n",
                        "clocks.yaml",
                        clocks,
                        "plans.yaml",
                        PLANS));
        return Packs.load(List.of(folder), List.of(new ClockPoliciesPart(), new EscalationPlansPart()), Map.of())
                .get("shop")
                .part(ClockPolicies.class);
    }
}
