package io.bihuan.regulator.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.Outcome;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.regulator.Authority;
import io.bihuan.regulator.RegulatorCases;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A case of an authority is one complaint under its number, its legal clock runs from there, and ends with the answer. */
@BihuanTest
class RegulatorCasesTests {
    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    RegulatorCases cases;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private SignedIn agent;
    private String external = "";

    @BeforeEach
    void agent() {
        agent = person(staff, "周敏", null, Role.AGENT);
        external = "1310000" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_999_999_999L);
    }

    private ResultActions register() throws Exception {
        return http.perform(post("/desk/regulator-cases")
                .with(as(agent))
                .with(csrf())
                .param("authority", "ODR_12315")
                .param("externalNumber", external)
                .param("sentAt", "2026-03-02T09:30")
                .param("statedDueAt", "2026-03-13T18:00")
                .param("businessLine", "appliance")
                .param("name", "李女士")
                .param("phone", "13812345678")
                .param("content", "热水器三次维修未果，要求退货。"));
    }

    private Complaint registered() {
        return complaints
                .find(complaints.find(Authority.ODR_12315.origin(), external).orElseThrow())
                .orElseThrow();
    }

    private Clock clock(Complaint complaint) {
        return complaints.dossier(complaint.number(), Integer.MAX_VALUE, 10).orElseThrow().clocks().stream()
                .filter(each -> each.name().equals("regulator-negotiation"))
                .findFirst()
                .orElseThrow();
    }

    private String page(String address) throws Exception {
        return http.perform(get(address).with(as(agent)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void itsLegalClockRunsFromTheDayItWasSent() throws Exception {
        register().andExpect(status().isSeeOther());
        Complaint complaint = registered();
        assertThat(complaint.channel()).isEqualTo(Channel.REGULATOR);
        assertThat(complaint.externalNumber()).isEqualTo(external);
        // Ten working days after the second of March 2026: the whole sixteenth is left.
        assertThat(clock(complaint).dueAt().atZone(ZoneId.of("Asia/Shanghai")).toLocalDateTime())
                .isEqualTo("2026-03-17T00:00");
        assertThat(page("/desk/regulator-cases/" + complaint.number().digits()))
                .contains("2026-03-13 18:00", "请以来文为准", "形成处理方案后");
        assertThat(page("/desk/regulator-cases")).contains(external);
    }

    @Test
    void theSameNumberTenTimesAtOnceIsOneComplaint() throws Exception {
        try (var threads = Executors.newFixedThreadPool(10)) {
            var all = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 10; i++) {
                all.add(() -> register().andReturn().getResponse().getStatus());
            }
            for (var answer : threads.invokeAll(all)) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
        String row = page("/desk/regulator-cases?open=false");
        assertThat(row.split(external, -1)).hasSize(2);
    }

    @Test
    void theAnswerInFourFieldsEndsTheClockAndIsExported() throws Exception {
        register();
        Complaint complaint = registered();
        String path = "/desk/regulator-cases/" + complaint.number().digits();
        http.perform(answer(path)).andExpect(status().is(422));

        var number = complaint.number();
        complaints.perform(number, null, new Command.ConfirmOwnership(agent.id()), agent.actor());
        complaints.perform(
                number,
                null,
                new Command.Assess(
                        complaint.kind(),
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        null,
                        null),
                agent.actor());
        complaints.perform(number, null, new Command.Verify(Finding.SUBSTANTIATED, "三次维修记录属实"), agent.actor());
        complaints.perform(number, null, new Command.Solve(Outcome.ACCEPTED, "退货退款 3,280 元", null), agent.actor());
        assertThat(page(path)).contains("三次维修记录属实", "退货退款 3,280 元");

        assertThat(clock(complaint).isOpen()).isTrue();
        http.perform(answer(path)).andExpect(status().isSeeOther());
        assertThat(clock(complaint).state()).isIn(ClockState.MET, ClockState.MISSED);
        assertThat(page("/desk/regulator-cases")).doesNotContain(external);
        assertThat(page("/desk/complaints/" + number.digits())).contains("已回复监管部门");
        assertThat(page("/desk/regulator-cases/answers.csv?from=2026-03-01&until=2026-03-31"))
                .contains(external, "与消费者电话沟通两次", "电话协商", "'=同意退货");
    }

    private MockHttpServletRequestBuilder answer(String path) {
        return post(path + "/answer")
                .with(as(agent))
                .with(csrf())
                .param("settledAt", "2026-03-05T10:00")
                .param("course", "与消费者电话沟通两次")
                .param("way", "PHONE")
                .param("result", "=同意退货");
    }

    @Test
    void whatIsWrongIsSaidAtItsField() throws Exception {
        String page = http.perform(post("/desk/regulator-cases")
                        .with(as(agent))
                        .with(csrf())
                        .param("authority", "MOON")
                        .param("externalNumber", external)
                        .param("sentAt", "yesterday")
                        .param("content", "x"))
                .andExpect(status().is(422))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("authority-error", "sentAt-error");
        assertThat(complaints.find(Authority.ODR_12315.origin(), external)).isEmpty();
    }
}
