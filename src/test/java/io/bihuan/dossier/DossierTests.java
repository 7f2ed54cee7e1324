package io.bihuan.dossier;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.CaseGuard;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.SomeComplaint;
import io.bihuan.dossier.DossierPart.State;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Position;
import io.bihuan.web.Bundles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** The file of a complaint is complete before it is put away, whole in one archive, and sealed. */
@BihuanTest
class DossierTests {
    private static final String LINK = "https://example.org/t/26112300000017-AbCdEfGhIjKlMnOpQrStUv";

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintFiles complaintFiles;

    @Autowired
    Files files;

    @Autowired
    Dossiers dossiers;

    @Autowired
    DossierSeal seal;

    @Autowired
    Qualities qualities;

    @Autowired
    CaseGuard completeDossier;

    @Autowired
    Bundles bundles;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private SignedIn agent;
    private Actor actor;

    @BeforeEach
    void people() {
        agent = person(staff, "林小雨", null, Role.AGENT);
        actor = agent.actor();
    }

    @Test
    void aFinishedComplaintHasEveryPart() throws IOException {
        Complaint archived = archived(confirmed());

        assertThat(Dossiers.completeness(archived).values()).containsOnly(State.THERE);
        DossierContent content = dossiers.of(archived, true, bundles.in(Locale.SIMPLIFIED_CHINESE));
        assertThat(content.text()).contains("张三丰", "13812345678", "师傅三次上门均未检漏", "退还三次上门费", "已电话告知结果", "KFR-35GW");
        assertThat(content.chapters())
                .allSatisfy(chapter -> assertThat(chapter.lines()).isNotEmpty());
    }

    @Test
    void theFileShowsHowWellTheCaseWasHandled() throws Exception {
        Complaint complaint = confirmed();
        int before = qualities.of(complaint.id()).tally().handOvers();
        UUID next = person(staff, "周敏", null, Role.AGENT).id();
        complaints.perform(complaint.number(), null, new Command.TransferOwnership(next, "休假"), actor);

        Quality quality = qualities.of(complaint.id());
        assertThat(quality.tally().handOvers()).isEqualTo(before + 1);
        assertThat(quality.approvals()).isZero();
        String page = http.perform(get("/desk/complaints/" + complaint.number().digits() + "/dossier")
                        .with(as(agent)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("办理质量", "转交", (before + 1) + " 次", "等待审批");
    }

    @Test
    void withoutAReasonTheCustomerStaysMasked() throws Exception {
        Complaint complaint = archived(confirmed());
        String path = "/desk/complaints/" + complaint.number().digits() + "/dossier";

        Map<String, byte[]> masked = zip(http.perform(get(path + ".zip").with(as(agent)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray());
        assertThat(text(masked, "dossier.txt"))
                .contains("张**", "进展见 https://example.org/t/…")
                .doesNotContain("张三丰", "13812345678", LINK);
        assertThat(pdf(masked)).doesNotContain("张三丰", "13812345678");
        http.perform(post(path + "/exports").with(as(agent)).with(csrf()).param("reason", " "))
                .andExpect(status().isUnprocessableContent());

        Map<String, byte[]> full = zip(http.perform(
                        post(path + "/exports").with(as(agent)).with(csrf()).param("reason", "法院调取"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray());
        assertThat(text(full, "dossier.txt")).contains("张三丰", LINK);
        assertThat(pdf(full)).contains("张三丰", "师傅三次上门均未检漏");
    }

    @Test
    void theArchiveHoldsEveryFileWithItsHash() throws Exception {
        Complaint complaint = archived(confirmed());

        Map<String, byte[]> zip =
                zip(http.perform(get("/desk/complaints/" + complaint.number().digits() + "/dossier.zip")
                                .with(as(agent)))
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray());

        assertThat(zip.keySet()).contains("dossier.pdf", "dossier.txt", "SHA256SUMS", "files/01-发票.txt");
        assertThat(text(zip, "files/01-发票.txt")).isEqualTo("invoice " + complaint.id());
        List<String> sums = text(zip, "SHA256SUMS").lines().toList();
        assertThat(sums).hasSize(zip.size() - 1).allSatisfy(line -> {
            String[] parts = line.split("  ", 2);
            assertThat(DossierZip.sha256(Objects.requireNonNull(zip.get(parts[1]))))
                    .isEqualTo(parts[0]);
        });
    }

    @Test
    void anInfectedFileDoesNotLeaveWithTheArchive() throws Exception {
        Complaint complaint = archived(confirmed());
        String hash = complaintFiles.of(complaint.id()).getFirst().file().hash().hex();
        jdbc.sql("update platform.file set scan = 'INFECTED', scan_note = 'Pretend.Virus-1' where sha256 = :hash")
                .param("hash", HexFormat.of().parseHex(hash))
                .update();

        Map<String, byte[]> zip =
                zip(http.perform(get("/desk/complaints/" + complaint.number().digits() + "/dossier.zip")
                                .with(as(agent)))
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray());

        assertThat(zip.keySet()).contains("files/01-发票.txt.txt").doesNotContain("files/01-发票.txt");
        assertThat(text(zip, "files/01-发票.txt.txt")).contains("被查出病毒").doesNotContain("invoice");
        assertThat(text(zip, "SHA256SUMS")).contains("files/01-发票.txt.txt");
    }

    @Test
    void theSealIsTheHashOfTheWholeText() throws IOException {
        Complaint archived = archived(confirmed());
        HistoryEvent last = complaints.history(archived.number(), 0, 500).getLast();

        transaction.executeWithoutResult(status -> seal.apply(
                List.of(new Feed.Entry(archived.id(), last.sequence(), "Archived", new Position(1, 1, last.id())))));

        String text = dossiers.of(archived, true, bundles.in(Locale.SIMPLIFIED_CHINESE))
                .text();
        assertThat(complaints.history(archived.number(), last.sequence(), 10))
                .extracting(HistoryEvent::event)
                .contains(new DossierEvent.DossierSealed(
                        DossierZip.sha256(text.getBytes(StandardCharsets.UTF_8)),
                        (int) text.lines().count(),
                        1));
    }

    @Test
    void whatTheCustomerTookBackNeedsNoInvestigation() {
        Complaint registered = complaints.register(SomeComplaint.receivedAt(time.instant()), actor);
        Complaint withdrawn =
                complaints.perform(registered.number(), null, new Command.Withdraw("已自行解决"), Actor.CUSTOMER);

        assertThat(Completeness.of(withdrawn)).containsEntry(DossierPart.INVESTIGATION, State.NOT_NEEDED);
        completeDossier.check(withdrawn, new Command.Archive(null), Actor.SYSTEM);
        assertThat(Completeness.missing(registered))
                .containsExactly(DossierPart.INVESTIGATION, DossierPart.SOLUTION, DossierPart.FEEDBACK);
        assertThatThrownBy(() -> completeDossier.check(registered, new Command.Archive(null), Actor.SYSTEM))
                .isInstanceOf(Refused.class);
    }

    @Test
    void whatWasReopenedIsArchivedAgainWithoutBeingVerifiedAgain() throws IOException {
        Complaint archived = archived(confirmed());
        Actor other = person(staff, "陈明", "technical-support", Role.HANDLER).actor();
        for (Command command : List.of(
                new Command.Reopen("又不制冷"),
                new Command.Solve(Outcome.ACCEPTED, "更换压缩机", null),
                new Command.TellResult(Contact.PHONE, "已换新压缩机"),
                new Command.Confirm(null, 5))) {
            complaints.perform(archived.number(), null, command, other);
        }

        assertThat(archived(archived).isOpen()).isFalse();
    }

    @Test
    void thePageSaysWhatIsMissing() throws Exception {
        Complaint registered = complaints.register(SomeComplaint.receivedAt(time.instant()), actor);

        String page = http.perform(get("/desk/complaints/" + registered.number().digits() + "/dossier")
                        .with(as(agent))
                        .header("Accept-Language", "zh-CN"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(page).contains("投诉登记表", "调查报告", "缺少", "没有记录").doesNotContain("张三丰");
    }

    @Test
    void namesOfFilesStayInTheirFolder() {
        assertThat(DossierZip.safe("../../etc/passwd")).isEqualTo("__.._etc_passwd");
        assertThat(DossierZip.safe("a\\b:c\n.txt")).isEqualTo("a_b_c_.txt");
        assertThat(DossierZip.safe("")).isEqualTo("file");
        assertThat(DossierZip.safe("x".repeat(300) + ".pdf")).hasSize(120).endsWith(".pdf");
    }

    // ---- inside ----

    private Complaint confirmed() throws IOException {
        Complaint complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), actor);
        var content = new ByteArrayInputStream(("invoice " + complaint.id()).getBytes(StandardCharsets.UTF_8));
        Attachment invoice =
                ComplaintFiles.attachment(files.store(content, "发票.txt", DataSize.ofMegabytes(1)), "发票.txt");
        complaints.perform(
                complaint.number(),
                null,
                new Command.AddInformation("补充发票", List.of(invoice)),
                Actor.CUSTOMER,
                complaintFiles.used(List.of(invoice)));
        for (Command command : List.of(
                new Command.ConfirmOwnership(agent.id()),
                new Command.Assess(
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "technical-support",
                        null,
                        null),
                new Command.Verify(Finding.SUBSTANTIATED, "师傅三次上门均未检漏"),
                new Command.Solve(Outcome.ACCEPTED, "退还三次上门费", null),
                new Command.TellResult(Contact.PHONE, "已电话告知结果，进展见 " + LINK),
                new Command.Confirm("可以", 5))) {
            complaints.perform(complaint.number(), null, command, actor);
        }
        return complaint;
    }

    private Complaint archived(Complaint complaint) {
        return complaints.perform(complaint.number(), null, new Command.Archive("检漏工序缺失"), actor);
    }

    private static Map<String, byte[]> zip(byte[] bytes) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static String text(Map<String, byte[]> zip, String name) {
        return new String(Objects.requireNonNull(zip.get(name)), StandardCharsets.UTF_8);
    }

    private static String pdf(Map<String, byte[]> zip) throws IOException {
        try (var reader = new PdfReader(Objects.requireNonNull(zip.get("dossier.pdf")))) {
            var text = new StringBuilder();
            for (int page = 1; page <= reader.getNumberOfPages(); page++) {
                text.append(new PdfTextExtractor(reader).getTextFromPage(page));
            }
            return text.toString();
        }
    }
}
