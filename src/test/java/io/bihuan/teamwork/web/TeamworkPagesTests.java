package io.bihuan.teamwork.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.platform.Actor;
import io.bihuan.teamwork.DepartmentTasks;
import io.bihuan.teamwork.SharedThread;
import io.bihuan.teamwork.Task;
import io.bihuan.teamwork.Teams;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** What is asked on the pages of tasks, team, discussion and thread is carried out, or comes back with what was typed. */
@BihuanTest
class TeamworkPagesTests {
    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    DepartmentTasks tasks;

    @Autowired
    Teams teams;

    @Autowired
    SharedThread thread;

    @Autowired
    TrackingLinks links;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private SignedIn agent;
    private SignedIn technician;
    private SignedIn storekeeper;
    private SignedIn auditor;
    private Complaint complaint;
    private String path;

    @BeforeEach
    void someComplaint() {
        agent = person(staff, "周敏", "customer-service", Role.AGENT);
        technician = person(staff, "陈工", "technical-support", Role.HANDLER);
        storekeeper = person(staff, "孙仓管", "parts", Role.HANDLER);
        auditor = person(staff, "吴审计", null, Role.AUDITOR);
        complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        path = "/desk/complaints/" + complaint.number().digits();
    }

    private MockHttpServletResponse open(SignedIn who, String address) throws Exception {
        return http.perform(get(address).with(as(who))).andReturn().getResponse();
    }

    private String page(SignedIn who, String address) throws Exception {
        MockHttpServletResponse response = open(who, address);
        assertThat(response.getStatus()).isEqualTo(200);
        return response.getContentAsString();
    }

    private MockHttpServletResponse send(SignedIn who, String address, String... fields) throws Exception {
        var request = post(address).with(as(who)).with(csrf());
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return http.perform(request).andReturn().getResponse();
    }

    private void done(SignedIn who, String address, String... fields) throws Exception {
        MockHttpServletResponse response = send(who, address, fields);
        assertThat(response.getStatus()).as(response.getContentAsString()).isEqualTo(303);
    }

    private Task given() throws Exception {
        done(
                agent,
                path + "/tasks",
                "title",
                "上门检测",
                "what",
                "测压力并拍照",
                "to",
                "d:technical-support",
                "dueAt",
                "2099-01-01T10:00",
                "items",
                "拍照\n测压力\n");
        return tasks.of(complaint.id()).getFirst();
    }

    @Test
    void aTaskIsGivenAcceptedAndDoneOnItsPage() throws Exception {
        Task task = given();
        assertThat(task.items()).extracting(Task.Item::text).containsExactly("拍照", "测压力");
        assertThat(page(technician, "/desk/tasks?whose=DEPARTMENT"))
                .contains("上门检测", complaint.number().readable());
        done(technician, path + "/tasks/" + task.id() + "/acceptance");
        assertThat(page(technician, "/desk/tasks")).contains("上门检测", "清单 0/2", "周敏");
        assertThat(page(agent, "/desk/tasks?whose=GIVEN")).contains("上门检测", "陈工");

        MockHttpServletResponse refused = send(technician, path + "/tasks/" + task.id() + "/result", "text", "已经修好了");
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).as("nobody's text is lost").contains("清单还有 2 项未完成", "已经修好了");
        done(technician, path + "/tasks/" + task.id() + "/items/0", "ticked", "true");
        done(technician, path + "/tasks/" + task.id() + "/items/1", "ticked", "true");
        done(technician, path + "/tasks/" + task.id() + "/result", "text", "已经修好了");
        assertThat(page(agent, path + "/tasks")).contains("已结束（1）", "已经修好了");
        assertThat(page(agent, path)).contains("部门任务完成", "已经修好了");
        assertThat(page(technician, "/desk/tasks"))
                .doesNotContain(complaint.number().readable());
    }

    @Test
    void whatSomebodyElseDidMeanwhileIsSaidAndTheTextStays() throws Exception {
        Task task = given();
        done(technician, path + "/tasks/" + task.id() + "/acceptance");
        done(agent, path + "/tasks/" + task.id() + "/hand-overs", "to", "p:" + storekeeper.id(), "text", "先备件");
        MockHttpServletResponse late = send(technician, path + "/tasks/" + task.id() + "/returns", "text", "我写了很长的说明");
        assertThat(late.getStatus()).isEqualTo(404);

        done(agent, path + "/tasks/" + task.id() + "/withdrawal", "text", "不用了");
        MockHttpServletResponse ended =
                send(agent, path + "/tasks/" + task.id() + "/hand-overs", "to", "d:parts", "text", "我写了很长的说明");
        assertThat(ended.getStatus()).isEqualTo(422);
        assertThat(ended.getContentAsString()).contains("任务已结束", "我写了很长的说明");
    }

    @Test
    void whoMayOnlyReadSeesNoForms() throws Exception {
        given();
        assertThat(page(auditor, path + "/tasks")).contains("上门检测").doesNotContain("id=\"give\"", "acceptance");
        assertThat(send(auditor, path + "/tasks", "title", "x").getStatus()).isEqualTo(403);
        assertThat(open(storekeeper, path + "/tasks").getStatus())
                .as("of another department")
                .isEqualTo(404);
        assertThat(open(technician, path + "/tasks").getStatus())
                .as("has a task")
                .isEqualTo(200);
    }

    @Test
    void theCustomerIsAskedFromTheTasksPage() throws Exception {
        done(agent, path + "/questions", "what", "请提供购机发票", "to", "p:" + agent.id(), "dueAt", "2099-01-01T10:00");
        assertThat(complaints.find(complaint.number()).orElseThrow().isWaiting())
                .isTrue();
        assertThat(page(agent, path + "/tasks")).contains("请提供购机发票", "等待客户答复");
        MockHttpServletResponse again =
                send(agent, path + "/questions", "what", "再问一次", "to", "p:" + agent.id(), "dueAt", "2099-01-01T10:00");
        assertThat(again.getStatus()).isEqualTo(422);
        assertThat(again.getContentAsString()).as("nobody's text is lost").contains("再问一次");
    }

    @Test
    void aTeamIsCalledBegunAndPlans() throws Exception {
        assertThat(page(agent, path + "/team")).contains("不需要跨部门小组");
        assertThat(send(agent, path + "/team", "to", "p:" + technician.id()).getStatus())
                .as("why is missing")
                .isEqualTo(422);
        done(agent, path + "/team", "to", "p:" + technician.id(), "text", "涉及配件");
        assertThat(page(technician, path + "/team")).contains("已召集，待启动", "人工判断", "陈工");
        done(technician, path + "/team/members", "to", "p:" + storekeeper.id());
        done(technician, path + "/team/start", "text", "");
        done(
                storekeeper,
                path + "/team/steps",
                "text",
                "拆检",
                "to",
                "p:" + storekeeper.id(),
                "dueAt",
                "2099-01-01T10:00");
        done(technician, path + "/team/plan", "text", "先检后赔");
        done(technician, path + "/team/decisions", "text", "同意换新机");
        assertThat(page(agent, path + "/team")).contains("方案已形成", "先检后赔", "拆检", "同意换新机");
        assertThat(page(agent, path)).contains("跨部门小组", "方案已形成");
        assertThat(page(storekeeper, "/desk/tasks")).contains("拆检", "小组里程碑");
        var step = teams.of(complaint.id()).orElseThrow().steps().getFirst();
        done(storekeeper, path + "/team/steps/" + step.id() + "/completion");
        done(technician, path + "/team/lead", "to", "p:" + storekeeper.id());
        done(storekeeper, path + "/team/departures", "to", "p:" + technician.id(), "text", "出差");
        done(storekeeper, path + "/team/end", "text", "已办结");
        assertThat(page(agent, path + "/team")).contains("已解散");
    }

    @Test
    void aNoteIsUnreadUntilItWasSeen() throws Exception {
        done(agent, path + "/discussion", "text", "请 @" + technician.login() + " 看一下");
        String first = page(auditor, path + "/discussion");
        assertThat(first).contains(">新</span>", "看一下", "@陈工");
        assertThat(page(auditor, path + "/discussion")).contains("看一下").doesNotContain(">新</span>");
        done(auditor, path + "/discussion/following", "follow", "true");
        assertThat(page(auditor, path + "/discussion")).contains("您已关注");
        done(auditor, path + "/discussion/following", "follow", "false");
        assertThat(send(agent, path + "/discussion", "text", " ").getStatus()).isEqualTo(422);
    }

    @Test
    void theCustomerIsInvitedIntoAThreadOfItsOwn() throws Exception {
        assertThat(page(agent, path + "/discussion")).contains("邀请客户在线沟通").doesNotContain("svg>在线沟通</a>");
        done(agent, path + "/thread", "text", "您好，我是周敏");
        thread.say(complaint.number(), "什么时候修好", List.of(), Actor.CUSTOMER);
        assertThat(page(agent, path)).contains(">1 条未读<");
        done(agent, path + "/thread/lines", "text", "明天上午");
        assertThat(page(agent, path + "/thread")).contains("您好，我是周敏", "什么时候修好", "明天上午", "此处内容客户可以看到");
        assertThat(page(agent, path)).doesNotContain(">1 条未读<");
        done(agent, path + "/thread/end", "text", "已说清");
        assertThat(send(agent, path + "/thread/lines", "text", "还有一句").getStatus())
                .isEqualTo(422);
    }

    @Test
    void whatColleaguesAttachInTheThreadTheCustomerCanOpen() throws Exception {
        done(agent, path + "/thread", "text", "您好，我是周敏");
        var prices = new MockMultipartFile("files", "价目表.txt", "text/plain", bytes("上门费 30 元 " + complaint.id()));
        MockHttpServletResponse sent = http.perform(multipart(path + "/thread/lines")
                        .file(prices)
                        .param("text", "附上价目表")
                        .with(as(agent))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(sent.getStatus()).isEqualTo(303);

        assertThat(page(agent, path + "/thread")).contains("附上价目表", "价目表.txt");
        String tracking = links.path(complaint.number());
        String shown = http.perform(get(tracking)).andReturn().getResponse().getContentAsString();
        assertThat(shown).contains("附上价目表", "价目表.txt");
        String hash = thread.of(complaint.id())
                .orElseThrow()
                .lines()
                .getLast()
                .files()
                .getFirst()
                .sha256();
        assertThat(http.perform(get(tracking + "/files/" + hash))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        // In the thread of nobody else.
        Complaint other = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        assertThat(http.perform(get(links.path(other.number()) + "/files/" + hash))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void aFileThatIsNotTakenCostsNobodyHisText() throws Exception {
        done(agent, path + "/thread", "text", "您好，我是周敏");
        var program = new MockMultipartFile("files", "a.exe", "text/plain", bytes("MZ not a picture"));
        MockHttpServletResponse refused = http.perform(multipart(path + "/thread/lines")
                        .file(program)
                        .param("text", "说明见附件")
                        .with(as(agent))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("说明见附件", "a.exe");
        assertThat(thread.of(complaint.id()).orElseThrow().lines()).hasSize(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
