package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.durability.Waiting;
import io.bihuan.platform.Actor;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.support.TransactionTemplate;

/** What a forger with full access to the database can not hide once the day is anchored. */
@BihuanTest(properties = "bihuan.anchors.enabled=false")
@DirtiesContext
class AnchorsTests {
    /** A transaction that is open anywhere holds back what can be anchored. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    @Autowired
    TransactionTemplate transaction;

    private Complaint complaint;

    @BeforeEach
    void anchored() {
        complaint = complaints.register(SomeComplaint.receivedAt(time.instant()), Actor.CUSTOMER);
        complaint = complaints.perform(complaint.number(), null, new Command.Note("第一天", List.of()), Actor.SYSTEM);
        Waiting.until("the first anchor", PATIENCE, anchors::anchor);
        complaint = complaints.perform(complaint.number(), null, new Command.Note("第二天", List.of()), Actor.SYSTEM);
        Waiting.until("the second anchor", PATIENCE, anchors::anchor);
        assertThat(anchors.anchor()).as("nothing new to anchor").isFalse();
    }

    /** What is found after the change, which is then undone. */
    private List<String> foundAfter(String... changes) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            for (String change : changes) {
                jdbc.sql(change).param("id", complaint.id()).update();
            }
            try {
                return HistoryCheck.of(stored).details();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }));
    }

    @Test
    void anHonestDatabaseIsIntact() throws IOException {
        assertThat(HistoryCheck.of(stored).details()).isEmpty();
    }

    @Test
    void aDeletedComplaintIsFound() {
        assertThat(foundAfter(
                        "delete from complaint.event where complaint_id = :id",
                        "delete from complaint.complaint where id = :id"))
                .anyMatch(finding -> finding.contains("the complaint is gone"));
    }

    @Test
    void aTailCutTogetherWithTheHeadOfTheRowIsFound() {
        assertThat(foundAfter("delete from complaint.event where complaint_id = :id and seq = 4", """
                update complaint.complaint set version = 3, updated_at = e.at, head = e.hash
                from complaint.event e where e.complaint_id = complaint.id and e.seq = 3 and complaint.id = :id
                """))
                .anyMatch(finding -> finding.contains("anchor"));
    }

    @Test
    void aChangedAnchorIsFound() {
        assertThat(foundAfter("update complaint.anchor_entry set seq = 1 where complaint_id = :id and number = 1"))
                .anyMatch(finding -> finding.contains("anchor 1 was changed"));
        assertThat(foundAfter("""
                delete from complaint.anchor_entry where number = (select max(number) from complaint.anchor) and complaint_id = :id
                """)).anyMatch(finding -> finding.contains("was changed"));
    }
}
