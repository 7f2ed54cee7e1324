package io.bihuan.screening.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Worklist;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.StaffMember;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.MessageStep;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.StoredProblem;
import io.bihuan.intake.Submission;
import io.bihuan.intake.Waiting;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.screening.Screeners;
import io.bihuan.screening.web.MessagePage.Fact;
import io.bihuan.screening.web.MessagePage.Step;
import io.bihuan.screening.web.MessagePage.Typed;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the page of a message together. */
@Component
class MessageViews {
    static final int SHOWN_BYTES = 64 * 1024;
    private static final int SUGGESTIONS = 8;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{8,20}");
    private static final int MOST_NUMBERS = 20;

    private final Decisions decisions;
    private final Inbox inbox;
    private final Complaints complaints;
    private final Worklist worklist;
    private final Screeners screeners;
    private final Packs packs;
    private final InstantSource time;

    MessageViews(
            Decisions decisions,
            Inbox inbox,
            Complaints complaints,
            Worklist worklist,
            Screeners screeners,
            Packs packs,
            InstantSource time) {
        this.decisions = decisions;
        this.inbox = inbox;
        this.complaints = complaints;
        this.worklist = worklist;
        this.screeners = screeners;
        this.packs = packs;
        this.time = time;
    }

    /** One that a person was or is to decide; what ended by itself is nobody's to look at here. */
    Waiting waiting(UUID id) {
        return decisions
                .find(id)
                .filter(found -> found.message().reason() != null)
                .orElseThrow(() -> new NotFound("message " + id));
    }

    /** @param isShown whether contact data and the original are to be seen: recorded before */
    MessagePage page(UUID id, SignedIn who, boolean isShown, Typed typed, Texts t) {
        Waiting waiting = waiting(id);
        InboxMessage message = waiting.message();
        Submission draft = message.draft();
        List<MessageStep> steps = decisions.steps(id);
        var people = new HashSet<@Nullable UUID>();
        people.add(message.screener());
        people.add(message.decidedBy());
        steps.forEach(step -> {
            people.add(step.person());
            people.add(person(step.actor()));
        });
        Map<UUID, String> names = screeners.names(new ArrayList<>(people));
        UUID screener = message.screener();
        boolean isMine = who.id().equals(screener);
        Instant due = waiting.dueAt();
        ParkReason reason = Objects.requireNonNullElse(message.reason(), ParkReason.UNCLEAR);
        return new MessagePage(
                waiting,
                reason,
                Excerpts.of(message),
                draft == null ? "" : draft.content(),
                contact(draft, isShown, isShown || isCalling(message, isMine), t),
                name(screener, names),
                isMine,
                message.claimedAt() != null && !isMine,
                due != null && (waiting.isOpen() ? due.isBefore(time.instant()) : waiting.isLate()),
                name(message.decidedBy(), names),
                problems(message, reason, t),
                draft == null ? List.of() : files(draft),
                isShown ? raw(message) : null,
                steps.stream().map(step -> step(step, names, t)).toList(),
                waiting.isOpen() ? suggestions(draft, who) : List.of(),
                people(who),
                channels(t),
                waiting.isOpen() && decisions.canReply(message),
                Arrays.stream(Rejection.values())
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                typed);
    }

    private static @Nullable UUID person(Actor actor) {
        return actor.kind() == Actor.Kind.STAFF ? UUID.fromString(actor.id()) : null;
    }

    private static String name(@Nullable UUID person, Map<UUID, String> names) {
        return person == null ? "" : names.getOrDefault(person, "");
    }

    private static Step step(MessageStep step, Map<UUID, String> names, Texts t) {
        UUID doer = person(step.actor());
        String note = step.note();
        return new Step(
                step.what(),
                step.at(),
                doer == null ? t.of("screening.step.system") : name(doer, names),
                name(step.person(), names),
                note == null ? "" : note);
    }

    /** Whoever has claimed a call-back has to dial the number: the claim is the recorded reason. */
    private static boolean isCalling(InboxMessage message, boolean isMine) {
        return message.reason() == ParkReason.CALL_BACK
                && message.state() == InboxMessage.State.PARKED
                && isMine
                && message.claimedAt() != null;
    }

    private static List<Fact> contact(@Nullable Submission draft, boolean isShown, boolean isPhoneShown, Texts t) {
        if (draft == null) {
            return List.of();
        }
        var facts = new ArrayList<Fact>();
        add(
                facts,
                t.of("screening.sender.name"),
                draft.customerName(),
                isShown ? null : Masks.name(draft.customerName()));
        add(
                facts,
                t.of("screening.sender.phone"),
                draft.customerPhone(),
                isPhoneShown ? null : Masks.phone(draft.customerPhone()));
        add(
                facts,
                t.of("screening.sender.email"),
                draft.customerEmail(),
                isShown ? null : Masks.email(draft.customerEmail()));
        return facts;
    }

    private static void add(List<Fact> facts, String label, @Nullable String value, @Nullable String masked) {
        if (value != null && !value.isBlank()) {
            facts.add(new Fact(label, masked == null ? value : masked));
        }
    }

    private static List<MessagePage.File> files(Submission draft) {
        return draft.attachments().stream()
                .map(file -> new MessagePage.File(name(file), file.sha256(), file.size()))
                .toList();
    }

    private static String name(Attachment file) {
        return Personal.text(file.name());
    }

    /** What is wrong, in words. */
    private List<String> problems(InboxMessage message, ParkReason reason, Texts t) {
        return switch (reason) {
            case INVALID ->
                message.arguments().stream()
                        .map(line -> problem(StoredProblem.parse(line), message, t))
                        .toList();
            case UNKNOWN_CASE -> {
                List<String> said = message.arguments();
                String key = said.size() > 1 ? said.get(1) : "";
                yield said.isEmpty()
                        ? List.of()
                        : List.of(
                                t.has(key)
                                        ? t.of("screening.problem.case.why", said.getFirst(), t.of(key))
                                        : t.of("screening.problem.case", said.getFirst()));
            }
            case SCREEN_FIRST,
                    UNCLEAR,
                    UNREADABLE,
                    SUSPICIOUS,
                    TOO_MANY,
                    CALL_BACK,
                    NOT_CONFIGURED,
                    FAILED,
                    AUTOMATIC_REPLY,
                    BOUNCE,
                    LOOP ->
                message.arguments().stream()
                        .filter(each -> !each.isBlank())
                        .map(each -> t.has(each) ? t.of(each) : Excerpts.masked(each))
                        .toList();
        };
    }

    private String problem(StoredProblem problem, InboxMessage message, Texts t) {
        if (problem.key().isEmpty() || !t.has(problem.key())) {
            return Excerpts.masked(String.join(" ", problem.arguments()));
        }
        return t.of(
                "screening.problem.field",
                field(problem.pointer(), message, t),
                t.of(problem.key(), problem.arguments().toArray()));
    }

    private String field(String pointer, InboxMessage message, Texts t) {
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        Submission draft = message.draft();
        if (pointer.startsWith("/product/")
                && draft != null
                && packs.businessLines().contains(draft.businessLine())) {
            return packs.of(draft.businessLine())
                    .form()
                    .find(name)
                    .map(field -> field.label().in(t.locale()))
                    .orElse(name);
        }
        String key = "screening.field." + name;
        return t.has(key) ? t.of(key) : name;
    }

    /** The original as text, cut; null where it is no text. */
    private @Nullable String raw(InboxMessage message) {
        String type = message.mediaType();
        boolean isText = type.startsWith("text/")
                || type.startsWith("message/")
                || type.contains("json")
                || type.contains("xml");
        if (!isText) {
            return "";
        }
        try (InputStream content = inbox.open(message)) {
            return new String(content.readNBytes(SHOWN_BYTES), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** Complaints whose number the text names, and the open ones of the same phone. */
    private List<Worklist.Row> suggestions(@Nullable Submission draft, SignedIn who) {
        if (draft == null) {
            return List.of();
        }
        var found = new LinkedHashMap<UUID, Worklist.Row>();
        Set<UUID> named = new HashSet<>();
        String text = draft.title() + " " + draft.content().replace("-", "");
        DIGITS.matcher(text)
                .results()
                .limit(MOST_NUMBERS)
                .forEach(digits -> ComplaintNumber.read(digits.group())
                        .flatMap(complaints::find)
                        .map(Complaint::id)
                        .ifPresent(named::add));
        worklist.rows(named).forEach(row -> found.put(row.id(), row));
        String phone = draft.customerPhone();
        if (phone != null) {
            PhoneNumbers.read(phone)
                    .map(number -> worklist.withPhone(number, SUGGESTIONS))
                    .orElse(List.of())
                    .forEach(row -> found.putIfAbsent(row.id(), row));
        }
        return found.values().stream()
                .filter(row -> row.archivedAt() == null && sees(who, row.department()))
                .limit(SUGGESTIONS)
                .toList();
    }

    static boolean sees(SignedIn who, @Nullable String department) {
        return who.reach().all()
                || (department != null && department.equals(who.reach().department()));
    }

    private List<Option> people(SignedIn who) {
        return screeners.all().stream()
                .filter(member -> !member.id().equals(who.id()))
                .map(MessageViews::person)
                .toList();
    }

    private static Option person(StaffMember member) {
        return new Option("person:" + member.id(), member.name());
    }

    private static List<Option> channels(Texts t) {
        return Arrays.stream(Channel.values())
                .filter(channel -> channel != Channel.IMPORT)
                .map(channel ->
                        new Option("channel:" + channel.name(), t.of("screening.forward.channel", t.of(channel))))
                .toList();
    }
}
