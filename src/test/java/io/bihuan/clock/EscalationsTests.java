package io.bihuan.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bihuan.calendar.Hours;
import io.bihuan.clock.EscalationPlan.Action;
import io.bihuan.clock.EscalationPlan.Level;
import io.bihuan.clock.EscalationPlan.Notify;
import io.bihuan.clock.EscalationPlan.OpenTask;
import io.bihuan.clock.EscalationPlan.RaiseSeverity;
import io.bihuan.clock.EscalationPlan.Reassign;
import io.bihuan.clock.EscalationPlan.When;
import io.bihuan.clock.Escalations.Acknowledged;
import io.bihuan.clock.Escalations.Facts;
import io.bihuan.clock.Escalations.Step;
import io.bihuan.pack.Label;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.PackProblem;
import io.bihuan.pack.Severity;
import io.bihuan.pack.ShippedPacks;
import io.bihuan.pack.SmallPack;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which levels act when, and which plans are refused. */
class EscalationsTests {
    private static final Action LEAD = new Notify(List.of(Recipient.LEAD));
    private static final Action HEAD = new Notify(List.of(Recipient.DEPARTMENT_HEAD));
    private static final Facts PLAIN =
            new Facts(Severity.GENERAL, Grade.INTERNAL, LocalTime.of(10, 0), Set.of(), 0, Acknowledged.NO);

    private static EscalationPlan plan(Level... levels) {
        return new EscalationPlan("plan", new Label("计划", "Plan"), List.of(levels));
    }

    private static Level level(int number, String at, When when, Action... actions) {
        return new Level(number, WarnPoint.parse(at), when, List.of(actions));
    }

    private static Facts at(LocalTime time) {
        return new Facts(PLAIN.severity(), PLAIN.grade(), time, Set.of(), 0, Acknowledged.NO);
    }

    private static Facts reached(int level, Acknowledged acknowledged) {
        return new Facts(PLAIN.severity(), PLAIN.grade(), PLAIN.time(), Set.of(), level, acknowledged);
    }

    private static List<Integer> levels(EscalationPlan plan, String point, Facts facts) {
        return Escalations.decide(plan, WarnPoint.parse(point), facts).stream()
                .map(Step::level)
                .toList();
    }

    private final EscalationPlan climbing = plan(
            level(1, "75%", When.ALWAYS, LEAD),
            level(2, "90%", When.ALWAYS, HEAD),
            level(3, "100%", When.ALWAYS, HEAD),
            level(4, "+2h", When.ALWAYS, HEAD));

    @Test
    void aLevelActsAtItsWarnPointOnly() {
        assertThat(Escalations.decide(climbing, WarnPoint.parse("75%"), PLAIN))
                .containsExactly(new Step(1, List.of(LEAD)));
        assertThat(levels(climbing, "+2h", PLAIN)).containsExactly(4);
        assertThat(levels(climbing, "50%", PLAIN)).isEmpty();
    }

    @Test
    void nothingActsTwiceAndNothingClimbsDown() {
        assertThat(levels(climbing, "90%", reached(2, Acknowledged.NO))).isEmpty();
        assertThat(levels(climbing, "75%", reached(2, Acknowledged.NO))).isEmpty();
        assertThat(levels(climbing, "100%", reached(2, Acknowledged.NO))).containsExactly(3);
    }

    @Test
    void whatWasAcknowledgedInTimeClimbsAgainWhenTheDeadlineIsCrossed() {
        assertThat(levels(climbing, "90%", reached(1, Acknowledged.BEFORE_DUE))).isEmpty();
        assertThat(levels(climbing, "100%", reached(1, Acknowledged.BEFORE_DUE)))
                .containsExactly(3);
        assertThat(levels(climbing, "+2h", reached(1, Acknowledged.BEFORE_DUE))).containsExactly(4);
    }

    @Test
    void whatWasAcknowledgedAfterTheDeadlineClimbsNoMore() {
        assertThat(levels(climbing, "+2h", reached(3, Acknowledged.AFTER_DUE))).isEmpty();
    }

    @Test
    void severityAndGradeDecideWhetherALevelActs() {
        var plan = plan(
                level(1, "100%", new When(Set.of(Severity.MAJOR), Set.of(), List.of(), null, null), LEAD),
                level(2, "100%", new When(Set.of(), Set.of(Grade.LEGAL, Grade.CONTRACT), List.of(), null, null), HEAD));
        assertThat(levels(plan, "100%", PLAIN)).isEmpty();
        assertThat(levels(
                        plan,
                        "100%",
                        new Facts(Severity.MAJOR, Grade.LEGAL, PLAIN.time(), Set.of(), 0, Acknowledged.NO)))
                .containsExactly(1, 2);
    }

    @Test
    void theHourOfTheDayDecidesFromTheFirstMinuteUpToTheLast() {
        var plan = plan(
                level(1, "100%", new When(Set.of(), Set.of(), List.of(Hours.parse("08:00-22:00")), null, null), LEAD));
        assertThat(levels(plan, "100%", at(LocalTime.of(7, 59, 59)))).isEmpty();
        assertThat(levels(plan, "100%", at(LocalTime.of(8, 0)))).containsExactly(1);
        assertThat(levels(plan, "100%", at(LocalTime.of(21, 59, 59)))).containsExactly(1);
        assertThat(levels(plan, "100%", at(LocalTime.of(22, 0)))).isEmpty();
    }

    @Test
    void workingTimeOfACalendarDecides() {
        var plan = plan(
                level(1, "100%", new When(Set.of(), Set.of(), List.of(), "office", null), LEAD),
                level(2, "100%", new When(Set.of(), Set.of(), List.of(), null, "office"), HEAD));
        assertThat(plan.calendars()).containsExactly("office");
        assertThat(levels(plan, "100%", PLAIN)).containsExactly(2);
        assertThat(levels(
                        plan,
                        "100%",
                        new Facts(PLAIN.severity(), PLAIN.grade(), PLAIN.time(), Set.of("office"), 0, Acknowledged.NO)))
                .containsExactly(1);
    }

    @Test
    void oneWarnPointGivesOneOwnerAndOneHigherSeverityAtMost() {
        var plan = plan(
                level(1, "100%", When.ALWAYS, new Reassign(Recipient.LEAD), new RaiseSeverity(), new RaiseSeverity()),
                level(2, "100%", When.ALWAYS, new Reassign(Recipient.DUTY), new RaiseSeverity(), LEAD));
        assertThat(Escalations.decide(plan, WarnPoint.parse("100%"), PLAIN))
                .containsExactly(
                        new Step(1, List.of(new Reassign(Recipient.LEAD), new RaiseSeverity())),
                        new Step(2, List.of(LEAD)));
        var major = new Facts(Severity.MAJOR, Grade.LEGAL, PLAIN.time(), Set.of(), 0, Acknowledged.NO);
        assertThat(Escalations.decide(plan, WarnPoint.parse("100%"), major))
                .flatExtracting(Step::actions)
                .as("nothing is graver than major")
                .doesNotContain(new RaiseSeverity());
    }

    // ---- what a pack may say ----

    private static final String GOOD = """
            escalations:
              - name: late
                label: {zh: 超时, en: Late}
                levels:
                  - at: 75%
                    when: {severities: [MAJOR], grades: [LEGAL], hours: ["08:00-22:00"], outsideWorkOf: always}
                    do:
                      - notify: [OWNER, LEAD]
                      - reassign: LEAD
                  - at: +1d
                    do:
                      - raiseSeverity: true
                      - openTask: {for: DECISION_LEVEL, text: {zh: 查明, en: Find out}, dueIn: 24h}
            """;

    private static EscalationPlans read(String part) {
        return SmallPack.load(part, new EscalationPlansPart()).part(EscalationPlans.class, EscalationPlans.NONE);
    }

    private static List<String> problems(String wrong, String instead) {
        assertThat(GOOD).contains(wrong);
        var refused = catchThrowableOfType(PackInvalid.class, () -> read(GOOD.replace(wrong, instead)));
        assertThat(refused).as(instead).isNotNull();
        return refused.problems().stream().map(PackProblem::toString).toList();
    }

    @Test
    void aPlanIsReadWhole() {
        assertThat(read(GOOD).find("late"))
                .contains(new EscalationPlan(
                        "late",
                        new Label("超时", "Late"),
                        List.of(
                                level(
                                        1,
                                        "75%",
                                        new When(
                                                Set.of(Severity.MAJOR),
                                                Set.of(Grade.LEGAL),
                                                List.of(Hours.parse("08:00-22:00")),
                                                null,
                                                "always"),
                                        new Notify(List.of(Recipient.OWNER, Recipient.LEAD)),
                                        new Reassign(Recipient.LEAD)),
                                level(
                                        2,
                                        "+1d",
                                        When.ALWAYS,
                                        new RaiseSeverity(),
                                        new OpenTask(
                                                Recipient.DECISION_LEVEL,
                                                new Label("查明", "Find out"),
                                                Duration.ofDays(1))))));
        assertThat(read("").all()).as("a pack need not have plans").isEmpty();
    }

    @Test
    void aBadPlanIsRefusedWithItsPlace() {
        assertThat(problems("at: 75%", "at: -5%"))
                .singleElement()
                .asString()
                .startsWith("packs/shop/extra.yaml:5:13 `-5%` is no warn point");
        assertThat(problems("at: +1d", "at: 50%"))
                .containsExactly("packs/shop/extra.yaml:10:13 comes before 75% of the level above it:"
                        + " levels climb, put it in order");
        assertThat(problems("[OWNER, LEAD]", "[OWNER, BOSS]"))
                .singleElement()
                .asString()
                .startsWith("packs/shop/extra.yaml:8:29 unknown word `BOSS`");
        assertThat(problems("[OWNER, LEAD]", "[OWNER, OWNER]"))
                .containsExactly("packs/shop/extra.yaml:8:29 is written twice: keep one");
        assertThat(problems("[OWNER, LEAD]", "[]"))
                .containsExactly("packs/shop/extra.yaml:8:21 names nobody: write at least one, such as [LEAD]");
        assertThat(problems("reassign: LEAD", "reassign: CARE_GROUP"))
                .containsExactly("packs/shop/extra.yaml:9:23 cannot be CARE_GROUP:"
                        + " write one of LEAD, DUTY, DEPARTMENT_HEAD");
        assertThat(problems("raiseSeverity: true", "raiseSeverity: false"))
                .containsExactly("packs/shop/extra.yaml:12:28 is not true: leave it out");
        assertThat(problems("dueIn: 24h", "dueIn: 0h"))
                .singleElement()
                .asString()
                .contains("must be from 1m to 366d");
        assertThat(problems("\"08:00-22:00\"", "\"22:00-08:00\""))
                .singleElement()
                .asString()
                .startsWith("packs/shop/extra.yaml:6:")
                .contains("ends before it begins");
        assertThat(problems("outsideWorkOf: always", "outsideWorkOf: office"))
                .singleElement()
                .asString()
                .startsWith("packs/shop/extra.yaml:6:")
                .contains("office");
        assertThat(problems("- reassign: LEAD", "- {reassign: LEAD, raiseSeverity: true}"))
                .singleElement()
                .asString()
                .contains("must be exactly one of");
        assertThat(problems("- reassign: LEAD", "- email: LEAD"))
                .anySatisfy(problem -> assertThat(problem).contains("must be exactly one of"));
    }

    @Test
    void theShippedPlansAreNamedByClocksThatWarnAtEachOfTheirLevels() {
        var pack = ShippedPacks.load(
                        Map.of("appliance", "appliance"), new ClockPoliciesPart(), new EscalationPlansPart())
                .of("appliance");
        var plans = pack.part(EscalationPlans.class, EscalationPlans.NONE);
        assertThat(plans.all()).isNotEmpty();
        for (ClockPolicy clock : pack.part(ClockPolicies.class).clocks()) {
            String named = clock.escalation();
            assertThat(named).as(clock.name()).isNotNull();
            assertThat(clock.warnAt())
                    .as(clock.name())
                    .containsAll(plans.find(String.valueOf(named)).orElseThrow().levels().stream()
                            .map(Level::at)
                            .toList());
        }
    }
}
