package io.bihuan.complaint.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Factors;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a history in sentences, in the language of one reader. */
public final class Timeline {
    private record Told(
            @Nullable String title,
            String icon,
            String tone,
            @Nullable String sentence,
            @Nullable String quote,
            List<Attachment> files) {
        Told(String icon, String tone, @Nullable String sentence, @Nullable String quote, List<Attachment> files) {
            this(null, icon, tone, sentence, quote, files);
        }
    }

    private final Terms terms;
    private final Function<Actor, String> name;
    private final CaseTelling telling;
    private final Texts t;

    /** @param name how an actor is called */
    public Timeline(Terms terms, Function<Actor, String> name, CaseTelling telling, Texts t) {
        this.terms = terms;
        this.name = name;
        this.telling = telling;
        this.t = t;
    }

    /** Everybody of the staff who is named in these events. */
    public static Set<UUID> people(List<HistoryEvent> events, CaseTelling telling) {
        var people = new HashSet<UUID>();
        for (HistoryEvent event : events) {
            if (event.actor().kind() == Actor.Kind.STAFF) {
                people.add(UUID.fromString(event.actor().id()));
            }
            if (event.event() instanceof ComplaintEvent.CaseEvent work) {
                people.addAll(telling.people(work));
            }
            people.addAll(named(event.event()));
        }
        return people;
    }

    private static List<UUID> named(ComplaintEvent event) {
        if (event instanceof ComplaintEvent.Registered registered) {
            return List.of(registered.owner());
        }
        if (event instanceof ComplaintEvent.OwnershipConfirmed confirmed) {
            return List.of(confirmed.owner());
        }
        if (event instanceof ComplaintEvent.OwnershipTransferred transferred) {
            return List.of(transferred.from(), transferred.to());
        }
        if (event instanceof ComplaintEvent.Assessed assessed) {
            UUID handler = assessed.handler();
            return handler == null ? List.of() : List.of(handler);
        }
        if (event instanceof ComplaintEvent.Escalated escalated) {
            return escalated.told();
        }
        if (event instanceof ComplaintEvent.TaskOpened opened) {
            return List.of(opened.assignee());
        }
        return List.of();
    }

    public List<TimelineEntry> of(List<HistoryEvent> events) {
        return events.stream().map(this::entry).toList();
    }

    private TimelineEntry entry(HistoryEvent event) {
        Told told = told(event.event());
        return new TimelineEntry(
                event.sequence(),
                event.at(),
                told.title() != null ? told.title() : t.of("complaint.event." + event.type()),
                name.apply(event.actor()),
                told.icon(),
                told.tone(),
                told.sentence(),
                told.quote(),
                told.files().stream().map(Evidence::of).toList());
    }

    private Told told(ComplaintEvent event) {
        return switch (event) {
            case ComplaintEvent.Registered e ->
                new Told(
                        "inbox",
                        "blue",
                        t.of(
                                "complaint.said.Registered",
                                t.of(e.channel()),
                                t.of(e.severity()),
                                t.of(e.priority()),
                                staff(e.owner())),
                        null,
                        e.attachments());
            case ComplaintEvent.ArrivedClosed e ->
                told("check", "secondary", t.of("complaint.said.ArrivedClosed", t.dateTime(e.closedAt())), e.reply());
            case ComplaintEvent.Acknowledged e ->
                told(
                        "message",
                        "blue",
                        e.way().isTelling()
                                ? t.of("complaint.said.Acknowledged", t.of(e.way()))
                                : t.of("complaint.said.Dialled"),
                        null);
            case ComplaintEvent.OwnershipConfirmed e ->
                told("user", "teal", t.of("complaint.said.OwnershipConfirmed", staff(e.owner())), null);
            case ComplaintEvent.OwnershipTransferred e ->
                told(
                        "users",
                        "orange",
                        t.of("complaint.said.OwnershipTransferred", staff(e.from()), staff(e.to())),
                        e.reason());
            case ComplaintEvent.Assessed e -> assessed(e);
            case ComplaintEvent.Verified e ->
                told("search", "purple", t.of("complaint.said.Verified", t.of(e.finding())), e.account());
            case ComplaintEvent.Solved e -> solved(e);
            case ComplaintEvent.ResultTold e ->
                told("phone", "green", t.of("complaint.said.ResultTold", t.of(e.way())), e.text());
            case ComplaintEvent.Confirmed e ->
                told(
                        "check",
                        "green",
                        e.rating() == null ? through(e.through()) : t.of("complaint.said.Confirmed", e.rating()),
                        e.comment());
            case ComplaintEvent.ResultRefused e -> told("x", "red", through(e.through()), e.reason());
            case ComplaintEvent.ConfirmationAttempted e ->
                told("phone", "yellow", t.of("complaint.said.ConfirmationAttempted", t.of(e.way())), e.note());
            case ComplaintEvent.ClosedUnreached e -> told("x", "orange", null, e.reason());
            case ComplaintEvent.Archived e ->
                told("inbox", "secondary", e.cause() == null ? null : t.of("complaint.said.Archived"), e.cause());
            case ComplaintEvent.Returned e ->
                told("left", "orange", t.of("complaint.said.Returned", t.of(e.to())), e.reason());
            case ComplaintEvent.Withdrawn e -> told("left", "secondary", null, e.reason());
            case ComplaintEvent.Reopened e -> told("loop", "orange", null, e.reason());
            case ComplaintEvent.InformationAdded e ->
                new Told("plus", "blue", through(e.through()), quote(e.text()), e.attachments());
            case ComplaintEvent.Noted e -> new Told("edit", "secondary", null, quote(e.text()), e.attachments());
            case ComplaintEvent.CustomerAsked e -> told("pause", "yellow", null, e.question());
            case ComplaintEvent.WorkResumed e -> told("right", "teal", null, e.reason());
            case ComplaintEvent.ResultDelivered e ->
                told("check", "green", t.of("complaint.said.ResultDelivered", t.of(e.way())), null);
            case ComplaintEvent.FactsAdded e -> told("plus", "orange", null, e.facts());
            case ComplaintEvent.ClocksPaused e ->
                told(
                        "pause",
                        "yellow",
                        told(t.of("clock.pauseFor." + e.reason()), "complaint.said.pause.told", e.told()),
                        e.note());
            case ComplaintEvent.ClocksResumed e ->
                told("right", "teal", t.of("clock.pauseFor." + e.reason()), e.note());
            case ComplaintEvent.ClockExtended e ->
                told(
                        "plus",
                        "orange",
                        told(
                                t.of(
                                        "complaint.said.ClockExtended",
                                        terms.clock(e.clock()),
                                        t.of("clock.extensionReason." + e.why())),
                                "complaint.said.pause.told",
                                e.told()),
                        e.note());
            case ComplaintEvent.ClockReplaced e ->
                new Told(
                        "loop",
                        "orange",
                        t.of("complaint.said.ClockReplaced", terms.clock(e.clock())),
                        e.reason(),
                        List.of());
            case ComplaintEvent.DeadlineCorrected e ->
                told("clock", "orange", t.of("complaint.said.DeadlineCorrected"), null);
            case ComplaintEvent.ClockWarned e -> warned(e);
            case ComplaintEvent.Escalated e -> escalated(e);
            case ComplaintEvent.EscalationAcknowledged e ->
                told("check", "teal", t.of("complaint.said.EscalationAcknowledged", terms.clock(e.clock())), null);
            case ComplaintEvent.SeverityRaised e ->
                told("flag", "red", t.of("complaint.said.SeverityRaised", t.of(e.from()), t.of(e.to())), null);
            case ComplaintEvent.TaskOpened e ->
                new Told(
                        "list",
                        "purple",
                        t.of("complaint.said.TaskOpened", staff(e.assignee()), t.dateTime(e.dueAt())),
                        terms.of(e.text()),
                        List.of());
            case ComplaintEvent.KindConverted e ->
                told("tag", "purple", t.of("complaint.said.KindConverted", t.of(e.from()), t.of(e.to())), e.reason());
            case ComplaintEvent.Joined e ->
                told("link", "orange", t.of("complaint.said.Joined", e.into().readable()), e.reason());
            case ComplaintEvent.JoinedBy e ->
                told("link", "blue", t.of("complaint.said.JoinedBy", e.joined().readable()), null);
            case ComplaintEvent.Separated e ->
                told("link", "orange", t.of("complaint.said.Separated", e.from().readable()), e.reason());
            case ComplaintEvent.SeparatedFrom e ->
                told(
                        "link",
                        "orange",
                        t.of("complaint.said.SeparatedFrom", e.separated().readable()),
                        null);
            case ComplaintEvent.Linked e ->
                told(
                        "link",
                        "secondary",
                        t.of("complaint.said.Linked", t.of(e.kind()), e.other().readable()),
                        null);
            case ComplaintEvent.Unlinked e ->
                told(
                        "link",
                        "secondary",
                        t.of("complaint.said.Unlinked", e.other().readable()),
                        null);
            case ComplaintEvent.TaskDone e -> told("check", "green", null, null);
            case ComplaintEvent.AuthorityAnswered e ->
                told(
                        "check",
                        "green",
                        t.of("complaint.said.AuthorityAnswered", t.of(e.way()), t.dateTime(e.settledAt())),
                        e.result());
            case ComplaintEvent.CaseEvent e -> {
                var words = telling.words(e, new CaseEventWords.Reader(terms.pack(), name, t));
                yield new Told(
                        words.title(), words.icon(), words.tone(), words.sentence(), words.quote(), words.files());
            }
            case ComplaintEvent.Erased e -> new Told("lock", "secondary", null, e.reason(), List.of());
        };
    }

    /** By which of the numbers that were joined it came. */
    private @Nullable String through(@Nullable ComplaintNumber number) {
        return number == null ? null : t.of("complaint.said.through", number.readable());
    }

    private String told(String sentence, String key, @Nullable Contact way) {
        return way == null ? sentence : sentence + t.of(key, t.of(way));
    }

    private Told warned(ComplaintEvent.ClockWarned e) {
        String clock = terms.clock(e.clock());
        boolean isNear = e.level() < 100;
        String near = e.point() == null
                ? t.of("complaint.said.ClockWarned", clock, e.level())
                : t.of("complaint.said.ClockWarned.soon", clock);
        return told(
                isNear ? "clock" : "alert",
                isNear ? "yellow" : "red",
                isNear ? near : t.of("complaint.said.ClockWarned.due", clock),
                null);
    }

    private Told escalated(ComplaintEvent.Escalated e) {
        String level = t.of("complaint.said.Escalated", terms.clock(e.clock()), e.level());
        if (e.told().isEmpty()) {
            return told("up", "orange", level, null);
        }
        String separator = t.of("clock.escalation.list");
        return told(
                "up",
                "orange",
                level
                        + t.of(
                                "complaint.said.Escalated.told",
                                e.to().stream().map(t::of).collect(Collectors.joining(separator)),
                                e.told().stream().map(this::staff).collect(Collectors.joining(separator))),
                null);
    }

    private Told assessed(ComplaintEvent.Assessed e) {
        String sentence = t.of(
                "complaint.said.Assessed",
                t.of(e.kind()),
                terms.categoryPath(e.category()),
                t.of(e.severity()),
                t.of(e.priority()),
                terms.department(e.department()));
        UUID handler = e.handler();
        Factors factors = e.factors();
        String weighed = factors == null
                ? ""
                : t.of(
                        "complaint.said.Assessed.factors",
                        factors.severity(),
                        factors.safety(),
                        factors.complexity(),
                        factors.impact(),
                        factors.immediacy());
        return told(
                "tag",
                "purple",
                sentence + (handler == null ? "" : t.of("complaint.said.Assessed.handler", staff(handler))) + weighed,
                e.note());
    }

    private Told solved(ComplaintEvent.Solved e) {
        String routes = quote(e.routes());
        String measures = quote(e.measures());
        return new Told(
                "settings",
                "teal",
                t.of("complaint.said.Solved", t.of(e.outcome())),
                routes == null ? measures : measures + "\n" + t.of("complaint.said.Solved.routes", routes),
                List.of());
    }

    private static Told told(String icon, String tone, @Nullable String sentence, @Nullable Personal quote) {
        return new Told(icon, tone, sentence, quote(quote), List.of());
    }

    private static @Nullable String quote(@Nullable Personal text) {
        String said = Personal.text(text);
        return said.isBlank() ? null : said;
    }

    private String staff(UUID id) {
        return name.apply(Actor.staff(id));
    }
}
