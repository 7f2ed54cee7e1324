package io.bihuan.portal.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.platform.Actor;
import io.bihuan.web.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** A complaint that a customer follows, opened by the last part of its signed link. */
@Component
class Followed {
    private static final String PATH = "/t/";
    private static final int MOST_EVENTS = 500;

    private final Complaints complaints;
    private final TrackingLinks links;

    Followed(Complaints complaints, TrackingLinks links) {
        this.complaints = complaints;
        this.links = links;
    }

    /**
     * A complaint as its customer follows it.
     *
     * @param own the customer's own complaint
     * @param dossier the one in which it goes on, if it was joined; else the customer's own
     * @param events of that one, the oldest first
     * @param shown what the customer may see something of, the oldest first: what happened to the own complaint and, since it was
     *     joined, to the other one
     */
    record Opened(String token, Complaint own, Dossier dossier, List<HistoryEvent> events, List<HistoryEvent> shown) {
        ComplaintNumber number() {
            return own.number();
        }

        /** The customer's own number and what goes on under it, if that is another one. */
        boolean isJoined() {
            return own.isJoined();
        }

        /** Whether this customer did it: two customers whose complaints were joined do not read what the other one wrote. */
        boolean isOwn(HistoryEvent event) {
            if (event.actor().kind() != Actor.Kind.CUSTOMER) {
                return false;
            }
            ComplaintNumber through = through(event.event());
            boolean isOfOther = isJoined() && events.contains(event);
            return isOfOther ? number().equals(through) : through == null || through.equals(number());
        }

        private static @Nullable ComplaintNumber through(ComplaintEvent event) {
            if (event instanceof ComplaintEvent.InformationAdded added) {
                return added.through();
            }
            if (event instanceof ComplaintEvent.Confirmed confirmed) {
                return confirmed.through();
            }
            return event instanceof ComplaintEvent.ResultRefused refused ? refused.through() : null;
        }

        String path() {
            return PATH + token;
        }

        /** The files that the customer sent; those of the staff are not the customer's to see. */
        List<Attachment> ownFiles() {
            return shown.stream()
                    .filter(this::isOwn)
                    .flatMap(event -> files(event.event()))
                    .toList();
        }

        private static Stream<Attachment> files(ComplaintEvent event) {
            if (event instanceof ComplaintEvent.Registered registered) {
                return registered.attachments().stream();
            }
            return event instanceof ComplaintEvent.InformationAdded added
                    ? added.attachments().stream()
                    : Stream.empty();
        }
    }

    Optional<Opened> open(String token) {
        return links.verify(token).flatMap(this::dossier).map(own -> opened(token, own));
    }

    private Optional<Dossier> dossier(ComplaintNumber number) {
        return complaints.dossier(number, Integer.MAX_VALUE, MOST_EVENTS);
    }

    private Opened opened(String token, Dossier own) {
        List<HistoryEvent> events = events(own);
        Instant joinedAt = own.complaint().joinedAt();
        Dossier living = joinedAt == null
                ? own
                : dossier(complaints.living(own.complaint().number())).orElse(own);
        if (joinedAt == null || living.equals(own)) {
            return new Opened(token, own.complaint(), own, events, events);
        }
        List<HistoryEvent> others = events(living);
        var shown = new ArrayList<>(events);
        others.stream().filter(event -> !event.at().isBefore(joinedAt)).forEach(shown::add);
        shown.sort(Comparator.comparing(HistoryEvent::at));
        return new Opened(token, own.complaint(), living, others, shown);
    }

    /** The newest five hundred and, whatever lies between, the registration. */
    private List<HistoryEvent> events(Dossier dossier) {
        List<HistoryEvent> events = dossier.events().reversed();
        if (events.isEmpty() || events.getFirst().sequence() == 1) {
            return events;
        }
        var all = new ArrayList<>(complaints.history(dossier.complaint().number(), 0, 1));
        all.addAll(events);
        return all;
    }

    /** The last part of a complaint's link. */
    static String token(TrackingLinks links, ComplaintNumber number) {
        return links.path(number).substring(PATH.length());
    }

    /** A link that leads nowhere: most often a piece of it was lost on the way. */
    static Page brokenLink() {
        return Page.of("portal/broken", new BrokenPage()).status(HttpStatus.NOT_FOUND);
    }
}
