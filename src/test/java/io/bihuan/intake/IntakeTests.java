package io.bihuan.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Registration;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffDetails;
import io.bihuan.identity.StaffMember;
import io.bihuan.intake.InvalidSubmission.Problem;
import io.bihuan.intake.Submission.Door;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Personal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.unit.DataSize;

/** What somebody brings in is checked, judged, given an owner and registered with its files, or refused field by field. */
@BihuanTest
class IntakeTests {
    @Autowired
    Intake intake;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintFiles complaintFiles;

    @Autowired
    Files files;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private static Submission.Draft submission(Door door) {
        return Submission.through(door, "appliance", Channel.WEB)
                .content("空调修了三次，又坏了，没修好。")
                .customer("张三丰", "138 1234 5678", null)
                .product(Map.of("productType", "air-conditioner"));
    }

    private List<String> wrong(Submission.Draft draft) {
        try {
            intake.read(draft.build());
            return List.of();
        } catch (InvalidSubmission invalid) {
            return invalid.problems().stream().map(Problem::pointer).toList();
        }
    }

    @Test
    void theRulesOfThePackJudgeWhatNobodyJudgedYet() {
        Registration judged = intake.read(submission(Door.PORTAL).build());
        assertThat(judged.kind()).isEqualTo(Kind.COMPLAINT);
        assertThat(judged.category()).isEqualTo("repeated-repair");
        assertThat(judged.severity()).isEqualTo(Severity.URGENT);
        assertThat(judged.department()).isEqualTo("technical-support");
        assertThat(judged.customer().phone()).isEqualTo(Personal.of("+8613812345678"));
        assertThat(judged.acknowledged()).isTrue();
        assertThat(judged.ownerConfirmed()).isFalse();

        assertThat(intake.read(submission(Door.PORTAL).category("missing-part").build())
                        .priority())
                .isEqualTo(Priority.HIGH);
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        assertThat(wrong(submission(Door.PORTAL)
                        .content(" ")
                        .title("题".repeat(201))
                        .category("no-such")
                        .customer("名".repeat(101), "1", "no mail")
                        .product(Map.of("productType", "submarine", "colour", "red", "a/b~c", "x"))
                        .remedySought("一辆新车")
                        .occurredAt(Instant.parse("1800-01-01T00:00:00Z"))
                        .receivedAt(time.instant().plus(Duration.ofDays(3)))))
                .containsExactlyInAnyOrder(
                        "/category",
                        "/title",
                        "/content",
                        "/customer/name",
                        "/customer/phone",
                        "/customer/email",
                        "/product/productType",
                        "/product/colour",
                        "/product/a~1b~0c",
                        "/remedySought",
                        "/occurredAt",
                        "/receivedAt");
        assertThat(wrong(Submission.through(Door.API, "spaceships", Channel.APP).content("x")))
                .containsExactly("/businessLine");
    }

    @Test
    void whatCannotBeStoredIsAFieldError() {
        assertThat(wrong(submission(Door.PORTAL)
                        .content("a\u0000b")
                        .title("\ud800")
                        .customer("\udc00", "13800138000", null)))
                .containsExactlyInAnyOrder("/content", "/title", "/customer/name");
    }

    @Test
    void theDoorDecidesWhatMayBeMissing() {
        var bare = Map.<String, String>of();
        assertThat(wrong(submission(Door.PORTAL).customer(null, null, null).product(bare)))
                .containsExactlyInAnyOrder("/customer/name", "/customer/phone", "/product/productType");
        assertThat(wrong(submission(Door.API).customer(null, null, null).product(bare)))
                .containsExactlyInAnyOrder("/customer/name", "/customer/phone");
        assertThat(wrong(submission(Door.DESK).customer(null, null, null).product(bare)))
                .containsExactly("/product/productType");
        assertThat(wrong(submission(Door.IMPORT).customer(null, null, null).product(bare)))
                .isEmpty();
    }

    @Test
    void anUnreadablePhoneStaysAsItWasWrittenOnPaper() {
        Registration typed =
                intake.read(submission(Door.IMPORT).customer("张三", "见附件", "无").build());
        assertThat(typed.customer().phone()).isEqualTo(Personal.of("见附件"));
        assertThat(typed.customer().email()).isEqualTo(Personal.of("无"));
        assertThat(wrong(submission(Door.PORTAL).customer("张三", "见附件", "无")))
                .containsExactlyInAnyOrder("/customer/phone", "/customer/email");
    }

    @Test
    void theRegisteringAgentOwnsItAndHasAnsweredWhoCalls() {
        UUID agent = UUID.randomUUID();
        Registration call = intake.read(Submission.through(Door.DESK, "appliance", Channel.HOTLINE)
                .content("不制冷")
                .product(Map.of("productType", "air-conditioner"))
                .agent(agent)
                .build());
        assertThat(call.owner()).isEqualTo(agent);
        assertThat(call.ownerConfirmed()).isTrue();
        assertThat(call.acknowledged()).isTrue();
        Registration letter = intake.read(Submission.through(Door.DESK, "appliance", Channel.EMAIL)
                .content("不制冷")
                .product(Map.of("productType", "air-conditioner"))
                .agent(agent)
                .build());
        assertThat(letter.ownerConfirmed()).isFalse();
        assertThat(letter.acknowledged()).isFalse();
    }

    @Test
    void complaintsOfNobodyAreSharedFairlyAmongTheAgents() {
        for (int i = 0; i < 3; i++) {
            staff.create(
                    "duty-" + UUID.randomUUID(),
                    "a long pass phrase 1",
                    false,
                    StaffDetails.of("客服", null, Role.AGENT));
        }
        List<UUID> agents =
                staff.withRole(Role.AGENT, null).stream().map(StaffMember::id).toList();
        var roster = new DutyRoster(() -> agents, ChannelDuties.ChannelDuty::none, time);
        var owners = new ArrayList<UUID>();
        for (int i = 0; i < agents.size() * 2; i++) {
            owners.add(roster.next(Channel.WEB));
        }
        assertThat(owners).hasSameElementsAs(agents);
        assertThat(owners.subList(0, agents.size())).doesNotHaveDuplicates();
        assertThat(owners.subList(agents.size(), owners.size())).doesNotHaveDuplicates();
        assertThatThrownBy(() -> new DutyRoster(List::of, ChannelDuties.ChannelDuty::none, time).next(Channel.WEB))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void filesAreTheComplaintsWithItsRegistrationOrNotAtAll() throws IOException {
        byte[] bytes = ("发票 " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
        var stored = files.store(new ByteArrayInputStream(bytes), "发票.txt", DataSize.ofMegabytes(1));
        Attachment attachment = ComplaintFiles.attachment(stored, "发票.txt");

        Complaint complaint = intake.register(
                submission(Door.PORTAL).attachments(List.of(attachment)).build(), Actor.CUSTOMER);
        assertThat(complaintFiles.find(complaint.id(), stored.hash())).isPresent();
        assertThat(complaintFiles.of(complaint.id())).hasSize(1);
        assertThat(complaintFiles.find(UUID.randomUUID(), stored.hash())).isEmpty();

        var gone = new Attachment("0".repeat(64), Personal.of("x.txt"), "text/plain", 1);
        assertThatThrownBy(() -> intake.register(
                        submission(Door.PORTAL).attachments(List.of(gone)).build(), Actor.CUSTOMER))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aClosedCaseComesInWithItsAnswerAndWithoutClocks() {
        Instant received = time.instant().minus(Duration.ofDays(30));
        Complaint complaint = intake.register(
                submission(Door.IMPORT)
                        .external("import:旧系统", "A-" + UUID.randomUUID())
                        .receivedAt(received)
                        .archive(new Registration.Archive(Personal.of("已换新"), received.plus(Duration.ofDays(2))))
                        .build(),
                Actor.SYSTEM);
        assertThat(complaint.isOpen()).isFalse();
        assertThat(complaint.runningClocks()).isEmpty();
        assertThat(complaints.history(complaint.number(), 0, 10))
                .extracting(HistoryEvent::type)
                .containsExactly("Registered", "ArrivedClosed");
    }
}
