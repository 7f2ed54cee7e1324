package io.bihuan.investigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.pack.Label;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Applies;
import io.bihuan.standard.NoticePlan;
import io.bihuan.standard.Playbook;
import io.bihuan.web.Phrase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of an investigation, without a database: what was done adds up, and nothing is claimed without its grounds. */
class InvestigationTests {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final UUID PERSON = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private static final String PHOTO = "a".repeat(64);
    private static final String INVOICE = "b".repeat(64);
    private static final Playbook PLAYBOOK = playbook(false);
    private static final List<PlaybookLine> LINES = PlaybookLine.of(PLAYBOOK);
    private static final String ASK = "repair/ask/1";
    private static final String CHECK = "repair/check/1";
    private static final String COLLECT = "repair/collect/1";

    private final List<HistoryEvent> history = new ArrayList<>();
    private final Set<String> files = new HashSet<>(Set.of(PHOTO));

    private static Playbook playbook(boolean isRequired) {
        return new Playbook(
                "repair",
                new Label("维修核实", "Repair"),
                new Applies(null),
                isRequired,
                List.of(new Label("修了几次？", "How often?")),
                List.of(new Label("核对收费标准", "Compare the price list")),
                List.of(new Label("维修工单", "Work order")),
                NoticePlan.USUAL);
    }

    private Investigation now() {
        return Investigation.of(history);
    }

    private List<InvestigationEvent> act(Deed deed) {
        return act(deed, false);
    }

    private List<InvestigationEvent> act(Deed deed, boolean isArchived) {
        var scene = new Investigation.Scene(isArchived, "repair", LINES, files, NOW);
        List<InvestigationEvent> events = now().decide(deed, scene);
        events.forEach(event -> history.add(
                new HistoryEvent(Ids.next(), history.size() + 1, NOW, Actor.staff(PERSON), event, List.of())));
        return events;
    }

    private void refuses(Deed deed, String key) {
        int before = history.size();
        assertThatThrownBy(() -> act(deed))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("investigation.refused." + key));
        assertThat(history).hasSize(before);
    }

    private static Deed.About about(@Nullable String line) {
        return new Deed.About(EvidenceKind.REPAIR_RECORD, "维修站", NOW.minusSeconds(60), line);
    }

    private List<String> gaps(Severity severity) {
        return Thoroughness.gaps(severity, LINES, now().settled()).stream()
                .map(Phrase::key)
                .toList();
    }

    @Test
    void effortIsProportionalToSeriousness() {
        assertThat(gaps(Severity.GENERAL)).isEmpty();
        assertThat(gaps(Severity.URGENT)).containsExactly("investigation.gap.COLLECT");
        assertThat(gaps(Severity.MAJOR))
                .containsExactly(
                        "investigation.gap.ASK",
                        "investigation.gap.CHECK",
                        "investigation.gap.COLLECT",
                        "investigation.gap.statement.CUSTOMER",
                        "investigation.gap.statement.OTHER_SIDE");

        act(new Deed.Answer(ASK, null, "三次"));
        act(new Deed.Answer(CHECK, CheckResult.NOT_IN_ORDER, "多收80元"));
        act(new Deed.ClassifyEvidence(PHOTO, about(COLLECT)));
        act(new Deed.TakeStatement(Side.CUSTOMER, "张三丰", "每次都收费", NOW.minusSeconds(9)));
        act(new Deed.ExcuseStatement(Side.OTHER_SIDE, "师傅已离职，联系不上"));
        assertThat(gaps(Severity.MAJOR)).isEmpty();
    }

    @Test
    void anInvestigationOrAPackThatWantsOneMakesItBinding() {
        var begun = new Standing.Row(NOW, Thoroughness.Settled.NOTHING, 0, null, Set.of(), null);
        assertThat(VerificationGuard.isBinding(PLAYBOOK, Standing.Row.NONE)).isFalse();
        assertThat(VerificationGuard.isBinding(null, Standing.Row.NONE)).isFalse();
        assertThat(VerificationGuard.isBinding(PLAYBOOK, begun)).isTrue();
        assertThat(VerificationGuard.isBinding(null, begun)).isTrue();
        assertThat(VerificationGuard.isBinding(playbook(true), Standing.Row.NONE))
                .isTrue();
    }

    @Test
    void theRefusalNamesFiveAndSaysThatThereAreMore() {
        List<Phrase> gaps = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            gaps.add(Phrase.of("investigation.gap.ASK", new Label("问" + i, "question " + i)));
        }
        assertThat(Thoroughness.sentence(gaps.subList(0, 2)).toString())
                .isEqualTo("not asked: “question 1”; not asked: “question 2”");
        assertThat(Thoroughness.sentence(gaps).toString())
                .contains("question 5")
                .doesNotContain("question 6")
                .endsWith("and more");
    }

    @Test
    void evidenceIsThereOrMissingWithAReason() {
        refuses(new Deed.ExcuseEvidence(COLLECT, " "), "reason");
        act(new Deed.ExcuseEvidence(COLLECT, "维修站已关闭"));
        assertThat(now().excused()).containsKey(COLLECT);

        act(new Deed.ClassifyEvidence(PHOTO, about(COLLECT)));
        assertThat(now().excused()).as("what is there needs no excuse").isEmpty();
        assertThat(now().evidenceOf(COLLECT)).containsExactly(PHOTO);
        refuses(new Deed.ExcuseEvidence(COLLECT, "找不到"), "there");
        refuses(new Deed.ExcuseEvidence(ASK, "不问"), "line");

        act(new Deed.ClassifyEvidence(PHOTO, about(null)));
        assertThat(gaps(Severity.URGENT)).as("it is something else after all").isNotEmpty();
    }

    @Test
    void onlyFilesOfTheComplaintAreItsEvidence() {
        refuses(new Deed.ClassifyEvidence(INVOICE, about(null)), "evidence");
        refuses(new Deed.HandOverEvidence(INVOICE, "市场监管局", "调查"), "evidence");
        refuses(new Deed.AddEvidence(List.of(), about(null)), "file");
        refuses(new Deed.ClassifyEvidence(PHOTO, new Deed.About(EvidenceKind.PHOTO, "", null, null)), "source");
        refuses(
                new Deed.ClassifyEvidence(PHOTO, new Deed.About(EvidenceKind.PHOTO, "客户", NOW.plusSeconds(60), null)),
                "future");
        refuses(new Deed.ClassifyEvidence(PHOTO, about("other/collect/1")), "line");

        act(new Deed.AddEvidence(
                List.of(new Attachment(INVOICE, Personal.of("发票.pdf"), "application/pdf", 10)), about(COLLECT)));
        assertThat(now().evidence()).containsKey(INVOICE);
        act(new Deed.HandOverEvidence(PHOTO, "质检中心 王工", "检测"));
        assertThat(now().handOvers())
                .singleElement()
                .satisfies(each -> assertThat(each.sha256()).isEqualTo(PHOTO));
    }

    @Test
    void aFactHasItsProofAndAnOpinionNeedsNone() {
        refuses(new Deed.RecordFinding(FindingKind.FACT, "多收了费用", List.of(), List.of()), "fact");
        refuses(new Deed.RecordFinding(FindingKind.FACT, "多收了费用", List.of(INVOICE), List.of()), "evidence");
        refuses(new Deed.RecordFinding(FindingKind.FACT, "多收了费用", List.of(), List.of(Ids.next())), "statement");
        refuses(new Deed.RecordFinding(FindingKind.FACT, "", List.of(PHOTO), List.of()), "text");
        act(new Deed.RecordFinding(FindingKind.OPINION, "师傅可能不熟悉新价目表", List.of(), List.of()));
        act(new Deed.TakeStatement(Side.OTHER_SIDE, "李师傅", "按旧价目表收的", NOW));
        UUID statement = now().statements().getFirst().id();
        act(new Deed.RecordFinding(FindingKind.FACT, "按旧价目表收费", List.of(PHOTO), List.of(statement)));

        Investigation.Found fact = now().findings().getLast();
        act(new Deed.WithdrawFinding(fact.id(), "照片是另一单的"));
        assertThat(now().findings().getLast().withdrawn()).isNotNull();
        refuses(new Deed.WithdrawFinding(fact.id(), "再撤一次"), "withdrawn");
    }

    @Test
    void aDecisionOnResponsibilityHasGroundsAndIsRevisedWithAReason() {
        refuses(new Deed.DecideResponsibility(Responsibility.OURS, null, " ", null), "grounds");
        refuses(new Deed.DecideResponsibility(Responsibility.SHARED, null, "双方都有", null), "share");
        refuses(new Deed.DecideResponsibility(Responsibility.SHARED, 100, "双方都有", null), "share");
        act(new Deed.DecideResponsibility(Responsibility.SHARED, 60, "双方都有", "不用的原因"));
        refuses(new Deed.DecideResponsibility(Responsibility.OURS, null, "工单显示", null), "revision");
        act(new Deed.DecideResponsibility(Responsibility.OURS, 60, "工单显示", "收到新证据"));

        assertThat(now().decisions())
                .extracting(Investigation.Decision::kind)
                .containsExactly(Responsibility.SHARED, Responsibility.OURS);
        assertThat(now().decisions().getFirst().reason()).isNull();
        assertThat(now().responsibility().orElseThrow().share()).isNull();
    }

    @Test
    void theFirstStepBeginsTheInvestigation() {
        Instant due = NOW.plus(Duration.ofDays(1));
        refuses(new Deed.PlanStep("调取录音", PERSON, NOW), "past");
        assertThat(act(new Deed.PlanStep("调取录音", PERSON, due))).hasSize(2);
        assertThat(now().isOpened()).isTrue();
        refuses(new Deed.Open(), "opened");
        assertThat(act(new Deed.PlanStep("上门复核", PERSON, due))).hasSize(1);

        UUID first = now().steps().getFirst().id();
        UUID second = now().steps().getLast().id();
        refuses(new Deed.MoveStep(first, PERSON, due, ""), "reason");
        act(new Deed.MoveStep(first, PERSON, due.plusSeconds(60), "客户改期"));
        act(new Deed.CompleteStep(first, "已取得"));
        act(new Deed.DropStep(second, "不需要了"));
        refuses(new Deed.CompleteStep(second, null), "step");
        refuses(new Deed.MoveStep(first, PERSON, due, "再改"), "step");
        assertThat(now().steps()).noneMatch(Investigation.Step::isOpen);
        assertThat(now().steps().getFirst().moves()).hasSize(1);
    }

    @Test
    void aStatementIsHeardOrItsAbsenceExplained() {
        refuses(new Deed.TakeStatement(Side.CUSTOMER, "", "说了", NOW), "who");
        refuses(new Deed.TakeStatement(Side.CUSTOMER, "张三丰", "说了", NOW.plusSeconds(1)), "future");
        act(new Deed.ExcuseStatement(Side.CUSTOMER, "三次未接"));
        act(new Deed.TakeStatement(Side.CUSTOMER, "张三丰", "接通了", NOW));
        assertThat(now().silent()).isEmpty();
        refuses(new Deed.ExcuseStatement(Side.CUSTOMER, "又说不接"), "heard");
    }

    @Test
    void aCheckNeedsItsResultAndWordsUnlessAllIsInOrder() {
        refuses(new Deed.Answer(CHECK, null, "看过了"), "result");
        refuses(new Deed.Answer(CHECK, CheckResult.UNCLEAR, ""), "text");
        refuses(new Deed.Answer(ASK, null, ""), "text");
        refuses(new Deed.Answer(COLLECT, null, "有"), "line");
        act(new Deed.Answer(CHECK, CheckResult.IN_ORDER, ""));
        act(new Deed.Answer(CHECK, CheckResult.NOT_IN_ORDER, "复核后发现多收"));
        assertThat(now().answers().get(CHECK))
                .satisfies(answer -> assertThat(answer.result()).isEqualTo(CheckResult.NOT_IN_ORDER));
    }

    @Test
    void anArchivedCaseIsNotInvestigated() {
        assertThatThrownBy(() -> act(new Deed.Open(), true))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("investigation.refused.archived"));
    }
}
