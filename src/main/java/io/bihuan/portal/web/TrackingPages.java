package io.bihuan.portal.web;

import io.bihuan.clock.Clock;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintEvent.CustomerAsked;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.ProductAnswers;
import io.bihuan.complaint.Stage;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.CorrespondenceEvent;
import io.bihuan.correspondence.PlannedNotice;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.files.MediaTypes;
import io.bihuan.portal.Answers;
import io.bihuan.portal.FormToken;
import io.bihuan.portal.web.TrackingPage.Entry;
import io.bihuan.portal.web.TrackingPage.Fact;
import io.bihuan.portal.web.TrackingPage.OwnFile;
import io.bihuan.portal.web.TrackingPage.Result;
import io.bihuan.portal.web.TrackingPage.Step;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.Offer;
import io.bihuan.solution.ProposalLinks;
import io.bihuan.solution.Solutions;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.teamwork.SharedThread;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the page of a followed complaint. What of the history a customer may see is decided here, event by event. */
@Component
class TrackingPages {
    private final Packs packs;
    private final Promises promises;
    private final Staff staff;
    private final CaseTelling telling;
    private final Answers answers;
    private final Solutions solutions;
    private final ProposalLinks proposalLinks;
    private final SharedThread thread;
    private final Correspondence correspondence;

    TrackingPages(
            Packs packs,
            Promises promises,
            Staff staff,
            CaseTelling telling,
            Answers answers,
            Solutions solutions,
            ProposalLinks proposalLinks,
            SharedThread thread,
            Correspondence correspondence) {
        this.packs = packs;
        this.promises = promises;
        this.staff = staff;
        this.telling = telling;
        this.answers = answers;
        this.solutions = solutions;
        this.proposalLinks = proposalLinks;
        this.thread = thread;
        this.correspondence = correspondence;
    }

    /** What the customer has typed into the forms of the page so far, and what is wrong with it. */
    record Typing(
            InformationForm information,
            FilesPart files,
            ConfirmationForm confirmation,
            String said,
            FieldErrors errors) {
        static Typing nothing(Complaint complaint) {
            return new Typing(
                    InformationForm.empty(),
                    FilesPart.EMPTY,
                    ConfirmationForm.empty(complaint.toldAt()),
                    "",
                    FieldErrors.NONE);
        }

        Typing with(InformationForm form, FilesPart part, FieldErrors wrong) {
            return new Typing(form, part, confirmation, said, wrong);
        }

        Typing with(ConfirmationForm form, FieldErrors wrong) {
            return new Typing(information, files, form, said, wrong);
        }

        Typing with(String text, FieldErrors wrong) {
            return new Typing(information, files, confirmation, text, wrong);
        }
    }

    TrackingPage page(Followed.Opened opened, Typing typing, Texts t) {
        Complaint complaint = opened.dossier().complaint();
        List<Clock> clocks = opened.dossier().clocks();
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        Map<UUID, StaffMember> people = staff.names(people(opened));
        boolean isTold = complaint.stage() == Stage.FEEDBACK && complaint.toldAt() != null;
        CustomerAsked asked = complaint.isWaiting() ? question(opened.shown()) : null;
        return new TrackingPage(
                opened.path(),
                opened.own().kind(),
                opened.number().readable(),
                opened.own().registeredAt(),
                steps(complaint, reached(opened.events()), t),
                now(complaint, t),
                complaint.ownerConfirmedAt() == null ? null : name(people, complaint.owner()),
                promised(opened, complaint, clocks, t).stream()
                        .map(each -> new TrackingPage.Promised(
                                each.label(), each.until(), each.state(), each.tone(), each.changes()))
                        .toList(),
                asked == null ? null : Personal.text(asked.question()),
                result(opened.events(), complaint, pack, t),
                offers(opened),
                conversation(opened, typing.said(), t),
                entries(opened, asked, people, t).reversed(),
                facts(opened.own(), packs.get(opened.own().pack(), opened.own().packVersion()), t),
                isTold,
                complaint.erasedAt() == null && opened.own().erasedAt() == null,
                !opened.isJoined() && opened.own().kind() == Kind.COMPLAINT && Answers.mayBeWithdrawn(complaint),
                !opened.isJoined() && answers.mayBeReopened(complaint),
                pack.texts().hotline().number(),
                pack.texts().hotline().hours().in(t.locale()),
                typing.information(),
                typing.files(),
                typing.confirmation(),
                typing.errors());
    }

    /** Without the notices that the result has overtaken: of what was never told nothing was kept either. */
    private List<Promises.Kept> promised(Followed.Opened opened, Complaint complaint, List<Clock> clocks, Texts t) {
        List<PlannedNotice> notices = correspondence.notices(complaint.id());
        Set<String> overtaken = clocks(notices, PlannedNotice::isOvertaken);
        List<Clock> others = clocks.stream()
                .filter(clock -> !overtaken.contains(clock.name()))
                .toList();
        return promises.of(complaint, others, clocks(notices, PlannedNotice::isMissed), opened.events(), t);
    }

    private static Set<String> clocks(List<PlannedNotice> notices, Predicate<PlannedNotice> which) {
        return notices.stream()
                .filter(which)
                .map(planned -> planned.notice().clock())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<UUID> people(Followed.Opened opened) {
        var people = new HashSet<UUID>();
        people.add(opened.dossier().complaint().owner());
        for (HistoryEvent event : opened.shown()) {
            if (event.event() instanceof ComplaintEvent.OwnershipConfirmed confirmed) {
                people.add(confirmed.owner());
            } else if (event.event() instanceof ComplaintEvent.OwnershipTransferred transferred) {
                people.add(transferred.to());
            }
        }
        return people;
    }

    private static @Nullable String name(Map<UUID, StaffMember> people, UUID id) {
        StaffMember member = people.get(id);
        return member == null ? null : member.name();
    }

    private static List<Step> steps(Complaint complaint, Set<Stage> reached, Texts t) {
        return Arrays.stream(Stage.values())
                .map(stage -> new Step(t.of(stage), state(complaint, stage, reached)))
                .toList();
    }

    /** A withdrawn complaint never saw the stages in between, and does not say so. */
    private static Set<Stage> reached(List<HistoryEvent> events) {
        var reached = EnumSet.of(Stage.ACCEPT);
        for (HistoryEvent event : events) {
            if (event.event() instanceof ComplaintEvent.Assessed) {
                reached.add(Stage.VERIFY);
            } else if (event.event() instanceof ComplaintEvent.Verified) {
                reached.add(Stage.HANDLE);
            } else if (event.event() instanceof ComplaintEvent.Solved) {
                reached.add(Stage.FEEDBACK);
            }
        }
        return reached;
    }

    private static String state(Complaint complaint, Stage stage, Set<Stage> reached) {
        if (stage == complaint.stage()) {
            return complaint.isOpen() ? "now" : "past";
        }
        return stage.compareTo(complaint.stage()) < 0 && reached.contains(stage) ? "past" : "next";
    }

    private static String now(Complaint complaint, Texts t) {
        if (complaint.erasedAt() != null) {
            return t.of("portal.now.erased");
        }
        if (complaint.isWaiting()) {
            return t.of("portal.now.waiting");
        }
        return switch (complaint.stage()) {
            case ACCEPT ->
                t.of(complaint.ownerConfirmedAt() == null ? "portal.now.accept" : "portal.now.accept.confirmed");
            case VERIFY -> t.of("portal.now.verify");
            case HANDLE -> t.of("portal.now.handle");
            case FEEDBACK -> t.of(complaint.toldAt() == null ? "portal.now.feedback" : "portal.now.feedback.told");
            case ARCHIVE -> t.of(complaint.isOpen() ? "portal.now.archive" : "portal.now.archived");
        };
    }

    private static @Nullable CustomerAsked question(List<HistoryEvent> events) {
        return events.reversed().stream()
                .flatMap(event -> event.event() instanceof CustomerAsked asked ? Stream.of(asked) : Stream.empty())
                .findFirst()
                .orElse(null);
    }

    /** Whether it says what stands on the page as the open question already: the question, or the letter that brought it. */
    private static boolean asks(@Nullable CustomerAsked open, ComplaintEvent event) {
        if (open == null) {
            return false;
        }
        String question = Personal.text(open.question());
        return event.equals(open)
                || (event instanceof CorrespondenceEvent.Told told
                        && told.purpose() == Purpose.INFORMATION_REQUEST
                        && !question.isBlank()
                        && Personal.text(told.text()).contains(question));
    }

    /** The result that was told last, until the work on another one begins. */
    private static @Nullable Result result(List<HistoryEvent> events, Complaint complaint, Pack pack, Texts t) {
        if (complaint.toldAt() == null) {
            return null;
        }
        ComplaintEvent.Solved solved = null;
        Result result = null;
        for (HistoryEvent event : events) {
            if (event.event() instanceof ComplaintEvent.Solved decided) {
                solved = decided;
            } else if (event.event() instanceof ComplaintEvent.ResultTold told) {
                boolean isRejected = solved != null && solved.outcome() == Outcome.REJECTED;
                result = new Result(
                        Personal.text(told.text()),
                        event.at(),
                        routes(solved),
                        isRejected ? ExternalBody.all(pack, t) : List.of());
            }
        }
        return result;
    }

    private static @Nullable String routes(ComplaintEvent.@Nullable Solved solved) {
        return solved == null || solved.outcome() != Outcome.REJECTED ? null : shown(solved.routes());
    }

    private static @Nullable String shown(@Nullable Personal text) {
        String plain = Personal.text(text);
        return plain.isBlank() ? null : plain;
    }

    private static List<Fact> facts(Complaint complaint, Pack pack, Texts t) {
        var facts = new ArrayList<Fact>();
        add(
                facts,
                t.of(complaint.kind() == Kind.COMPLAINT ? "portal.facts.customer" : "portal.facts.customer.other"),
                customer(complaint));
        add(facts, t.of("portal.filing.title"), Personal.text(complaint.title()));
        add(facts, t.of("portal.filing.content"), Personal.text(complaint.content()));
        add(facts, t.of("portal.filing.occurredOn"), t.date(complaint.occurredAt()));
        ProductAnswers.of(complaint, pack).lines(false, t).forEach(line -> add(facts, line.label(), line.text()));
        String remedy = complaint.remedySought();
        add(
                facts,
                t.of("portal.filing.remedy"),
                Optional.ofNullable(remedy)
                        .flatMap(pack.remedies()::find)
                        .map(each -> each.label().in(t.locale()))
                        .orElse(""));
        return facts;
    }

    private static String customer(Complaint complaint) {
        return String.join(
                        " ",
                        Masks.name(Personal.valueOf(complaint.customer().name())),
                        Masks.phone(Personal.valueOf(complaint.customer().phone())),
                        Masks.email(Personal.valueOf(complaint.customer().email())))
                .strip();
    }

    private static void add(List<Fact> facts, String label, String text) {
        if (!text.isBlank()) {
            facts.add(new Fact(label, text));
        }
    }

    /** What was proposed to this customer; whose complaint was joined to another one reads what is told to both. */
    private List<TrackingPage.Offered> offers(Followed.Opened opened) {
        Complaint complaint = opened.dossier().complaint();
        return opened.isJoined() || complaint.erasedAt() != null
                ? List.of()
                : solutions.offers(complaint).stream()
                        .map(offer -> new TrackingPage.Offered(
                                proposalLinks.path(opened.number(), offer.number()),
                                offer.number(),
                                offer.state() == Offer.State.OPEN,
                                offer.sentAt()))
                        .toList();
    }

    private TrackingPage.@Nullable Conversation conversation(Followed.Opened opened, String typed, Texts t) {
        Complaint complaint = opened.dossier().complaint();
        if (opened.isJoined() || complaint.erasedAt() != null) {
            return null;
        }
        return thread.of(complaint.id())
                .map(shared -> {
                    Map<UUID, StaffMember> known = staff.names(shared.lines().stream()
                            .flatMap(line -> Stream.ofNullable(line.staff()))
                            .collect(Collectors.toSet()));
                    return new TrackingPage.Conversation(
                            shared.isOpen() && complaint.isOpen(),
                            shared.lines().stream()
                                    .map(line -> new TrackingPage.Conversation.Line(
                                            line.staff() == null
                                                    ? null
                                                    : Objects.requireNonNullElseGet(
                                                            name(known, line.staff()),
                                                            () -> t.of("portal.conversation.staff")),
                                            line.at(),
                                            line.text(),
                                            files(opened, line.files())))
                                    .toList(),
                            FormToken.next().toString(),
                            typed);
                })
                .orElse(null);
    }

    private List<Entry> entries(
            Followed.Opened opened, @Nullable CustomerAsked asked, Map<UUID, StaffMember> people, Texts t) {
        var entries = new ArrayList<Entry>();
        boolean isAssigned = false;
        ComplaintEvent.Solved solved = null;
        for (HistoryEvent event : opened.shown()) {
            if (event.event() instanceof ComplaintEvent.Assessed && isAssigned) {
                continue; // a correction within the house
            }
            if (asks(asked, event.event())) {
                continue; // it stands above, with the form for the answer
            }
            isAssigned |= event.event() instanceof ComplaintEvent.Assessed;
            if (event.event() instanceof ComplaintEvent.Solved decided) {
                solved = decided;
            }
            Entry entry = entry(opened, event, solved, people, t);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** How an event looks to the customer; null when it is none of the customer's business. */
    private @Nullable Entry entry(
            Followed.Opened opened,
            HistoryEvent event,
            ComplaintEvent.@Nullable Solved solved,
            Map<UUID, StaffMember> people,
            Texts t) {
        Instant at = event.at();
        boolean isOwn = opened.isOwn(event);
        return switch (event.event()) {
            case ComplaintEvent.Registered e ->
                new Entry(
                        t.of(
                                opened.own().kind() == Kind.COMPLAINT
                                        ? "portal.event.registered"
                                        : "portal.event.registered.other",
                                t.of(opened.own().kind())),
                        at,
                        "flag",
                        "teal",
                        null,
                        isOwn ? files(opened, e.attachments()) : List.of());
            case ComplaintEvent.ArrivedClosed e ->
                plain("portal.event.closed-elsewhere", at, "check", "green", shown(e.reply()), t);
            case ComplaintEvent.Acknowledged e ->
                plain(
                        e.way().isTelling() ? "portal.event.acknowledged" : "portal.event.dialled",
                        at,
                        "check",
                        "teal",
                        null,
                        t);
            case ComplaintEvent.OwnershipConfirmed e -> named("portal.event.owner", name(people, e.owner()), at, t);
            case ComplaintEvent.OwnershipTransferred e ->
                // Without a reason somebody picked it up, and the confirmation beside it says so.
                shown(e.reason()) == null && !event.actor().equals(Actor.SYSTEM)
                        ? null
                        : named("portal.event.new-owner", name(people, e.to()), at, t);
            case ComplaintEvent.Assessed e -> plain("portal.event.assigned", at, "users", "blue", null, t);
            case ComplaintEvent.Verified e -> plain("portal.event.verified", at, "search", "blue", null, t);
            case ComplaintEvent.ResultTold e ->
                plain("portal.event.told", at, "message", "purple", told(e, solved, t), t);
            case ComplaintEvent.Confirmed e ->
                plain("portal.event.confirmed", at, "check", "green", confirmed(e, isOwn, t), t);
            case ComplaintEvent.ResultRefused e ->
                plain("portal.event.refused", at, "loop", "orange", isOwn ? shown(e.reason()) : null, t);
            case ComplaintEvent.ConfirmationAttempted e ->
                plain("portal.event.attempted", at, "phone", "secondary", t.of(e.way()), t);
            case ComplaintEvent.ClosedUnreached e -> plain("portal.event.unreached", at, "phone", "secondary", null, t);
            case ComplaintEvent.Archived e -> plain("portal.event.archived", at, "inbox", "green", null, t);
            case ComplaintEvent.Withdrawn e ->
                plain("portal.event.withdrawn", at, "x", "secondary", isOwn ? shown(e.reason()) : null, t);
            case ComplaintEvent.Reopened e ->
                plain("portal.event.reopened", at, "loop", "orange", isOwn ? shown(e.reason()) : null, t);
            case ComplaintEvent.InformationAdded e ->
                isOwn
                        ? new Entry(
                                t.of("portal.event.added"),
                                at,
                                "plus",
                                "teal",
                                shown(e.text()),
                                files(opened, e.attachments()))
                        : null;
            case CustomerAsked e -> plain("portal.event.asked", at, "message", "yellow", shown(e.question()), t);
            case ComplaintEvent.Erased e -> plain("portal.event.erased", at, "shield", "secondary", null, t);
            case ComplaintEvent.Solved e -> null;
            case ComplaintEvent.Returned e -> null;
            case ComplaintEvent.Noted e -> null;
            case ComplaintEvent.WorkResumed e -> null;
            case ComplaintEvent.DeadlineCorrected e ->
                event.clocks().isEmpty() ? null : plain("portal.event.corrected", at, "clock", "orange", null, t);
            case ComplaintEvent.ClockExtended e ->
                plain("portal.event.extended", at, "clock", "orange", t.of("clock.extensionReason." + e.why()), t);
            case ComplaintEvent.ClocksPaused e ->
                plain("portal.event.paused", at, "pause", "yellow", t.of("clock.pauseFor." + e.reason()), t);
            case ComplaintEvent.ClocksResumed e -> plain("portal.event.resumed", at, "right", "teal", null, t);
            case ComplaintEvent.FactsAdded e -> null;
            case ComplaintEvent.ClockReplaced e -> null;
            case ComplaintEvent.ResultDelivered e -> null;
            case ComplaintEvent.AuthorityAnswered e -> null;
            case ComplaintEvent.ClockWarned e -> null;
            case ComplaintEvent.Escalated e -> null;
            case ComplaintEvent.EscalationAcknowledged e -> null;
            case ComplaintEvent.SeverityRaised e -> null;
            case ComplaintEvent.Joined e -> plain("portal.event.joined", at, "link", "blue", null, t);
            case ComplaintEvent.Separated e -> plain("portal.event.separated", at, "link", "blue", null, t);
            case ComplaintEvent.KindConverted e -> plain("portal.event.converted", at, "tag", "blue", t.of(e.to()), t);
            case ComplaintEvent.JoinedBy e -> null;
            case ComplaintEvent.SeparatedFrom e -> null;
            case ComplaintEvent.Linked e -> null;
            case ComplaintEvent.Unlinked e -> null;
            case ComplaintEvent.TaskOpened e -> null;
            case ComplaintEvent.TaskDone e -> null;
            case ComplaintEvent.CaseEvent e ->
                // What was said to one customer is not said to the one whose complaint was joined.
                (opened.isJoined() && opened.events().contains(event)
                                ? Optional.<CaseEventWords.Words>empty()
                                : telling.toCustomer(e, t))
                        .map(words -> new Entry(
                                words.title(),
                                at,
                                words.icon(),
                                words.tone(),
                                words.quote() == null ? words.sentence() : words.quote(),
                                isOwn ? files(opened, words.files()) : List.of()))
                        .orElse(null);
        };
    }

    private static Entry plain(String key, Instant at, String icon, String tone, @Nullable String text, Texts t) {
        return new Entry(t.of(key), at, icon, tone, text, List.of());
    }

    private static Entry named(String key, @Nullable String name, Instant at, Texts t) {
        String title = name == null ? t.of(key + ".unnamed") : t.of(key, name);
        return new Entry(title, at, "user", "teal", null, List.of());
    }

    private static String told(ComplaintEvent.ResultTold told, ComplaintEvent.@Nullable Solved solved, Texts t) {
        String text = Personal.text(told.text());
        String routes = routes(solved);
        return routes == null ? text : text + "\n" + t.of("portal.result.routes.line", routes);
    }

    private static @Nullable String confirmed(ComplaintEvent.Confirmed confirmed, boolean isOwn, Texts t) {
        Integer rating = confirmed.rating();
        String stars = rating == null ? "" : t.of("portal.event.rating", rating);
        String comment = isOwn ? Personal.text(confirmed.comment()) : "";
        String text = (stars + "\n" + comment).strip();
        return text.isEmpty() ? null : text;
    }

    private static List<OwnFile> files(Followed.Opened opened, List<Attachment> attachments) {
        return attachments.stream()
                .map(file -> new OwnFile(
                        opened.path() + "/files/" + file.sha256(),
                        Personal.text(file.name()),
                        FilesPart.size(file.size()),
                        MediaTypes.isSafeImage(file.mediaType())))
                .toList();
    }
}
