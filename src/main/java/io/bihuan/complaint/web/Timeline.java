package io.bihuan.complaint.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells a history in sentences, in the language of one reader. */
final class Timeline {
    private record Told(String icon, String tone, @Nullable String sentence, @Nullable String quote, List<Attachment> files) {}

    private final Terms terms;
    private final Function<Actor, String> name;
    private final Texts t;

    /** @param name how an actor is called */
    Timeline(Terms terms, Function<Actor, String> name, Texts t) {
        this.terms = terms;
        this.name = name;
        this.t = t;
    }

    /** Everybody of the staff who is named in these events. */
    static Set<UUID> people(List<HistoryEvent> events) {
        var people = new HashSet<UUID>();
        for (HistoryEvent event : events) {
            if (event.actor().kind() == Actor.Kind.STAFF) {
                people.add(UUID.fromString(event.actor().id()));
            }
            switch (event.event()) {
                case ComplaintEvent.Registered e -> people.add(e.owner());
                case ComplaintEvent.OwnershipConfirmed e -> people.add(e.owner());
                case ComplaintEvent.OwnershipTransferred e -> people.addAll(List.of(e.from(), e.to()));
                case ComplaintEvent.Assessed e -> {
                    if (e.handler() != null) {
                        people.add(e.handler());
                    }
                }
                default -> {} // names nobody
            }
        }
        return people;
    }

    List<TimelineEntry> of(List<HistoryEvent> events) {
        return events.stream().map(this::entry).toList();
    }

    private TimelineEntry entry(HistoryEvent event) {
        Told told = told(event.event());
        return new TimelineEntry(
                event.sequence(),
                event.at(),
                t.of("complaint.event." + event.type()),
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
                told("message", "blue", t.of("complaint.said.Acknowledged", t.of(e.way())), null);
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
                        e.rating() == null ? null : t.of("complaint.said.Confirmed", e.rating()),
                        e.comment());
            case ComplaintEvent.ResultRefused e -> told("x", "red", null, e.reason());
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
                new Told("plus", "blue", null, quote(e.text()), e.attachments());
            case ComplaintEvent.Noted e -> new Told("edit", "secondary", null, quote(e.text()), e.attachments());
            case ComplaintEvent.CustomerAsked e -> told("pause", "yellow", null, e.question());
            case ComplaintEvent.WorkResumed e -> told("right", "teal", null, e.reason());
            case ComplaintEvent.ClockWarned e ->
                told(
                        e.level() < 100 ? "clock" : "alert",
                        e.level() < 100 ? "yellow" : "red",
                        e.level() < 100
                                ? t.of("complaint.said.ClockWarned", terms.clock(e.clock()), e.level())
                                : t.of("complaint.said.ClockWarned.due", terms.clock(e.clock())),
                        null);
            case ComplaintEvent.Erased e -> new Told("lock", "secondary", null, e.reason(), List.of());
        };
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
        return told(
                "tag",
                "purple",
                handler == null ? sentence : sentence + t.of("complaint.said.Assessed.handler", staff(handler)),
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
