package io.bihuan.investigation;

import io.bihuan.complaint.CaseEvents;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Playbook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The investigations of complaints. What is done is an event of the complaint's history; everything else follows from it. */
@Component
public class Investigations {
    static final CaseEvents EVENTS = CaseEvents.of(InvestigationEvent.class);

    private final Complaints complaints;
    private final ComplaintFiles complaintFiles;
    private final Standing standing;
    private final Custody custody;
    private final Packs packs;
    private final InstantSource time;

    Investigations(
            Complaints complaints,
            ComplaintFiles complaintFiles,
            Standing standing,
            Custody custody,
            Packs packs,
            InstantSource time) {
        this.complaints = complaints;
        this.complaintFiles = complaintFiles;
        this.standing = standing;
        this.custody = custody;
        this.packs = packs;
        this.time = time;
    }

    /** The same at another time: for cases that happened before they were recorded here. Has no transactions of its own. */
    public Investigations at(InstantSource otherTime) {
        return new Investigations(
                complaints.at(otherTime), complaintFiles, standing, custody.at(otherTime), packs, otherTime);
    }

    /** What the investigation has come to; nothing where there was none. */
    public Investigation of(ComplaintNumber number) {
        return Investigation.of(complaints.work(number, EVENTS));
    }

    /**
     * Carries out what somebody of the staff does.
     *
     * @throws io.bihuan.platform.Refused with the reason when the rules do not allow it; nothing has changed then
     */
    public void perform(ComplaintNumber number, Deed deed, Actor actor) {
        if (actor.kind() != Actor.Kind.STAFF) {
            throw new IllegalArgumentException("only staff investigate, not " + actor);
        }
        complaints.record(number, null, actor, (complaint, writes) -> {
            List<HistoryEvent> before = complaints.work(number, EVENTS);
            List<InvestigationEvent> events = Investigation.of(before).decide(deed, scene(complaint));
            var all = new ArrayList<>(before);
            Instant now = time.instant();
            events.forEach(event -> all.add(new HistoryEvent(Ids.next(), 0, now, actor, event, List.of())));
            standing.write(writes, complaint.id(), Investigation.of(all));
            events.forEach(event -> alongside(writes, complaint, event, actor));
            return events;
        });
    }

    private Investigation.Scene scene(Complaint complaint) {
        Playbook playbook = playbook(complaint);
        Set<String> files = complaintFiles.of(complaint.id()).stream()
                .map(use -> use.file().hash().hex())
                .collect(Collectors.toSet());
        return new Investigation.Scene(
                !complaint.isOpen(),
                playbook == null ? null : playbook.name(),
                PlaybookLine.of(playbook),
                files,
                time.instant());
    }

    /** The playbook of its category, in the version of the pack that it is handled by. */
    public @Nullable Playbook playbook(Complaint complaint) {
        return Guidance.of(packs.get(complaint.pack(), complaint.packVersion()), complaint.category())
                .playbook();
    }

    /** Its lines, in the order of the playbook. */
    public List<PlaybookLine> lines(Complaint complaint) {
        return PlaybookLine.of(playbook(complaint));
    }

    private void alongside(Writes writes, Complaint complaint, InvestigationEvent event, Actor actor) {
        UUID id = complaint.id();
        switch (event) {
            case InvestigationEvent.EvidenceAdded e -> {
                complaintFiles.used(List.of(e.file())).accept(complaint, writes);
                custody.add(writes, id, e.file().sha256(), Ids.next(), CustodyDeed.ADDED, actor);
            }
            case InvestigationEvent.EvidenceClassified e ->
                custody.add(writes, id, e.sha256(), Ids.next(), CustodyDeed.CLASSIFIED, actor);
            case InvestigationEvent.EvidenceHandedOver e ->
                custody.add(writes, id, e.sha256(), e.handOver(), CustodyDeed.HANDED_OVER, actor);
            case InvestigationEvent.InvestigationOpened e -> {}
            case InvestigationEvent.InvestigationStepPlanned e -> {}
            case InvestigationEvent.InvestigationStepDone e -> {}
            case InvestigationEvent.InvestigationStepMoved e -> {}
            case InvestigationEvent.InvestigationStepDropped e -> {}
            case InvestigationEvent.PlaybookLineAnswered e -> {}
            case InvestigationEvent.EvidenceExcused e -> {}
            case InvestigationEvent.FindingRecorded e -> {}
            case InvestigationEvent.FindingWithdrawn e -> {}
            case InvestigationEvent.StatementTaken e -> {}
            case InvestigationEvent.StatementExcused e -> {}
            case InvestigationEvent.ResponsibilityDecided e -> {}
        }
    }
}
