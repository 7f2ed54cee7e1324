package io.bihuan.portal.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.platform.Actor;
import io.bihuan.web.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** The complaint with its oldest events first; empty for a link that was not made here. */
    record Opened(String token, Dossier dossier, List<HistoryEvent> events) {
        ComplaintNumber number() {
            return dossier.complaint().number();
        }

        String path() {
            return PATH + token;
        }

        /** The files that the customer sent; those of the staff are not the customer's to see. */
        List<Attachment> ownFiles() {
            return events.stream()
                    .filter(event -> event.actor().kind() == Actor.Kind.CUSTOMER)
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
        return links.verify(token)
                .flatMap(number -> complaints.dossier(number, Integer.MAX_VALUE, MOST_EVENTS))
                .map(dossier -> new Opened(token, dossier, events(dossier)));
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
