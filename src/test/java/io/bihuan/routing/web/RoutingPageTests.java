package io.bihuan.routing.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Factors;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.identity.Absences;
import io.bihuan.identity.Profiles;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** The pages of assessment and routing: why somebody is proposed, who must keep out, the queue, hand-overs. */
@BihuanTest
class RoutingPageTests {
    private static final Pattern RAW = Pattern.compile("[A-Z]{4,}_[A-Z]|routing\\.[a-z]+\\.|complaint\\.[a-z]+\\.");

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Absences absences;

    @Autowired
    Profiles profiles;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private SignedIn agent;
    private SignedIn handler;

    @BeforeEach
    void people() {
        agent = person(staff, "周敏", null, Role.AGENT);
        handler = person(staff, "陈志远", "technical-support", Role.HANDLER);
    }

    private String html(SignedIn who, String path) throws Exception {
        return http.perform(get(path).with(as(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private Complaint registered() {
        return complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
    }

    private Complaint assessed(@Nullable UUID to) {
        Complaint complaint = registered();
        complaints.perform(complaint.number(), null, new Command.ConfirmOwnership(agent.id()), agent.actor());
        return complaints.perform(
                complaint.number(),
                null,
                new Command.Assess(
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.URGENT,
                        Priority.MEDIUM,
                        "technical-support",
                        to,
                        "第三次报修",
                        new Factors(3, 1, 3, 2, 2)),
                agent.actor());
    }

    private static String path(Complaint complaint) {
        return "/desk/complaints/" + complaint.number().digits() + "/routing";
    }

    @Test
    void theAssessmentFormIsFilledFromTheRulesAndSaysWhy() throws Exception {
        Complaint complaint = registered();
        complaints.perform(complaint.number(), null, new Command.ConfirmOwnership(agent.id()), agent.actor());

        String page = html(agent, "/desk/complaints/" + complaint.number().digits());

        assertThat(page).contains("五项评估", "安全影响", "name=\"factorSafety\"", "建议 1：没有其他规则适用");

        http.perform(post("/desk/complaints/" + complaint.number().digits() + "/assessment")
                        .with(as(agent))
                        .with(csrf())
                        .param("version", Integer.toString(current(complaint).version()))
                        .param("kind", "COMPLAINT")
                        .param("category", "repeated-repair")
                        .param("severity", "URGENT")
                        .param("priority", "MEDIUM")
                        .param("department", "technical-support")
                        .param("factorSeverity", "3")
                        .param("factorSafety", "1")
                        .param("factorComplexity", "3")
                        .param("factorImpact", "1")
                        .param("factorImmediacy", "2"))
                .andExpect(status().isSeeOther());
        assertThat(current(complaint).factors()).isEqualTo(new Factors(3, 1, 3, 1, 2));
    }

    private Complaint current(Complaint complaint) {
        return complaints.find(complaint.number()).orElseThrow();
    }

    @Test
    void theTableShowsThePointsOfEachAndTheButtonAssigns() throws Exception {
        Complaint complaint = assessed(null);

        String page = html(agent, path(complaint));

        assertThat(page).contains("陈志远", "总分", "技能", " / 35", "3 损失较大或多次发生", "第三次报修", "登记时判定");
        assertThat(RAW.matcher(page.replaceAll("<[^>]*>", " ")).find()).isFalse();

        http.perform(post(path(complaint) + "/handlers")
                        .with(as(agent))
                        .with(csrf())
                        .param("version", Integer.toString(complaint.version()))
                        .param("handler", handler.id().toString()))
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", path(complaint)));
        assertThat(current(complaint).handler()).isEqualTo(handler.id());
        assertThat(html(agent, path(complaint))).contains("当前责任人");
    }

    @Test
    void whoIsComplainedAboutIsWrittenDownShownAndLeftOut() throws Exception {
        Complaint complaint = assessed(null);
        http.perform(post(path(complaint) + "/recusals")
                        .with(as(agent))
                        .with(csrf())
                        .param("version", Integer.toString(complaint.version()))
                        .param("about", "PERSON")
                        .param("person", handler.id().toString())
                        .param("reason", ""))
                .andExpect(status().isUnprocessableContent());
        http.perform(post(path(complaint) + "/recusals")
                        .with(as(agent))
                        .with(csrf())
                        .param("version", Integer.toString(complaint.version()))
                        .param("about", "PERSON")
                        .param("person", handler.id().toString())
                        .param("reason", "客户指名投诉"))
                .andExpect(status().isSeeOther());

        assertThat(html(agent, path(complaint))).contains("被投诉人，须回避");
        assertThat(html(agent, "/desk/complaints/" + complaint.number().digits()))
                .contains("须回避", "被投诉人员：陈志远", "客户指名投诉");
        http.perform(post(path(complaint) + "/handlers")
                        .with(as(agent))
                        .with(csrf())
                        .param("version", Integer.toString(current(complaint).version()))
                        .param("handler", handler.id().toString()))
                .andExpect(status().isUnprocessableContent());
    }

    @Test
    void theQueueHasAButtonThatTakes() throws Exception {
        Complaint complaint = registered();
        String number = complaint.number().digits();
        String cursor = "/desk/unconfirmed";
        String page = html(agent, cursor);
        assertThat(page).contains("待认领", "认领");

        http.perform(post("/desk/complaints/" + number + "/ownership")
                        .with(as(agent))
                        .with(csrf())
                        .param("version", Integer.toString(complaint.version())))
                .andExpect(status().isSeeOther());
        assertThat(current(complaint).owner()).isEqualTo(agent.id());
        assertThat(html(agent, "/desk/unconfirmed")).doesNotContain("/desk/complaints/" + number + "/ownership");
    }

    @Test
    void anAbsenceIsPreparedCaseByCase() throws Exception {
        Complaint complaint = assessed(handler.id());
        SignedIn successor = person(staff, "孙一鸣", "technical-support", Role.HANDLER);
        Instant from = time.instant().plus(Duration.ofDays(3));
        UUID absence = absences.add(handler.id(), from, from.plus(Duration.ofDays(5)), Absences.Reason.LEAVE)
                .id();

        assertThat(html(handler, "/desk/hand-overs")).contains("陈志远", "处理 1 件");
        assertThat(html(handler, "/desk/hand-overs/" + absence))
                .contains(complaint.number().readable(), "孙一鸣");
        http.perform(get("/desk/hand-overs/" + absence).with(as(person(staff, "外人", null, Role.AGENT))))
                .andExpect(status().isNotFound());

        http.perform(post("/desk/hand-overs/" + absence + "/complaints/"
                                + complaint.number().digits())
                        .with(as(handler))
                        .with(csrf())
                        .param("handler", successor.id().toString())
                        .param("note", "配件周五到"))
                .andExpect(status().isSeeOther());
        assertThat(current(complaint).handler()).isEqualTo(successor.id());
        assertThat(html(handler, "/desk/hand-overs/" + absence)).contains("全部已交接");
    }

    @Test
    void anAdministratorWritesDownWhatSomebodyCanDo() throws Exception {
        SignedIn admin = person(staff, "管理员", null, Role.ADMINISTRATOR);
        String path = "/desk/staff/" + handler.id() + "/profile";
        assertThat(html(admin, path)).contains("技能与资质：陈志远", "维修质量", "空调", "燃气燃烧器具安装维修证");
        http.perform(get(path).with(as(agent))).andExpect(status().isForbidden());

        http.perform(post(path)
                        .with(as(admin))
                        .with(csrf())
                        .param("skills", "repair-quality", "air-conditioner", "no-such-skill")
                        .param("regions", "浦东新区\n徐汇区")
                        .param("languages", "zh", "en")
                        .param("outlet", "SH-0317")
                        .param("mostOpen", "12")
                        .param("expires[gas-work]", "2027-06-30"))
                .andExpect(status().isSeeOther());

        var profile = profiles.of(handler.id());
        assertThat(profile.skills()).containsExactlyInAnyOrder("repair-quality", "air-conditioner");
        assertThat(profile.regions()).containsExactlyInAnyOrder("浦东新区", "徐汇区");
        assertThat(profile.mostOpen()).isEqualTo(12);
        assertThat(profile.certificates()).containsEntry("gas-work", java.time.LocalDate.of(2027, 6, 30));
        assertThat(html(admin, path)).contains("2027-06-30", "SH-0317");

        http.perform(post(path).with(as(admin)).with(csrf()).param("expires[gas-work]", "明年"))
                .andExpect(status().isUnprocessableContent());
    }
}
