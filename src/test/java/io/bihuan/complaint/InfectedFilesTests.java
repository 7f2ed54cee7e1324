package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.message.Notices;
import io.bihuan.platform.Actor;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.files.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Who hears of a virus in a file that a customer sent. */
@BihuanTest
class InfectedFilesTests {
    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintFiles complaintFiles;

    @Autowired
    Files files;

    @Autowired
    InfectedFiles infected;

    @Autowired
    Notices notices;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    InstantSource time;

    private StoredFile stored() throws IOException {
        byte[] content = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        return files.store(new ByteArrayInputStream(content), "发票.txt", DataSize.ofMegabytes(1));
    }

    /** As the scanner leaves it. */
    private void isInfected(FileHash hash) {
        jdbc.sql("""
                        update platform.file set scan = 'INFECTED', scan_note = 'Pretend.Virus-1', scanned_at = :now, scan_at = null
                        where sha256 = :hash
                        """)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("hash", HexFormat.of().parseHex(hash.hex()))
                .update();
    }

    private Complaint with(StoredFile file, UUID owner) {
        Complaint complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        complaints.perform(
                complaint.number(), null, new Command.TransferOwnership(owner, "休假"), Actor.staff(SomeComplaint.OWNER));
        List<Attachment> attachments = List.of(ComplaintFiles.attachment(file, "发票.txt"));
        return complaints.perform(
                complaint.number(),
                null,
                new Command.AddInformation("发票", attachments),
                Actor.CUSTOMER,
                complaintFiles.used(attachments));
    }

    private List<String> told(UUID owner) {
        return notices.of(owner, null).stream()
                .map(Notices.Received::notice)
                .filter(notice -> notice.key().equals("complaint.notice.infected"))
                .map(notice -> notice.href())
                .toList();
    }

    @Test
    void theOwnerIsToldOnceOfWhatTheScannerFound() throws IOException {
        UUID owner = DeskPeople.person(staff, "周敏", null, Role.AGENT).id();
        StoredFile file = stored();
        Complaint complaint = with(file, owner);
        infected.tell();
        assertThat(told(owner)).isEmpty();

        isInfected(file.hash());
        infected.tell();
        infected.tell();
        assertThat(told(owner)).containsExactly("/desk/complaints/" + complaint.number());
    }

    @Test
    void aFileThatWasFoundInfectedBeforeItWasHandedInIsToldToo() throws IOException {
        UUID owner = DeskPeople.person(staff, "周敏", null, Role.AGENT).id();
        StoredFile file = stored();
        isInfected(file.hash());
        Complaint first = with(file, owner);
        Complaint second = with(file, owner);
        infected.tell();
        assertThat(told(owner))
                .containsExactlyInAnyOrder("/desk/complaints/" + first.number(), "/desk/complaints/" + second.number());
    }
}
