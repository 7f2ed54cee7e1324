package io.bihuan.correspondence;

import io.bihuan.clock.Dispatch;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Stage;
import io.bihuan.correspondence.CorrespondenceEvent.NoticeTold;
import io.bihuan.correspondence.CorrespondenceEvent.TellingFailed;
import io.bihuan.correspondence.CorrespondenceRows.NoticeRow;
import io.bihuan.message.MessageFate;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.message.State;
import io.bihuan.message.Way;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Brings what became of a message to its complaint: a notice or a result is told when it left us, and delivered when it arrived. */
@Component
class MessageNews implements MessageFate {
    private final Complaints complaints;
    private final CorrespondenceRows rows;
    private final Notices notices;

    MessageNews(Complaints complaints, CorrespondenceRows rows, Notices notices) {
        this.complaints = complaints;
        this.rows = rows;
        this.notices = notices;
    }

    @Override
    public String subject() {
        return Correspondence.SUBJECT;
    }

    @Override
    public void changed(UUID messageId, UUID subjectId, Way way, State state, Instant at) {
        Optional<Said> found = rows.lock(subjectId, messageId);
        Optional<Complaint> complaint =
                complaints.find(List.of(subjectId)).stream().findFirst();
        if (found.isEmpty() || complaint.isEmpty()) {
            return;
        }
        Said before = found.get();
        Contact contact = Correspondence.contact(way);
        rows.fate(subjectId, messageId, contact, state, at);
        if (complaint.get().erasedAt() != null || complaint.get().isJoined()) {
            return;
        }
        boolean hasArrived = state.hasArrived();
        if (state == State.SENT || hasArrived) {
            boolean isNews = hasArrived ? before.deliveredAt() == null : before.sentAt() == null;
            if (isNews) {
                told(complaint.get(), before, contact, hasArrived || contact == Contact.PHONE, at);
            }
        } else if (state == State.FAILED || state == State.SUPPRESSED) {
            failed(complaint.get(), before, at);
        }
    }

    private void told(Complaint complaint, Said said, Contact way, boolean hasArrived, Instant at) {
        Notice notice = said.notice();
        if (notice != null) {
            complaints.record(complaint.number(), null, said.by(), (locked, writes) -> {
                NoticeRow row = rows.notices(locked.id()).get(notice);
                boolean isNews = row == null || row.toldAt() == null || (hasArrived && row.deliveredAt() == null);
                if (!isNews) {
                    return List.of();
                }
                rows.told(writes, locked.id(), notice, said.message(), at, hasArrived);
                return List.of(
                        new NoticeTold(notice, said.message(), way, hasArrived ? Dispatch.DELIVERED : Dispatch.SENT));
            });
        } else if (said.tellsResult()) {
            resultTold(complaint, said, way, hasArrived);
        }
    }

    /** A result that was overtaken, because the case goes on or is closed, is none any more. */
    private void resultTold(Complaint complaint, Said said, Contact way, boolean hasArrived) {
        if (!complaint.isOpen()) {
            return;
        }
        boolean isTold = rows.isResultTold(complaint.id(), said.message());
        if (!isTold && complaint.stage() == Stage.FEEDBACK) {
            complaints.perform(complaint.number(), null, new Command.TellResult(way, said.text()), said.by());
            rows.resultTold(complaint.id(), said.message());
            isTold = true;
        }
        boolean isSpoken = way == Contact.PHONE;
        if (isTold && hasArrived && !isSpoken && complaint.stage() == Stage.FEEDBACK) {
            complaints.perform(complaint.number(), null, new Command.RecordDelivery(way), said.by());
        }
    }

    private void failed(Complaint complaint, Said said, Instant at) {
        complaints.record(
                complaint.number(),
                null,
                said.by(),
                (locked, writes) -> List.of(new TellingFailed(said.message(), said.purpose())));
        notices.tell(List.of(new StaffNotice(
                complaint.owner(),
                said.message(),
                "correspondence.notice.failed",
                List.of(complaint.number().readable()),
                "/desk/complaints/" + complaint.number().digits() + "/messages",
                at)));
    }
}
