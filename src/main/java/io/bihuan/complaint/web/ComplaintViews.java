package io.bihuan.complaint.web;

import io.bihuan.clock.Clocks;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.pack.Packs;
import io.bihuan.web.NotFound;
import io.bihuan.web.Texts;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/** Shows complaints to the API. */
@Component
class ComplaintViews {
    private final Complaints complaints;
    private final Clocks clocks;
    private final Packs packs;
    private final People people;
    private final TrackingLinks links;

    ComplaintViews(Complaints complaints, Clocks clocks, Packs packs, People people, TrackingLinks links) {
        this.complaints = complaints;
        this.clocks = clocks;
        this.packs = packs;
        this.people = people;
        this.links = links;
    }

    /** The number in an address; what cannot be one is not found. */
    static ComplaintNumber number(String text) {
        return ComplaintNumber.read(text).orElseThrow(() -> new NotFound("complaint " + text.length()));
    }

    private Complaint complaint(ComplaintNumber number) {
        return complaints.find(number).orElseThrow(() -> new NotFound("complaint " + number));
    }

    /** The complaint with this number, else 404; one that the token does not reach is not there for it. */
    Complaint complaint(TokenPrincipal token, String typed) {
        Complaint found = complaint(number(typed));
        if (!token.reach().has(found.businessLine(), found.channel().name())) {
            throw new NotFound("complaint " + found.number());
        }
        return found;
    }

    ComplaintView of(Complaint complaint, Texts t) {
        return ComplaintView.of(
                complaint,
                clocks.of(complaint.id()),
                packs.get(complaint.pack(), complaint.packVersion()),
                people.known(Arrays.asList(complaint.owner(), complaint.handler())),
                links.url(complaint.number()),
                t.locale());
    }
}
