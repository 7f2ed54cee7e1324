package io.bihuan.journeys;

import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.Confirmation;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.web.DeskForms;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.routing.Recusals;
import io.bihuan.routing.Routing;
import io.bihuan.routing.Seat;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A ward about which is complained judges nothing: others handle it, and who decided once does not decide the review. */
@IndustriesTest
@NullUnmarked
class HospitalJourney extends CaseworkStory {
    private static final String INTERNAL = "护士长当班时睡岗，已有两次记录";

    @Autowired
    Routing routing;

    @Autowired
    Recusals recusals;

    private SignedIn nurse;
    private SignedIn matron;
    private SignedIn doctor;
    private SignedIn second;

    @BeforeEach
    void hospital() {
        nurse = person(staff, "田护士", "nursing", Role.HANDLER);
        matron = person(staff, "贺护士长", "nursing", Role.MANAGER);
        doctor = person(staff, "邵医生", "quality", Role.HANDLER);
        second = person(staff, "汪医生", "quality", Role.HANDLER);
    }

    @Test
    void theWardComplainedAboutKeepsOutOfIt() throws Exception {
        files(
                "medical",
                "bell-unanswered",
                "夜里按铃四十分钟没人来，输液早就完了。",
                Map.of("patient", "李国强", "relation", "child", "visitType", "inpatient", "harm", "none"));
        does(owner, desk + "/ownership");
        assertThat(complaint().department()).isEqualTo("nursing");
        String named = desk + "/routing/recusals";
        isRefused(owner, named, "about", "DEPARTMENT", "department", "nursing", "reason", "");
        does(owner, named, "about", "DEPARTMENT", "department", "nursing", "reason", INTERNAL);
        does(owner, named, "about", "PERSON", "person", id(second), "reason", INTERNAL);

        assessmentIsRefused("nursing", doctor);
        assessmentIsRefused("quality", nurse);
        assessmentIsRefused("quality", matron);
        assessmentIsRefused("quality", second);
        isRefused(owner, desk + "/transfer", "owner", matron.login(), "reason", "护理部自己处理");
        assess("quality", null);

        assertThat(routing.rank(complaint(), Seat.HANDLER).proposed())
                .extracting(scored -> scored.candidate().id())
                .contains(doctor.id())
                .doesNotContain(nurse.id(), matron.id(), second.id());
        assertThat(page(owner, desk + "/routing")).contains("邵医生", "须回避");
        isRefused(owner, desk + "/routing/handlers", "handler", id(second));
        does(owner, desk + "/routing/handlers", "handler", id(doctor));
        assertThat(complaint().handler()).isEqualTo(doctor.id());
        assertThat(tracked()).doesNotContain(INTERNAL, "回避", "田护士");

        decided();
        reviewedByAnother();
    }

    private static String[] assessment(String department, @Nullable SignedIn handler) {
        return new String[] {
            "kind",
            "COMPLAINT",
            "category",
            "bell-unanswered",
            "severity",
            "GENERAL",
            "priority",
            "MEDIUM",
            "department",
            department,
            "handler",
            handler == null ? "" : id(handler),
            "note",
            "护理部须回避"
        };
    }

    private void assess(String department, @Nullable SignedIn handler) throws Exception {
        does(owner, desk + "/assessment", assessment(department, handler));
    }

    private void assessmentIsRefused(String department, SignedIn handler) throws Exception {
        isRefused(owner, desk + "/assessment", assessment(department, handler));
    }

    private void decided() throws Exception {
        does(doctor, desk + "/verification", "finding", "SUBSTANTIATED", "account", INTERNAL);
        does(doctor, desk + "/solution", "outcome", "PARTLY_ACCEPTED", "measures", "当面致歉");
        runs("tell");
        told("科室将当面致歉");
        kept("tell");
        assertThat(tracked()).contains("科室将当面致歉").doesNotContain(INTERNAL);
        time.advance(Duration.ofHours(3));
        assertThat(answers(tracking, tracking + "/confirmation", "answer", "unsolved", "reason", "光道歉不够"))
                .contains("我们会重新处理", "光道歉不够");
        assertThat(complaint().stage()).isEqualTo(Stage.HANDLE);
        assertThat(complaint().confirmation()).isEqualTo(Confirmation.NOT_SATISFIED);
    }

    private void told(String measures) throws Exception {
        does(owner, desk + "/messages", DeskForms.spokenResult(measures, "病区加装呼叫显示屏", "向卫生健康委投诉"));
    }

    private void reviewedByAnother() throws Exception {
        SignedIn reviewer = person(staff, "崔医生", "quality", Role.HANDLER);
        assertThat(recusals.isRecused(complaint(), doctor.id(), Seat.HANDLER))
                .as("decided before")
                .isTrue();
        assessmentIsRefused("quality", doctor);
        assess("quality", reviewer);
        assertThat(complaint().handler()).isEqualTo(reviewer.id());
        does(reviewer, desk + "/solution", "outcome", "ACCEPTED", "measures", "致歉并免除当日护理费");
        runs("tell");
        told("致歉，并免除当日护理费");
        kept("tell");
        assertThat(answers(tracking, tracking + "/confirmation", "answer", "solved", "rating", "4"))
                .contains("谢谢您的确认");
        assertThat(complaint().confirmation()).isEqualTo(Confirmation.CONFIRMED);
    }
}
