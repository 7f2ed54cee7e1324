package io.bihuan.intake.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.BroughtFiles;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintsOfPerson;
import io.bihuan.complaint.CustomerThings;
import io.bihuan.complaint.SimilarComplaints;
import io.bihuan.complaint.Worklist;
import io.bihuan.customer.CustomerReveals;
import io.bihuan.customer.CustomerSearch;
import io.bihuan.customer.Customers;
import io.bihuan.customer.Identity;
import io.bihuan.customer.IdentityKind;
import io.bihuan.customer.OwnedThing;
import io.bihuan.customer.Person;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.Intake;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.intake.MessageHeld;
import io.bihuan.intake.Questions;
import io.bihuan.intake.RequestKeys;
import io.bihuan.intake.Submission;
import io.bihuan.intake.Waiting;
import io.bihuan.pack.FormSetting;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Personal;
import io.bihuan.triage.Triage;
import io.bihuan.web.BadInput;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Notice;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Registration by an agent, on one screen, while the customer talks. */
@Controller
@RequestMapping("/desk/registrations")
class DeskRegistrationController {
    private static final int KNOWN = 20;
    private static final int CANDIDATES = 5;
    private static final List<Role> SCREENING = List.of(Role.AGENT, Role.MANAGER, Role.ADMINISTRATOR);
    private static final int SUGGESTIONS = 3;

    private final Intake intake;
    private final RequestKeys keys;
    private final Customers customers;
    private final CustomerSearch customerSearch;
    private final CustomerReveals reveals;
    private final ComplaintsOfPerson complaintsOfPerson;
    private final Packs packs;
    private final BroughtFiles brought;
    private final Triage triage;
    private final Decisions decisions;
    private final InstantSource time;
    private final SimilarComplaints similar;

    DeskRegistrationController(
            Intake intake,
            RequestKeys keys,
            Customers customers,
            CustomerSearch customerSearch,
            CustomerReveals reveals,
            ComplaintsOfPerson complaintsOfPerson,
            Packs packs,
            BroughtFiles brought,
            Triage triage,
            Decisions decisions,
            InstantSource time,
            SimilarComplaints similar) {
        this.similar = similar;
        this.triage = triage;
        this.decisions = decisions;
        this.time = time;
        this.intake = intake;
        this.keys = keys;
        this.customers = customers;
        this.customerSearch = customerSearch;
        this.reveals = reveals;
        this.complaintsOfPerson = complaintsOfPerson;
        this.packs = packs;
        this.brought = brought;
    }

    @GetMapping("/new")
    Page create(
            @RequestParam(required = false) @Nullable String businessLine,
            @RequestParam(required = false) @Nullable String phone,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable UUID message,
            @RequestParam(required = false) @Nullable String kind,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        if (message == null) {
            return Page.of(
                    "intake/registration",
                    page(DeskRegistrationForm.empty(line(businessLine), phone, call), FieldErrors.NONE, t));
        }
        InboxMessage from = open(message, who);
        if (from.state() != InboxMessage.State.PARKED) {
            return Page.to("/desk/screening/" + message);
        }
        Submission draft = from.draft();
        String line = draft == null ? from.businessLine() : draft.businessLine();
        return Page.of(
                "intake/registration",
                page(
                        DeskRegistrationForm.of(
                                message,
                                line(line == null || !packs.businessLines().contains(line) ? null : line),
                                from.channel(),
                                draft,
                                kind),
                        FieldErrors.NONE,
                        t));
    }

    /** A message that waits and that this person may decide: who screens, or whose it is. */
    private InboxMessage open(UUID id, SignedIn who) {
        return decisions
                .find(id)
                .map(Waiting::message)
                .filter(found -> found.reason() != null)
                .filter(found ->
                        who.id().equals(found.screener()) || SCREENING.stream().anyMatch(who::is))
                .orElseThrow(() -> new NotFound("message " + id));
    }

    private @Nullable InboxMessage message(DeskRegistrationForm form, SignedIn who) {
        String id = DeskRegistrationForm.text(form.message());
        if (id.isEmpty()) {
            return null;
        }
        try {
            return open(UUID.fromString(id), who);
        } catch (IllegalArgumentException e) {
            throw new BadInput("/message", "web.field.unreadable");
        }
    }

    @PostMapping
    Page create(@ModelAttribute DeskRegistrationForm form, @AuthenticationPrincipal SignedIn who, Texts t)
            throws IOException {
        InboxMessage from = message(form, who);
        var errors = FieldErrors.NONE;
        List<Attachment> attachments = List.of();
        try {
            attachments = withThoseOf(from, brought.store(form.files()));
        } catch (Refused refused) {
            errors = errors.with("files", t.of(refused));
        }
        Instant occurredAt = null;
        try {
            occurredAt = day(form.occurredOn(), t);
        } catch (DateTimeParseException e) {
            errors = errors.with("occurredOn", t.of("intake.desk.occurred.wrong"));
        }
        Integer affected = affected(form.customersAffected());
        if (affected == null) {
            errors = errors.with("customersAffected", t.of("intake.field.too-small", 1));
        }
        try {
            Submission.Draft draft = submission(form, affected == null ? 1 : affected)
                    .occurredAt(occurredAt)
                    .attachments(attachments)
                    .agent(who.id());
            Submission submission = (from == null ? draft : withThoseOf(from, draft, occurredAt)).build();
            if (errors.any()) {
                return again(form, with(errors, problems(submission), t), t);
            }
            // Sent again, it finds what the first has registered, which is not refused.
            BiConsumer<Complaint, Writes> alongside = from == null
                    ? (complaint, writes) -> {}
                    : (complaint, writes) ->
                            decisions.opening(from.id(), who.id()).accept(complaint, writes);
            var answer = keys.register(submission, request(form, who), who.actor(), complaint -> "", alongside);
            if (isCall(form.call())) {
                // What came of the call is still to be written down; the way to the complaint is there, too.
                return Page.done(
                        "/desk/calls/" + form.call() + "?complaint="
                                + answer.number().digits(),
                        "intake.desk.registered",
                        answer.number().readable());
            }
            String path = "/desk/complaints/" + answer.number().digits() + (from == null ? "?done=registration" : "");
            return answer.complaint() != null
                    ? Page.done(path, "intake.desk.registered", answer.number().readable())
                    : Page.to(
                            path,
                            Notice.of(
                                    Notice.Tone.INFORMATION,
                                    "intake.desk.already",
                                    answer.number().readable()));
        } catch (InvalidSubmission invalid) {
            return again(form, with(errors, invalid.problems(), t), t);
        } catch (MessageHeld held) {
            return again(form, errors.with("", t.of(held)), t).status(HttpStatus.CONFLICT);
        } catch (OptimisticLockingFailureException lost) {
            if (from == null) {
                throw lost;
            }
            return again(form, errors.with("", t.of("intake.refused.message-changed")), t)
                    .status(HttpStatus.CONFLICT);
        }
    }

    /** The files that came with the message, before those that the agent adds. */
    private static List<Attachment> withThoseOf(@Nullable InboxMessage from, List<Attachment> added) {
        Submission draft = from == null ? null : from.draft();
        if (draft == null) {
            return added;
        }
        var all = new ArrayList<Attachment>(draft.attachments());
        added.stream()
                .filter(file -> all.stream().noneMatch(other -> other.sha256().equals(file.sha256())))
                .forEach(all::add);
        return all;
    }

    /** What only the message knows: when it reached us, its number elsewhere, when it happened. */
    private static Submission.Draft withThoseOf(
            InboxMessage from, Submission.Draft draft, @Nullable Instant occurredAt) {
        Submission understood = from.draft();
        draft.receivedAt(from.receivedAt());
        return understood == null
                ? draft
                : draft.external(understood.origin(), understood.externalNumber())
                        .occurredAt(occurredAt == null ? understood.occurredAt() : occurredAt);
    }

    /** Everything that is wrong, not only what cannot be read. */
    private List<InvalidSubmission.Problem> problems(Submission submission) {
        try {
            intake.read(submission);
            return List.of();
        } catch (InvalidSubmission invalid) {
            return invalid.problems();
        }
    }

    /**
     * Who calls, what they have and what is open for them, as far as the number is typed: look-ups by index only. The customer need
     * not repeat what is recorded.
     */
    @GetMapping("/known")
    Page known(@RequestParam(defaultValue = "") String phone, @AuthenticationPrincipal SignedIn who) {
        Optional<Identity> number = Identity.phone(phone);
        List<Person> found = number.isPresent()
                ? number.flatMap(customers::find).stream().toList()
                : customerSearch.startingWith(phone, CANDIDATES);
        Person person = found.size() == 1 ? found.getFirst() : null;
        var contacts = person != null
                ? ComplaintsOfPerson.Contacts.of(person.known())
                : new ComplaintsOfPerson.Contacts(
                        number.map(Identity::value).stream().toList(), List.of());
        List<Worklist.Row> rows =
                complaintsOfPerson.all(contacts, null, who.reach(), null, KNOWN).rows();
        List<Worklist.Row> open =
                rows.stream().filter(row -> row.archivedAt() == null).toList();
        return Page.of(
                "intake/known",
                new DeskKnownPage(
                        number.isPresent(),
                        person,
                        person == null ? found : List.of(),
                        open,
                        rows.size() - open.size()));
    }

    /**
     * The form with what is known of a customer, and of one of the things: what is shown so is recorded.
     *
     * @param adopt the id of the customer, or that and the id of the thing with a slash between
     */
    @PostMapping("/adoption")
    Page adopt(
            @ModelAttribute DeskRegistrationForm form,
            @RequestParam String adopt,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        String[] ids = adopt.split("/", 2);
        Person person = customers.find(id(ids[0])).orElseThrow(() -> new NotFound("customer " + ids[0]));
        var answers = new LinkedHashMap<>(form.answers());
        if (ids.length == 2) {
            UUID thing = id(ids[1]);
            OwnedThing owned = person.things().stream()
                    .filter(each -> each.id().equals(thing))
                    .findFirst()
                    .orElseThrow(() -> new NotFound("thing " + thing));
            answers.putAll(CustomerThings.answers(owned.thing(), packs.of(line(form.businessLine()))));
        }
        reveals.record(
                person.id(),
                who.id(),
                ids.length == 2 ? "name,email,thing" : "name,email",
                t.of("intake.desk.adopt.reason"));
        String email = person.contacts().stream()
                .filter(contact -> contact.identity().kind() == IdentityKind.EMAIL && !contact.isFailed())
                .map(contact -> contact.identity().value())
                .findFirst()
                .orElse(null);
        return Page.of(
                "intake/registration",
                page(form.known(Personal.valueOf(person.name()), email, answers), FieldErrors.NONE, t));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("customer " + text);
        }
    }

    /** What the rules of the pack make of the form as it stands; what to do is decided at the assessment. */
    @PostMapping("/proposal")
    Page proposal(@ModelAttribute DeskRegistrationForm form) {
        var pack = packs.of(line(form.businessLine()));
        Integer affected = affected(form.customersAffected());
        Submission submission =
                submission(form, affected == null ? 1 : affected).build();
        boolean isBlank = submission.content().isBlank()
                && DeskRegistrationForm.text(submission.category()).isBlank();
        boolean isChosen = pack.categories()
                .find(DeskRegistrationForm.text(form.category()))
                .isPresent();
        String said = DeskRegistrationForm.text(form.title()) + "\n" + submission.content();
        return Page.of(
                "intake/proposal",
                new DeskProposalPage(
                        pack,
                        isBlank ? null : intake.propose(submission),
                        isChosen
                                ? List.of()
                                : triage.suggest(pack, said).stream()
                                        .limit(SUGGESTIONS)
                                        .toList()));
    }

    /** Open complaints that may be about the same matter, while the customer still talks. */
    @PostMapping("/similar")
    Page similar(@ModelAttribute DeskRegistrationForm form, @AuthenticationPrincipal SignedIn who) {
        String phone = DeskRegistrationForm.text(form.phone());
        String email = DeskRegistrationForm.text(form.email()).strip();
        var sought = new SimilarComplaints.Sought(
                line(form.businessLine()),
                PhoneNumbers.read(phone).orElse(null),
                email.isEmpty() ? null : email,
                form.answers(),
                DeskRegistrationForm.text(form.title()) + "\n" + DeskRegistrationForm.text(form.content()),
                Set.of());
        return Page.of("intake/similar", new DeskSimilarPage(similar.find(sought, who.reach())));
    }

    /** The form for another business line, or for other answers, with all that was typed. */
    @PostMapping("/form")
    Page form(@ModelAttribute DeskRegistrationForm form, Texts t) {
        return Page.of("intake/registration", page(form, FieldErrors.NONE, t));
    }

    /** The questions that are to be asked after the answers given so far. */
    @PostMapping("/questions")
    Page questions(@ModelAttribute DeskRegistrationForm form, Texts t) {
        return Page.of("intake/questions", page(form, FieldErrors.NONE, t));
    }

    /** What is to be said about one answer as soon as it is written. */
    @PostMapping("/note")
    Page note(@ModelAttribute DeskRegistrationForm form, @RequestParam String question, Texts t) {
        return Page.of("intake/note", asked(form, t).note(question));
    }

    private Questions asked(DeskRegistrationForm form, Texts t) {
        Pack pack = packs.of(line(form.businessLine()));
        String category = form.category();
        return new Questions(
                pack,
                FormSetting.of(
                        pack,
                        constant(Kind.class, "kind", form.kind(), Kind.COMPLAINT),
                        constant(Channel.class, "channel", form.channel(), Channel.HOTLINE)
                                .name(),
                        category == null || category.isEmpty() ? null : category,
                        LocalDate.ofInstant(time.instant(), t.zone())),
                form.answers(),
                t);
    }

    private Submission.Draft submission(DeskRegistrationForm form, int affected) {
        return Submission.through(
                        Submission.Door.DESK,
                        line(form.businessLine()),
                        constant(Channel.class, "channel", form.channel(), Channel.HOTLINE))
                .kind(constant(Kind.class, "kind", form.kind(), Kind.COMPLAINT))
                .category(form.category())
                .title(form.title())
                .content(DeskRegistrationForm.text(form.content()))
                .customer(form.name(), form.phone(), form.email())
                .product(form.answers())
                .remedySought(form.remedySought())
                .customersAffected(affected);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, @Nullable String value, E usual) {
        if (value == null || value.isEmpty()) {
            return usual;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "/" + name,
                        "web.json.choice",
                        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private String line(@Nullable String asked) {
        if (asked == null || asked.isEmpty()) {
            return packs.businessLines().iterator().next();
        }
        if (!packs.businessLines().contains(asked)) {
            throw new BadInput("/businessLine", "intake.field.business-line", String.join(", ", packs.businessLines()));
        }
        return asked;
    }

    private static boolean isCall(@Nullable String call) {
        try {
            return call != null
                    && !call.isEmpty()
                    && UUID.fromString(call).toString().equals(call);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable Integer affected(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return 1;
        }
        try {
            int affected = Integer.parseInt(typed.strip());
            return affected < 1 ? null : affected;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Instant day(@Nullable String typed, Texts t) {
        return typed == null || typed.isBlank()
                ? null
                : LocalDate.parse(typed.strip()).atStartOfDay(t.zone()).toInstant();
    }

    /** The form's token is its key: sent twice, the second finds what the first has registered. */
    private static RequestKeys.Request request(DeskRegistrationForm form, SignedIn who) {
        try {
            return new RequestKeys.Request(
                    who.id(), "desk:" + UUID.fromString(DeskRegistrationForm.text(form.token())), new byte[0]);
        } catch (IllegalArgumentException e) {
            throw new BadInput("/token", "web.field.unreadable");
        }
    }

    private static FieldErrors with(FieldErrors errors, List<InvalidSubmission.Problem> problems, Texts t) {
        var all = errors;
        for (InvalidSubmission.Problem problem : problems) {
            all = all.with(
                    field(problem.pointer()),
                    t.of(problem.messageKey(), problem.arguments().toArray()));
        }
        return all;
    }

    /** The id of the field that a pointer means. */
    private static String field(String pointer) {
        if (pointer.startsWith("/product/")) {
            return "product-" + pointer.substring("/product/".length());
        }
        return switch (pointer) {
            case "/occurredAt" -> "occurredOn";
            case "/attachments" -> "files";
            default -> pointer.substring(pointer.lastIndexOf('/') + 1);
        };
    }

    private Page again(DeskRegistrationForm form, FieldErrors errors, Texts t) {
        return Page.invalid("intake/registration", page(form, errors, t));
    }

    private DeskRegistrationPage page(DeskRegistrationForm form, FieldErrors errors, Texts t) {
        var lines = packs.businessLines().stream()
                .map(line -> new Option(line, packs.line(line).name().in(t.locale())))
                .toList();
        Pack pack = packs.of(line(form.businessLine()));
        return new DeskRegistrationPage(
                form,
                pack,
                asked(form, t).all(key -> "product[" + key + "]", key -> "product-" + key),
                pack.form().watched(),
                lines,
                from(form),
                errors);
    }

    private DeskRegistrationPage.@Nullable FromMessage from(DeskRegistrationForm form) {
        try {
            return decisions
                    .find(UUID.fromString(DeskRegistrationForm.text(form.message())))
                    .map(Waiting::message)
                    .map(message -> {
                        Submission draft = message.draft();
                        return new DeskRegistrationPage.FromMessage(
                                message.channel(),
                                message.receivedAt(),
                                "/desk/screening/" + message.id(),
                                draft == null ? 0 : draft.attachments().size());
                    })
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
