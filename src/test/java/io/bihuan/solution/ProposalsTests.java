package io.bihuan.solution;

import static io.bihuan.solution.SomePeople.AUTHORITY;
import static io.bihuan.solution.SomePeople.DIRECTOR;
import static io.bihuan.solution.SomePeople.HANDLED;
import static io.bihuan.solution.SomePeople.HANDLER;
import static io.bihuan.solution.SomePeople.MANAGER;
import static io.bihuan.solution.SomePeople.NOW;
import static io.bihuan.solution.SomePeople.OTHER_MANAGER;
import static io.bihuan.solution.SomePeople.QUALITY;
import static io.bihuan.solution.SomePeople.measure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.compensation.Catalogue;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Milestone;
import io.bihuan.complaint.Outcome;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may be done with a proposal, by whom, and what follows from it. */
class ProposalsTests {
    private Proposals proposals = Proposals.NONE;
    private Instant now = NOW;
    private List<SolutionEvent> last = List.of();

    private void act(SolutionAction action, Authority.@Nullable Person who, Proposals.Case of) {
        last = proposals.decide(action, who, of);
        for (SolutionEvent event : last) {
            proposals = proposals.after(event, now);
        }
    }

    private void act(SolutionAction action, Authority.@Nullable Person who) {
        act(action, who, HANDLED);
    }

    private void refused(String key, SolutionAction action, Authority.@Nullable Person who) {
        refused(key, action, who, HANDLED);
    }

    private void refused(String key, SolutionAction action, Authority.@Nullable Person who, Proposals.Case of) {
        Proposals before = proposals;
        assertThatThrownBy(() -> act(action, who, of))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("solution.refused." + key));
        assertThat(proposals).isEqualTo(before);
    }

    private static SolutionAction.Content content(PlannedMeasure... measures) {
        return new SolutionAction.Content(Outcome.ACCEPTED, "免费返修并补偿", "修了三次", List.of(measures));
    }

    private void drafted(Authority.Person by, PlannedMeasure... measures) {
        act(new SolutionAction.Draft(new UUID(9, 1), content(measures)), by);
    }

    private Proposal first() {
        return proposals.find(1).orElseThrow();
    }

    private @Nullable String hindrance() {
        return proposals.hindrance(false).map(Refused::key).orElse(null);
    }

    private static SolutionAction answer(Answer answer, @Nullable String text) {
        return new SolutionAction.RecordAnswer(1, answer, text, Contact.PHONE);
    }

    private void sent() {
        act(new SolutionAction.Send(1, Contact.SMS), HANDLER);
    }

    private void done(int measure) {
        act(new SolutionAction.Finish(1, measure, "已上门，读数正常", List.of()), HANDLER);
    }

    @Test
    void withinTheOwnAuthorityNobodyNeedApprove() {
        drafted(HANDLER, measure(1, Measure.REWORK, null), measure(2, Measure.COUPON, 200L, Catalogue.GOODWILL));
        assertThat(first().approvers()).isZero();
        sent();
        assertThat(first().state()).isEqualTo(ProposalState.SENT);
        assertThat(last.getFirst().milestone()).isEqualTo(Milestone.PROPOSED);
    }

    @Test
    void anAmountIsNotSplitIntoSmallOnes() {
        drafted(
                HANDLER,
                measure(1, Measure.COUPON, 150L, Catalogue.GOODWILL),
                measure(2, Measure.COUPON, 150L, Catalogue.GOODWILL));
        assertThat(first().approvers()).isEqualTo(1);
        refused("unapproved", new SolutionAction.Send(1, Contact.SMS), HANDLER);
    }

    @Test
    void theMatrixCountsWhereItNamesTheMeasureAndTheRuleElsewhere() {
        assertThat(AUTHORITY.limit(Measure.COUPON, HANDLER.roles())).isEqualTo(Money.ofYuan(200));
        assertThat(AUTHORITY.limit(Measure.COUPON, QUALITY.roles())).isEqualTo(Money.ofFen(0));
        assertThat(AUTHORITY.limit(Measure.REFUND, HANDLER.roles())).isEqualTo(Money.ofYuan(300));
        assertThat(AUTHORITY.limit(Measure.REFUND, QUALITY.roles())).isEqualTo(Money.ofYuan(1_000));
    }

    @Test
    void nobodyApprovesWhatHeWroteOrSubmitted() {
        drafted(MANAGER, measure(1, Measure.REFUND, 6_000L));
        act(new SolutionAction.AskApproval(1), HANDLER);
        refused("own", new SolutionAction.Approve(1, 1, null), MANAGER);
        refused("own", new SolutionAction.Approve(1, 1, null), HANDLER);
        refused("own", new SolutionAction.SendBack(1, "再看看"), MANAGER);
    }

    @Test
    void whoChangedItIsAnAuthorForEver() {
        drafted(HANDLER, measure(1, Measure.REFUND, 500L));
        act(new SolutionAction.Rewrite(1, 1, content(measure(1, Measure.REFUND, 600L))), MANAGER);
        act(new SolutionAction.Rewrite(1, 2, content(measure(1, Measure.REFUND, 700L))), HANDLER);
        act(new SolutionAction.AskApproval(1), HANDLER);
        refused("own", new SolutionAction.Approve(1, 3, null), MANAGER);
        act(new SolutionAction.Approve(1, 3, null), OTHER_MANAGER);
        assertThat(first().state()).isEqualTo(ProposalState.APPROVED);
    }

    @Test
    void aboveTheLimitTwoDifferentPeopleApprove() {
        drafted(HANDLER, measure(1, Measure.REFUND, 5_001L));
        assertThat(first().approvers()).isEqualTo(2);
        act(new SolutionAction.AskApproval(1), HANDLER);
        act(new SolutionAction.Approve(1, 1, "同意"), MANAGER);
        assertThat(last.getFirst().milestone()).isNull();
        refused("twice", new SolutionAction.Approve(1, 1, null), MANAGER);
        refused("unsendable", new SolutionAction.Send(1, Contact.SMS), HANDLER);
        act(new SolutionAction.Approve(1, 1, null), OTHER_MANAGER);
        assertThat(last.getFirst().milestone()).isEqualTo(Milestone.APPROVAL_DECIDED);
        sent();
    }

    @Test
    void whoseAuthorityDoesNotReachThatFarDoesNotApprove() {
        drafted(HANDLER, measure(1, Measure.REFUND, 1_500L));
        act(new SolutionAction.AskApproval(1), HANDLER);
        refused("authority", new SolutionAction.Approve(1, 1, null), QUALITY);
        act(new SolutionAction.Approve(1, 1, null), DIRECTOR);
        assertThat(first().state()).isEqualTo(ProposalState.APPROVED);
    }

    @Test
    void whatWasChangedAfterTheApprovalIsApprovedAgain() {
        drafted(HANDLER, measure(1, Measure.REFUND, 500L));
        act(new SolutionAction.AskApproval(1), HANDLER);
        refused("fixed", new SolutionAction.Rewrite(1, 1, content(measure(1, Measure.REFUND, 1L))), HANDLER);
        act(new SolutionAction.Approve(1, 1, null), MANAGER);
        act(new SolutionAction.Rewrite(1, 1, content(measure(1, Measure.REFUND, 900L))), HANDLER);
        assertThat(first().approvedBy()).isEmpty();
        refused("unapproved", new SolutionAction.Send(1, Contact.SMS), HANDLER);
    }

    @Test
    void anApproverDecidesOnWhatHeRead() {
        drafted(HANDLER, measure(1, Measure.REFUND, 500L));
        act(new SolutionAction.AskApproval(1), HANDLER);
        refused("rewritten", new SolutionAction.Approve(1, 0, null), MANAGER);
    }

    @Test
    void theTextOfSomebodyElseIsNotOverwritten() {
        drafted(HANDLER, measure(1, Measure.REWORK, null));
        act(new SolutionAction.Rewrite(1, 1, content(measure(1, Measure.REPAIR, null))), MANAGER);
        refused("rewritten", new SolutionAction.Rewrite(1, 1, content(measure(1, Measure.PART, null))), HANDLER);
    }

    @Test
    void sentBackItIsWrittenAgainBeforeItIsAskedAgain() {
        drafted(HANDLER, measure(1, Measure.REFUND, 500L));
        act(new SolutionAction.AskApproval(1), HANDLER);
        refused("reason", new SolutionAction.SendBack(1, " "), MANAGER);
        act(new SolutionAction.SendBack(1, "金额没有依据"), MANAGER);
        assertThat(last.getFirst().milestone()).isEqualTo(Milestone.APPROVAL_DECIDED);
        refused("asked", new SolutionAction.AskApproval(1), HANDLER);
        act(new SolutionAction.Rewrite(1, 1, content(measure(1, Measure.REFUND, 400L))), HANDLER);
        act(new SolutionAction.AskApproval(1), HANDLER);
        act(new SolutionAction.Approve(1, 2, null), MANAGER);
    }

    @Test
    void theTimesOfWaitingForApprovalAddUp() {
        drafted(HANDLER, measure(1, Measure.REFUND, 500L));
        act(new SolutionAction.AskApproval(1), HANDLER);
        now = now.plus(Duration.ofMinutes(50));
        act(new SolutionAction.SendBack(1, "缺凭证"), MANAGER);
        now = now.plus(Duration.ofHours(3));
        act(new SolutionAction.Rewrite(1, 1, content(measure(1, Measure.REFUND, 400L))), HANDLER);
        act(new SolutionAction.AskApproval(1), HANDLER);
        now = now.plus(Duration.ofMinutes(7));
        assertThat(proposals.approvalWaiting(now)).isEqualTo(Duration.ofMinutes(57));
        act(new SolutionAction.Approve(1, 2, null), MANAGER);
        assertThat(proposals.approvalWaiting(now.plus(Duration.ofDays(3)))).isEqualTo(Duration.ofMinutes(57));
    }

    @Test
    void nothingIsPaidWithoutADecisionAboutTheResponsibilityButGoodwill() {
        var undecided = new Proposals.Case(AUTHORITY, true, true, false);
        drafted(HANDLER, measure(1, Measure.REFUND, 100L));
        refused("responsibility", new SolutionAction.Send(1, Contact.SMS), HANDLER, undecided);
        refused("responsibility", new SolutionAction.AskApproval(1), HANDLER, undecided);
        act(new SolutionAction.Rewrite(1, 1, content(measure(1, Measure.REFUND, 100L, Catalogue.GOODWILL))), HANDLER);
        act(new SolutionAction.Send(1, Contact.SMS), HANDLER, undecided);
    }

    @Test
    void aRejectionHasAReasonAndLeadsToTheNextProposalOrHigher() {
        drafted(HANDLER, measure(1, Measure.REWORK, null));
        sent();
        refused("rejection", answer(Answer.REJECTED, ""), HANDLER);
        refused(
                "unfinished",
                new SolutionAction.Draft(new UUID(9, 2), content(measure(1, Measure.PART, null))),
                HANDLER);
        act(answer(Answer.REJECTED, "要求换新机"), HANDLER);
        assertThat(last.getFirst().milestone()).isEqualTo(Milestone.PROPOSAL_ANSWERED);
        assertThat(hindrance()).isNull();
        refused("toOneself", new SolutionAction.EscalateRejection(1, MANAGER.id(), "金额超权限"), MANAGER);
        act(new SolutionAction.EscalateRejection(1, MANAGER.id(), "客户坚持换机"), HANDLER);
        assertThat(first().higher()).isEqualTo(MANAGER.id());
        act(new SolutionAction.Draft(new UUID(9, 2), content(measure(1, Measure.EXCHANGE, 3_000L))), MANAGER);
        assertThat(proposals.find(2).orElseThrow().approvers()).isZero();
    }

    @Test
    void anAnswerSentTwiceIsOneAnswerAndAnotherOneIsRefused() {
        drafted(HANDLER, measure(1, Measure.REWORK, null));
        sent();
        act(new SolutionAction.RecordAnswer(1, Answer.ACCEPTED, null, Contact.ONLINE), null);
        act(new SolutionAction.RecordAnswer(1, Answer.ACCEPTED, null, Contact.ONLINE), null);
        assertThat(last).isEmpty();
        refused("notOpen", new SolutionAction.RecordAnswer(1, Answer.REJECTED, "不行", Contact.ONLINE), null);
    }

    @Test
    void whatAColleagueWritesDownIsNotTakenForTheCustomersOwnWords() {
        drafted(HANDLER, measure(1, Measure.REWORK, null));
        sent();
        refused("heard", new SolutionAction.RecordAnswer(1, Answer.ACCEPTED, "客户很凶", Contact.ONLINE), HANDLER);
    }

    @Test
    void theCustomerAsksAndIsAnswered() {
        drafted(HANDLER, measure(1, Measure.REWORK, null));
        refused("notOpen", new SolutionAction.Ask(1, "几号来？"), null);
        sent();
        act(new SolutionAction.Ask(1, "几号来？"), null);
        assertThat(first().hasOpenQuestion()).isTrue();
        act(new SolutionAction.Reply(1, 1, "周三上午"), HANDLER);
        refused("replied", new SolutionAction.Reply(1, 1, "周四"), HANDLER);
        assertThat(first().hasOpenQuestion()).isFalse();
    }

    @Test
    void nothingIsSolvedWhileItWaitsOrAMeasureIsOpen() {
        assertThat(hindrance()).isNull();
        drafted(HANDLER, measure(1, Measure.REFUND, 500L), measure(2, Measure.TRAINING, null));
        assertThat(hindrance()).isEqualTo("solution.refused.open.draft");
        assertThat(proposals.hindrance(true)).isEmpty();
        act(new SolutionAction.AskApproval(1), HANDLER);
        assertThat(hindrance()).isEqualTo("solution.refused.open.approval");
        assertThat(proposals.hindrance(true)).isPresent();
        act(new SolutionAction.Approve(1, 1, null), MANAGER);
        assertThat(hindrance()).isEqualTo("solution.refused.open.measures");
        sent();
        assertThat(hindrance()).isEqualTo("solution.refused.open.answer");
        act(answer(Answer.ACCEPTED, null), HANDLER);
        assertThat(hindrance()).isEqualTo("solution.refused.open.measures");
        done(1);
        assertThat(hindrance()).isEqualTo("solution.refused.open.measures");
        done(2);
        assertThat(hindrance()).isNull();
    }

    @Test
    void moneyIsNotPaidBeforeTheCustomerAccepts() {
        drafted(HANDLER, measure(1, Measure.REFUND, 100L), measure(2, Measure.APOLOGY, null));
        refused("notBinding", new SolutionAction.Finish(1, 2, "已致歉", List.of()), HANDLER);
        sent();
        done(2);
        refused("unanswered", new SolutionAction.Finish(1, 1, "已退款", List.of()), HANDLER);
        act(answer(Answer.ACCEPTED, null), HANDLER);
        refused("proof", new SolutionAction.Finish(1, 1, " ", List.of()), HANDLER);
        done(1);
        refused("settled", new SolutionAction.Finish(1, 1, "又退一次", List.of()), HANDLER);
    }

    @Test
    void aMeasureIsWaivedWithAReasonBySomebodyWhoMay() {
        drafted(HANDLER, measure(1, Measure.REWORK, null));
        sent();
        act(answer(Answer.ACCEPTED, null), HANDLER);
        refused("waiver", new SolutionAction.Waive(1, 1, "客户自己修好了"), HANDLER);
        refused("reason", new SolutionAction.Waive(1, 1, ""), MANAGER);
        act(new SolutionAction.Move(1, 1, "technical-support", MANAGER.id(), NOW.plusSeconds(60), "换人上门"), HANDLER);
        refused("ownMeasure", new SolutionAction.Waive(1, 1, "不想做"), MANAGER);
        act(new SolutionAction.Waive(1, 1, "客户自己修好了"), OTHER_MANAGER);
        assertThat(hindrance()).isNull();
    }

    @Test
    void aWithdrawnOneEndsWhatItWaitedFor() {
        drafted(HANDLER, measure(1, Measure.REFUND, 500L));
        act(new SolutionAction.AskApproval(1), HANDLER);
        act(new SolutionAction.Withdraw(1, "客户撤诉"), HANDLER);
        assertThat(last.getFirst().milestone()).isEqualTo(Milestone.APPROVAL_DECIDED);
        refused("notAsked", new SolutionAction.Approve(1, 1, null), MANAGER);
        assertThat(hindrance()).isNull();
        assertThat(proposals.approvalWaiting(now.plus(Duration.ofDays(1)))).isZero();
    }

    @Test
    void whatIsGivenHasAnAmountAndEveryMeasureAText() {
        refused(
                "amount",
                new SolutionAction.Draft(new UUID(9, 1), content(measure(1, Measure.COUPON, null, Catalogue.GOODWILL))),
                HANDLER);
        refused("noMeasure", new SolutionAction.Draft(new UUID(9, 1), content()), HANDLER);
    }

    @Test
    void aGiftSaysWhatForAndTheOwnMoneyNeedsNot() {
        refused("item", new SolutionAction.Draft(new UUID(9, 9), content(measure(1, Measure.COUPON, 50L))), HANDLER);
        refused(
                "item",
                new SolutionAction.Draft(new UUID(9, 9), content(measure(1, Measure.COMPENSATION, 50L))),
                HANDLER);
        drafted(HANDLER, measure(1, Measure.REFUND, 100L), measure(2, Measure.COUPON, 50L, Catalogue.GOODWILL));
        assertThat(proposals.all()).hasSize(1);
    }

    @Test
    void theCustomerDoesNothingThatIsTheStaffs() {
        drafted(HANDLER, measure(1, Measure.REFUND, 500L));
        act(new SolutionAction.AskApproval(1), HANDLER);
        for (SolutionAction action : List.of(
                new SolutionAction.Approve(1, 1, null),
                new SolutionAction.SendBack(1, "不"),
                new SolutionAction.Withdraw(1, "不"),
                new SolutionAction.Draft(new UUID(9, 3), content(measure(1, Measure.PART, null))))) {
            assertThatThrownBy(() -> act(action, null)).isInstanceOf(Refused.class);
        }
        assertThat(first().authors()).isEqualTo(Set.of(HANDLER.id()));
    }
}
