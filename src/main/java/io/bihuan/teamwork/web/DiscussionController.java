package io.bihuan.teamwork.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.SentForm;
import io.bihuan.identity.Mentions;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import io.bihuan.teamwork.Discussion;
import io.bihuan.teamwork.SharedThread;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What colleagues write to each other about a complaint: never read by a customer. */
@Controller
@RequestMapping("/desk/complaints/{number}/discussion")
class DiscussionController {
    private static final String TAB = "discussion";
    private static final int EVENTS = 500;

    private final Complaints complaints;
    private final Discussion discussion;
    private final SharedThread thread;
    private final Mentions mentions;
    private final CasePages pages;
    private final CaseForms forms;
    private final Workers workers;

    DiscussionController(
            Complaints complaints,
            Discussion discussion,
            SharedThread thread,
            Mentions mentions,
            CasePages pages,
            CaseForms forms,
            Workers workers) {
        this.complaints = complaints;
        this.discussion = discussion;
        this.thread = thread;
        this.mentions = mentions;
        this.pages = pages;
        this.forms = forms;
        this.workers = workers;
    }

    @GetMapping
    Page show(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String done,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return Page.of("teamwork/discussion", page(pages.complaint(number, who), Filled.NONE, done, who, t));
    }

    @PostMapping
    Page create(SentForm<WorkForm> sent) {
        String text = sent.form().text();
        return forms.perform(
                sent,
                "note",
                TAB,
                (complaint, filled) ->
                        Page.invalid("teamwork/discussion", page(complaint, filled, "", sent.who(), sent.t())),
                complaint -> complaints.perform(
                        complaint,
                        null,
                        new Command.Note(text, List.of(), mentions.in(text)),
                        sent.who().actor()));
    }

    /** Follows the complaint, or follows it no more. */
    @PostMapping("/following")
    Page follow(@PathVariable String number, @RequestParam boolean follow, @AuthenticationPrincipal SignedIn who) {
        Complaint complaint = pages.complaint(number, who);
        if (follow) {
            discussion.watch(complaint.id(), who.id());
        } else {
            discussion.unwatch(complaint.id(), who.id());
        }
        return Page.done(
                "/desk/complaints/" + complaint.number().digits() + "/" + TAB,
                follow ? "teamwork.done.follow" : "teamwork.done.unfollow");
    }

    private DiscussionPage page(Complaint complaint, Filled filled, String done, SignedIn who, Texts t) {
        List<HistoryEvent> events = complaints
                .dossier(complaint.number(), Integer.MAX_VALUE, EVENTS)
                .orElseThrow()
                .events();
        int read = discussion.read(complaint.id(), who.id());
        discussion.hasRead(complaint.id(), who.id(), complaint.version());
        var people = new HashSet<@Nullable UUID>();
        for (HistoryEvent event : events) {
            if (event.event() instanceof ComplaintEvent.Noted noted) {
                if (event.actor().kind() == Actor.Kind.STAFF) {
                    people.add(UUID.fromString(event.actor().id()));
                }
                if (noted.mentions() != null) {
                    people.addAll(noted.mentions());
                }
            }
        }
        Map<UUID, String> names = workers.names(people);
        var notes = new ArrayList<DiscussionPage.Note>();
        for (HistoryEvent event : events) {
            if (event.event() instanceof ComplaintEvent.Noted noted) {
                boolean isOwn = event.actor().equals(who.actor());
                notes.add(new DiscussionPage.Note(
                        event.at(),
                        event.actor().kind() == Actor.Kind.STAFF
                                ? names.getOrDefault(
                                        UUID.fromString(event.actor().id()), "")
                                : t.of("teamwork.system"),
                        Personal.text(noted.text()),
                        noted.mentions() == null
                                ? List.of()
                                : noted.mentions().stream()
                                        .map(id -> names.getOrDefault(id, ""))
                                        .toList(),
                        noted.attachments(),
                        event.sequence() > read && !isOwn));
            }
        }
        boolean mayAct = TeamworkRoutes.mayAct(who) && complaint.erasedAt() == null && !complaint.isJoined();
        boolean isShared = thread.of(complaint.id()).isPresent();
        return new DiscussionPage(
                pages.head(complaint, TAB, who, t),
                notes,
                events.size() == EVENTS,
                discussion.isWatching(complaint.id(), who.id()),
                mayAct,
                isShared,
                mayAct && complaint.isOpen() && !isShared,
                mayAct ? workers.callable() : List.of(),
                filled,
                done);
    }
}
