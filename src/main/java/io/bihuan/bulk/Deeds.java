package io.bihuan.bulk;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.teamwork.DepartmentTasks;
import io.bihuan.web.Texts;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Does to one complaint what is wished, and takes it back. Works in the transaction of its caller; every rule is that of its module. */
@Component
class Deeds {
    static final List<Role> ACTING = List.of(Role.AGENT, Role.HANDLER, Role.MANAGER, Role.ADMINISTRATOR);
    static final List<Role> OWNING = List.of(Role.AGENT, Role.MANAGER);
    private static final int QUOTED = 60;

    private final Complaints complaints;
    private final CasePages pages;
    private final DepartmentTasks tasks;
    private final Correspondence correspondence;
    private final Staff staff;
    private final Packs packs;
    private final InstantSource time;

    Deeds(
            Complaints complaints,
            CasePages pages,
            DepartmentTasks tasks,
            Correspondence correspondence,
            Staff staff,
            Packs packs,
            InstantSource time) {
        this.complaints = complaints;
        this.pages = pages;
        this.tasks = tasks;
        this.correspondence = correspondence;
        this.staff = staff;
        this.packs = packs;
        this.time = time;
    }

    static boolean mayAct(SignedIn who) {
        return ACTING.stream().anyMatch(who::is);
    }

    /** Whoever confirmed, as this person stands in the staff now. */
    SignedIn person(UUID id) {
        return staff.find(id)
                .filter(StaffMember::active)
                .map(member -> new SignedIn(
                        member.id(), member.login(), member.name(), member.roles(), member.department(), false))
                .filter(Deeds::mayAct)
                .orElseThrow(() -> new Refused("bulk.refused.person"));
    }

    /** Does everything but telling the customer, which waits. */
    List<Part> perform(Wish wish, UUID run, UUID complaintId, SignedIn who) {
        Complaint complaint = seen(complaintId, who);
        var parts = new ArrayList<Part>();
        for (Step step : wish.steps()) {
            parts.add(
                    step == Step.MESSAGE
                            ? new Part(step, Part.State.HELD, null, null)
                            : Part.done(step, perform(step, wish, run, complaint, who)));
        }
        return parts;
    }

    /** Does everything, the message too: what would be refused is refused. */
    void rehearse(Wish wish, UUID run, UUID complaintId, SignedIn who) {
        Complaint complaint = seen(complaintId, who);
        for (Step step : wish.steps()) {
            perform(step, wish, run, complaint, who);
        }
    }

    private Complaint seen(UUID id, SignedIn who) {
        return complaints.find(List.of(id)).stream()
                .filter(found -> pages.sees(who, found))
                .findFirst()
                .orElseThrow(() -> new Refused("bulk.refused.unseen"));
    }

    private @Nullable String perform(Step step, Wish wish, UUID run, Complaint complaint, SignedIn who) {
        ComplaintNumber number = complaint.number();
        return switch (step) {
            case NOTE -> {
                complaints.perform(
                        number, null, new Command.Note(Objects.requireNonNull(wish.note()), List.of()), who.actor());
                yield null;
            }
            case TASK -> give(Objects.requireNonNull(wish.task()), run, complaint, who);
            case MESSAGE -> {
                tell(wish, run, complaint, who);
                yield null;
            }
            case OWNER -> {
                UUID owner = Objects.requireNonNull(wish.owner());
                refuseNoOwner(owner);
                complaints.perform(
                        number,
                        null,
                        new Command.TransferOwnership(owner, Objects.requireNonNullElse(wish.reason(), "")),
                        who.actor());
                yield complaint.owner().toString();
            }
            case LINK -> {
                Complaint other = pages.complaint(Objects.requireNonNull(wish.other()), who);
                complaints.perform(
                        number,
                        null,
                        new Command.Link(other.number(), Objects.requireNonNull(wish.kind())),
                        who.actor());
                yield null;
            }
        };
    }

    private void refuseNoOwner(UUID owner) {
        boolean canOwn = staff.find(owner)
                .filter(StaffMember::active)
                .filter(member -> OWNING.stream().anyMatch(member.roles()::contains))
                .isPresent();
        if (!canOwn) {
            throw new Refused("bulk.refused.owner");
        }
    }

    private String give(TaskPart task, UUID run, Complaint complaint, SignedIn who) {
        UUID id = UUID.nameUUIDFromBytes((run + "/" + complaint.id() + "/task").getBytes(StandardCharsets.UTF_8));
        String department = task.department();
        if (department == null && task.assignee() == null) {
            department = complaint.department();
        }
        if (department != null
                && task.assignee() == null
                && packs.get(complaint.pack(), complaint.packVersion())
                        .departments()
                        .find(department)
                        .isEmpty()) {
            throw new Refused("bulk.refused.department");
        }
        tasks.give(
                complaint.number(),
                new DepartmentTasks.NewTask(
                        id,
                        task.title(),
                        task.what(),
                        department,
                        task.assignee(),
                        time.instant().plusSeconds(60L * task.minutes()),
                        List.of()),
                who);
        return id.toString();
    }

    /** Tells the customer; of one run once, however often this is called. */
    void tell(Wish wish, UUID run, Complaint complaint, SignedIn who) {
        MessagePart message = Objects.requireNonNull(wish.message());
        String words = message.words();
        Optional<UUID> sent = words == null
                ? correspondence.tell(complaint.number(), message.purpose(), run, Map.of(), who.actor())
                : correspondence.tell(
                        complaint.number(),
                        message.purpose(),
                        run,
                        correspondence.filled(complaint.number(), message.purpose(), words, false),
                        who.actor());
        if (sent.isEmpty()) {
            throw new Refused("bulk.refused.unreachable");
        }
    }

    void tell(Wish wish, UUID run, UUID complaintId, SignedIn who) {
        tell(wish, run, seen(complaintId, who), who);
    }

    /** Takes one part back, as far as nobody has gone on from there. */
    void undo(Wish wish, Part part, UUID complaintId, SignedIn who, Texts t) {
        Complaint complaint = seen(complaintId, who);
        ComplaintNumber number = complaint.number();
        String reason = t.of("bulk.undo.reason");
        switch (part.step()) {
            case NOTE ->
                complaints.perform(
                        number,
                        null,
                        new Command.Note(
                                t.of("bulk.undo.note", quoted(Objects.requireNonNull(wish.note()))), List.of()),
                        who.actor());
            case TASK -> tasks.withdraw(number, UUID.fromString(Objects.requireNonNull(part.reference())), reason, who);
            case MESSAGE -> {
                if (part.state() != Part.State.HELD) {
                    throw new Refused("bulk.refused.sent");
                }
            }
            case OWNER -> {
                UUID before = UUID.fromString(Objects.requireNonNull(part.reference()));
                if (!complaint.owner().equals(wish.owner())) {
                    throw new Refused("bulk.refused.owner-since");
                }
                refuseNoOwner(before);
                complaints.perform(number, null, new Command.TransferOwnership(before, reason), who.actor());
            }
            case LINK -> {
                ComplaintNumber other = ComplaintNumber.read(Objects.requireNonNull(wish.other()))
                        .orElseThrow();
                if (complaint.links().get(other) != wish.kind()) {
                    throw new Refused("bulk.refused.link-since");
                }
                complaints.perform(number, null, new Command.Unlink(other), who.actor());
            }
        }
    }

    private static String quoted(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= QUOTED
                ? line
                : line.substring(0, line.offsetByCodePoints(0, QUOTED)) + "…";
    }
}
