package io.bihuan.complaint;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Dispatch;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.intake.Intake;
import io.bihuan.intake.Submission;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Where a pack says that dialling is enough, a call that nobody answers is contact in time; nothing is told by it. */
@BihuanTest
class DialledTests {
    @Autowired
    Intake intake;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    MockMvc http;

    @Autowired
    MovableTime time;

    @AfterEach
    void resetTime() {
        time.reset();
    }

    private Clock acknowledge(Complaint complaint) {
        return complaints.dossier(complaint.number(), Integer.MAX_VALUE, 10).orElseThrow().clocks().stream()
                .filter(clock -> clock.name().equals("acknowledge"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallThatNobodyAnswersIsContactInTimeWhereDiallingIsEnough() throws Exception {
        SignedIn agent = DeskPeople.person(staff, "周敏", null, Role.AGENT, Role.MANAGER);
        Complaint complaint = intake.register(
                Submission.through(Submission.Door.MESSAGE, "appliance", Channel.EMAIL)
                        .content("空调不制冷")
                        .customer("张三", "13800138000", null)
                        .build(),
                Actor.CUSTOMER);
        assertThat(acknowledge(complaint).isOpen()).isTrue();
        assertThat(acknowledge(complaint).policy().terms().doneWhen()).isEqualTo(Dispatch.SENT);

        time.advance(Duration.ofMinutes(4));
        String path = "/desk/complaints/" + complaint.number().digits();
        http.perform(post(path + "/contacts")
                        .with(DeskPeople.as(agent))
                        .with(csrf())
                        .param("version", Integer.toString(complaint.version()))
                        .param("way", "DIALLED"))
                .andExpect(status().isSeeOther());
        assertThat(acknowledge(complaint).state()).isEqualTo(ClockState.MET);
        String page = http.perform(get(path).with(DeskPeople.as(agent)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("拨打客户电话，未接通");
    }

    @Test
    void whereItMustReachTheCustomerDiallingIsNotEnough() {
        assertThat(Contact.DIALLED.dispatch().suffices(Dispatch.SENT)).isTrue();
        assertThat(Contact.DIALLED.dispatch().suffices(Dispatch.DELIVERED)).isFalse();
        assertThat(Contact.PHONE.dispatch().suffices(Dispatch.DELIVERED)).isTrue();
    }

    @Test
    void nothingIsToldByACallThatNobodyAnswers() {
        Complaint complaint =
                complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.staff(SomeComplaint.OWNER));
        assertThatThrownBy(() -> complaints.perform(
                        complaint.number(),
                        null,
                        new Command.PauseClocks("APPRAISAL", "送检", Contact.DIALLED),
                        Actor.staff(SomeComplaint.OWNER)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("dialled");
    }
}
