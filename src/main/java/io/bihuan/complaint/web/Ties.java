package io.bihuan.complaint.web;

import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.LinkKind;
import io.bihuan.complaint.SimilarComplaints;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What the page of a complaint shows of others: in which it goes on, which go on in it, which are linked, which may be the same. */
@Component
class Ties {
    private static final int EVENTS = 50;

    private final Complaints complaints;
    private final SimilarComplaints similar;
    private final People people;
    private final Packs packs;

    private final CaseTelling telling;

    Ties(Complaints complaints, SimilarComplaints similar, People people, Packs packs, CaseTelling telling) {
        this.telling = telling;
        this.complaints = complaints;
        this.similar = similar;
        this.people = people;
        this.packs = packs;
    }

    TiesCard of(Complaint complaint, Texts t) {
        return new TiesCard(
                complaint.isJoined() ? named(complaints.living(complaint.number())) : null,
                joined(complaint, t),
                complaint.links().entrySet().stream()
                        .sorted(Comparator.comparing((Map.Entry<ComplaintNumber, LinkKind> link) -> link.getValue())
                                .thenComparing(link -> link.getKey().digits()))
                        .map(link -> new TiesCard.Linked(named(link.getKey()), link.getValue()))
                        .toList(),
                ways(t));
    }

    /** Found word by word in the search index: more work than the whole page, which does not wait for it. */
    SimilarCard similar(Complaint complaint, SignedIn who, Texts t) {
        return new SimilarCard(
                "/desk/complaints/" + complaint.number().digits(),
                complaint.version(),
                complaint.isOpen() && !complaint.isJoined() && complaint.erasedAt() == null
                        ? similar.of(complaint, who.reach()).stream()
                                .map(each -> line(each, t))
                                .toList()
                        : List.of(),
                ways(t));
    }

    static TiesCard.Named named(ComplaintNumber number) {
        return new TiesCard.Named(number.digits(), number.readable());
    }

    private static List<Option> ways(Texts t) {
        return TieController.WAYS.stream()
                .map(way -> new Option(way, t.of("complaint.tie." + way)))
                .toList();
    }

    private List<TiesCard.Joined> joined(Complaint complaint, Texts t) {
        return complaint.joined().isEmpty()
                ? List.of()
                : complaints.joined(complaint.number(), EVENTS).stream()
                        .map(dossier -> joined(dossier, t))
                        .toList();
    }

    private TiesCard.Joined joined(Dossier dossier, Texts t) {
        Complaint complaint = dossier.complaint();
        List<HistoryEvent> events = dossier.events();
        Map<UUID, StaffMember> known = people.known(List.copyOf(Timeline.people(events, telling)));
        var terms = new Terms(packs.get(complaint.pack(), complaint.packVersion()), t.locale());
        var timeline = new Timeline(terms, actor -> People.doer(actor, known, t).name(), telling, t);
        return new TiesCard.Joined(
                named(complaint.number()),
                complaint.receivedAt(),
                Masks.name(Personal.valueOf(complaint.customer().name())),
                Personal.text(complaint.title()),
                complaint.erasedAt() == null ? Personal.text(complaint.content()) : t.of("complaint.page.erased.text"),
                timeline.of(events));
    }

    private static SimilarCard.Line line(SimilarComplaints.Similar similar, Texts t) {
        Worklist.Row row = similar.row();
        return new SimilarCard.Line(
                named(row.number()),
                row.headline(t),
                row.stage(),
                row.receivedAt(),
                similar.why().stream().sorted().map(t::of).toList());
    }
}
