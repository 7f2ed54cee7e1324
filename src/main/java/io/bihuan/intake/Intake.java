package io.bihuan.intake;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Registration;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Personal;
import io.bihuan.triage.Facts;
import io.bihuan.triage.Proposal;
import io.bihuan.triage.Triage;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The one way in: checks what somebody brings against the pack, judges it by the pack's rules, gives it an owner and registers it. */
@Component
public class Intake {
    private final Complaints complaints;
    private final ComplaintFiles files;
    private final Packs packs;
    private final Triage triage;
    private final DutyRoster roster;
    private final InstantSource time;

    Intake(
            Complaints complaints,
            ComplaintFiles files,
            Packs packs,
            Triage triage,
            DutyRoster roster,
            InstantSource time) {
        this.complaints = complaints;
        this.files = files;
        this.packs = packs;
        this.triage = triage;
        this.roster = roster;
        this.time = time;
    }

    /**
     * Takes a submission in, its files with it.
     *
     * @throws InvalidSubmission with every wrong field; nothing is stored then
     */
    public Complaint register(Submission submission, Actor actor) {
        return register(submission, actor, (complaint, writes) -> {});
    }

    /**
     * Takes a submission in, its files with it.
     *
     * @param alongside adds what must be true together with the complaint
     * @throws InvalidSubmission with every wrong field; nothing is stored then
     */
    public Complaint register(Submission submission, Actor actor, BiConsumer<Complaint, Writes> alongside) {
        return complaints.register(
                read(submission), actor, files.used(submission.attachments()).andThen(alongside));
    }

    /**
     * What would be registered: for a preview, and for imports that register many in one transaction.
     *
     * @throws InvalidSubmission with every wrong field
     */
    public Registration read(Submission submission) {
        var check = new SubmissionCheck(submission, time.instant());
        Pack pack = check.pack(packs);
        Kind kind = submission.kind() == null ? Kind.COMPLAINT : submission.kind();
        String chosen = check.category(pack);
        Personal title = check.title();
        Personal content = check.content();
        var customer = new Customer(check.customerName(), check.customerPhone(), check.customerEmail());
        var product = check.product(pack, kind, chosen);
        String remedy = check.remedySought(pack);
        String externalNumber = check.externalNumber();
        var occurredAt = check.occurredAt();
        var receivedAt = check.receivedAt();
        int affected = check.customersAffected();
        check.attachments();
        check.finish();

        Proposal proposal = triage.assess(
                pack, new Facts(kind, chosen, said(title, content), affected, submission.channel(), answers(product)));
        UUID agent = submission.agent();
        return new Registration(
                submission.businessLine(),
                submission.channel(),
                kind,
                proposal.category(),
                proposal.severity(),
                proposal.priority(),
                proposal.department(),
                affected,
                title,
                content,
                customer,
                product,
                remedy,
                externalNumber == null ? null : submission.origin(),
                externalNumber,
                occurredAt,
                receivedAt,
                isAcknowledged(submission),
                agent == null ? roster.next(submission.channel()) : agent,
                agent != null && isFaceToFace(submission.channel()),
                submission.attachments(),
                submission.archive(),
                pack);
    }

    /** What the rules of the pack make of it as it stands, for a form that is still being filled in. */
    public Proposal propose(Submission submission) {
        String title = submission.title();
        return triage.assess(
                packs.of(submission.businessLine()),
                new Facts(
                        submission.kind() == null ? Kind.COMPLAINT : submission.kind(),
                        submission.category(),
                        (title == null ? "" : title + "\n") + submission.content(),
                        submission.customersAffected(),
                        submission.channel(),
                        submission.product()));
    }

    private static Map<String, String> answers(Map<String, Personal> product) {
        var answers = new HashMap<String, String>();
        product.forEach((key, answer) -> answers.put(key, Personal.text(answer)));
        return answers;
    }

    private static String said(@Nullable Personal title, Personal content) {
        return Personal.text(title) + "\n" + Personal.text(content);
    }

    /** Whoever stands at the other end got the number in the same moment. */
    private static boolean isAcknowledged(Submission submission) {
        return switch (submission.door()) {
            case PORTAL, API -> true;
            case DESK -> isFaceToFace(submission.channel());
            case IMPORT, MESSAGE -> false;
        };
    }

    /** The agent who registers it speaks with the customer, and that is the first answer. */
    private static boolean isFaceToFace(Channel channel) {
        return switch (channel) {
            case HOTLINE, ONSITE -> true;
            case WEB, APP, EMAIL, WECHAT, CHAT, WEIBO, COMMUNITY, PARTNER, REGULATOR, IMPORT -> false;
        };
    }
}
