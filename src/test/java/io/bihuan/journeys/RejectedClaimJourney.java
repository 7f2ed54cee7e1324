package io.bihuan.journeys;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Confirmation;
import io.bihuan.complaint.Outcome;
import io.bihuan.correspondence.Said;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.regulator.Authority;
import io.bihuan.solution.Offer;
import io.bihuan.solution.Solutions;
import io.bihuan.standard.Letter.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A claim that is rejected twice: the customer knows where else to turn, turns there, and the authority is answered in time. */
@BihuanTest
@NullUnmarked
class RejectedClaimJourney extends CaseworkStory {
    private static final String INTERNAL = "客户自行加氟，拆机照片可证";

    @Autowired
    Solutions solutions;

    private SignedIn handler;

    @Test
    void whatWeRejectTheAuthorityIsAnsweredIn() throws Exception {
        handler = person(staff, "陈工", "technical-support", Role.HANDLER);
        files("appliance", "repeated-repair", "空调又不制冷，要求全额退款。", Map.of("productType", "air-conditioner"));
        ours();
        proposalIsRejectedAndGoesHigher();
        claimIsRejected();
        authorityAsksAndIsAnswered();
    }

    private void ours() throws Exception {
        does(owner, desk + "/ownership");
        does(
                owner,
                desk + "/assessment",
                "kind",
                "COMPLAINT",
                "category",
                "repeated-repair",
                "severity",
                "GENERAL",
                "priority",
                "MEDIUM",
                "department",
                "technical-support",
                "handler",
                id(handler));
        does(handler, desk + "/verification", "finding", "UNSUBSTANTIATED", "account", INTERNAL);
        does(handler, desk + "/investigation/responsibility", "responsibility", "CUSTOMER", "text", INTERNAL);
    }

    private Offer offer() {
        return solutions.offer(complaint(), 1).orElseThrow();
    }

    private void proposalIsRejectedAndGoesHigher() throws Exception {
        String proposals = desk + "/solution/proposals";
        does(
                handler,
                proposals,
                "outcome",
                "REJECTED",
                "text",
                "机器由他人加氟造成故障，不退款，可优惠维修",
                "grounds",
                INTERNAL,
                "rows[0].kind",
                "EXPLANATION",
                "rows[0].department",
                "technical-support",
                "rows[0].dueAt",
                in(Duration.ofDays(1)),
                "rows[0].text",
                "书面说明拆检结果");
        if (page(handler, desk + "/solution").contains("approval-requests")) {
            does(handler, proposals + "/1/approval-requests");
            does(manager, proposals + "/1/approvals", "revision", "1");
        }
        does(handler, proposals + "/1/dispatches", "way", "SMS");
        String link = link(said(Purpose.PROPOSAL).text(), "/p/");
        assertThat(customer.send(
                                link + "/answer",
                                Map.of("form", customer.open(link).field("form"), "answer", "reject", "reason", " "))
                        .status())
                .isEqualTo(422);
        String rejected = answers(link, link + "/answer", "answer", "reject", "reason", "我没有找过别人加氟");
        assertThat(rejected).contains("您没有同意这个方案", "我没有找过别人加氟", "12315").doesNotContain(INTERNAL);
        assertThat(offer().state()).isEqualTo(Offer.State.REJECTED);
        assertThat(offer().routes()).isNotEmpty();

        assertThat(page(handler, desk + "/solution")).contains("我没有找过别人加氟");
        isRefused(handler, proposals + "/1/escalations", "to", id(handler), "text", "自己再看");
        isRefused(handler, proposals + "/1/escalations", "to", id(manager), "text", " ");
        does(handler, proposals + "/1/escalations", "to", id(manager), "text", INTERNAL);
        until(() -> notices.of(manager.id(), null).stream()
                .anyMatch(told -> told.notice().key().startsWith("solution.notice.")));
        assertThat(customer.open(link).html()).doesNotContain(INTERNAL);
    }

    private void claimIsRejected() throws Exception {
        String solution = desk + "/solution";
        isRefused(manager, solution, "outcome", "REJECTED", "measures", "不予退款", "routes", "");
        does(manager, solution, "outcome", "REJECTED", "measures", "不予退款", "routes", "可向区消费者协会申请调解");
        assertThat(complaint().outcome()).isEqualTo(Outcome.REJECTED);
        runs("tell");
        does(
                owner,
                desk + "/messages",
                "letter",
                letter(Purpose.REJECTION),
                "way",
                "SMS",
                "findings",
                "拆检显示由他人加氟",
                "measures",
                "不予退款，可优惠维修",
                "guarantee",
                "优惠维修后保修一年",
                "routes",
                "可向区消费者协会申请调解");
        Said told = said(Purpose.REJECTION);
        assertThat(told.text()).contains("可向区消费者协会申请调解").doesNotContain(INTERNAL);
        arrives(told);
        kept("tell");
        assertThat(tracked()).contains("您还可以通过以下途径解决", "可向区消费者协会申请调解", "12315").doesNotContain(INTERNAL);
    }

    private void authorityAsksAndIsAnswered() throws Exception {
        ComplaintNumber ours = number;
        String oursDesk = desk;
        String external = "1310000" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_999_999_999L);
        time.advance(Duration.ofDays(2));
        does(
                owner,
                "/desk/regulator-cases",
                "authority",
                "ODR_12315",
                "externalNumber",
                external,
                "sentAt",
                in(Duration.ofHours(-2)),
                "statedDueAt",
                in(Duration.ofDays(9)),
                "businessLine",
                "appliance",
                "name",
                "李秋华",
                "phone",
                phone,
                "content",
                "空调不制冷，商家拒绝退款。");
        number = complaints.find(Authority.ODR_12315.origin(), external).orElseThrow();
        desk = "/desk/complaints/" + number.digits();
        runs("regulator-negotiation");
        does(owner, desk + "/ties", "other", ours.digits(), "way", "REPEAT");
        assertThat(page(owner, desk)).contains(ours.readable());
        assertThat(page(owner, oursDesk)).contains(number.readable());

        String answer = "/desk/regulator-cases/" + number.digits() + "/answer";
        String[] fields = {
            "settledAt",
            in(Duration.ofHours(-1)),
            "course",
            "两次电话沟通，客户提供了购机发票",
            "way",
            "PHONE",
            "result",
            "双方同意按发票价七折收回"
        };
        isRefused(owner, answer, fields);
        ours();
        does(manager, desk + "/solution", "outcome", "PARTLY_ACCEPTED", "measures", "按发票价七折收回", "routes", "可向法院起诉");
        runs("regulator-negotiation");
        does(owner, answer, fields);
        kept("regulator-negotiation");
        assertThat(page(owner, "/desk/regulator-cases")).doesNotContain(external);
        assertThat(page(owner, desk)).contains("已回复监管部门");
        assertThat(history()).contains("AuthorityAnswered");

        // What the customer follows by his own link is still his own complaint.
        number = ours;
        assertThat(tracked()).contains(ours.readable()).doesNotContain(INTERNAL, external);
        assertThat(complaint().confirmation()).isNotEqualTo(Confirmation.CONFIRMED);
        assertThat(List.of(complaint().outcome())).containsExactly(Outcome.REJECTED);
    }
}
