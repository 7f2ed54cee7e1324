package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.platform.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Whoever tampers with a history is found. Every test rolls back what it broke. */
@BihuanTest
@Transactional
class HistoryCheckTests {
    @Autowired
    Complaints complaints;

    @Autowired
    StoredHistory stored;

    @Autowired
    Anchors anchors;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    InstantSource time;

    private Complaint worked() {
        Complaint complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        complaints.perform(complaint.number(), null, new Command.ConfirmOwnership(SomeComplaint.OWNER), Actor.SYSTEM);
        return complaints.perform(complaint.number(), null, new Command.Note("已联系客户", List.of()), Actor.SYSTEM);
    }

    private List<String> findings(UUID id) throws IOException {
        return HistoryCheck.of(stored).details().stream()
                .filter(finding -> finding.contains(id.toString()))
                .toList();
    }

    @Test
    void anUntouchedHistoryIsIntact() throws IOException {
        assertThat(findings(worked().id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = at + interval '1 microsecond'",
                "actor = 'staff:mallory'",
                "type = 'Noted '",
                "data = set_byte(data, 3, get_byte(data, 3) # 1)",
                "previous_hash = set_byte(previous_hash, 0, get_byte(previous_hash, 0) # 1)",
                "hash = set_byte(hash, 31, get_byte(hash, 31) # 1)",
                "txid = (txid::text::bigint # 1)::text::xid8",
                "epoch = epoch # 1",
                "id = gen_random_uuid()",
                "seq = seq + 100"
            })
    void aFlippedBitInAnyColumnOfAnEventIsFound(String change) throws IOException {
        Complaint complaint = worked();
        jdbc.sql("update complaint.event set " + change + " where complaint_id = :id and seq = 3")
                .param("id", complaint.id())
                .update();
        assertThat(findings(complaint.id())).isNotEmpty();
    }

    @Test
    void anEventMovedToAnotherComplaintIsFound() throws IOException {
        Complaint complaint = worked();
        Complaint other = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        jdbc.sql("update complaint.event set complaint_id = :other, seq = 3 where complaint_id = :id and seq = 4")
                .param("other", other.id())
                .param("id", complaint.id())
                .update();
        assertThat(findings(complaint.id())).isNotEmpty();
        assertThat(findings(other.id())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stage = 'ARCHIVE'",
                "severity = 'MAJOR'",
                "owner = gen_random_uuid()",
                "due_at = due_at + interval '1 hour'",
                "due_clock = 'tell'",
                "running_clocks = '{}'",
                "received_at = received_at - interval '1 day'",
                "phone_index = null",
                "external_number = 'X-1'",
                "department = 'finance'",
                "priority = 'HIGH'",
                "confirmation_attempts = 3",
                "told_at = updated_at",
                "version = version + 1",
                "head = previous.hash from complaint.event previous where previous.complaint_id = complaint.id and previous.seq = 1 and complaint.id"
            })
    void aRowThatIsNotWhatItsHistoryAddsUpToIsFound(String change) throws IOException {
        Complaint complaint = worked();
        String where = change.startsWith("head") ? " = :id" : " where id = :id";
        jdbc.sql("update complaint.complaint set " + change + where)
                .param("id", complaint.id())
                .update();
        assertThat(findings(complaint.id())).isNotEmpty();
    }

    @Test
    void aCutTailIsFound() throws IOException {
        Complaint complaint = worked();
        jdbc.sql("delete from complaint.event where complaint_id = :id and seq = :seq")
                .param("id", complaint.id())
                .param("seq", complaint.version())
                .update();
        assertThat(findings(complaint.id())).anyMatch(finding -> finding.contains("ends at event"));
    }

    @Test
    void exportedHistoriesAreVerifiedWithoutTheDatabase(@TempDir Path folder) throws IOException {
        Complaint complaint = worked();
        var file = new HistoryFile(folder.resolve("history.jsonl.gz"));
        assertThat(file.write(stored)).isPositive();
        assertThat(HistoryCheck.of(file).details())
                .noneMatch(finding -> finding.contains(complaint.id().toString()));

        jdbc.sql("update complaint.event set actor = 'customer:x' where complaint_id = :id and seq = 2")
                .param("id", complaint.id())
                .update();
        file.write(stored);
        assertThat(HistoryCheck.of(file).details())
                .anyMatch(finding -> finding.contains(complaint.id().toString()));
        assertThat(folder.toFile().list()).hasSize(1);
    }
}
