package io.bihuan.teamwork.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.BroughtFiles;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.SentForm;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.teamwork.Discussion;
import io.bihuan.teamwork.SharedThread;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The thread that the customer shares: everything said here is read by him. */
@Controller
@RequestMapping("/desk/complaints/{number}/thread")
class ThreadController {
    private static final String TAB = "thread";

    private final SharedThread thread;
    private final Discussion discussion;
    private final CasePages pages;
    private final CaseForms forms;
    private final Workers workers;
    private final BroughtFiles brought;

    ThreadController(
            SharedThread thread,
            Discussion discussion,
            CasePages pages,
            CaseForms forms,
            Workers workers,
            BroughtFiles brought) {
        this.thread = thread;
        this.discussion = discussion;
        this.pages = pages;
        this.forms = forms;
        this.workers = workers;
        this.brought = brought;
    }

    @GetMapping
    Page show(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String done,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return Page.of("teamwork/thread", page(pages.complaint(number, who), Filled.NONE, done, who, t));
    }

    /** Invites the customer. */
    @PostMapping
    Page create(SentForm<WorkForm> sent) {
        return perform(
                sent,
                "invite",
                complaint ->
                        thread.invite(complaint, sent.form().text(), sent.who().actor()));
    }

    @PostMapping("/lines")
    Page say(SentForm<WorkForm> sent, @RequestParam(required = false) @Nullable List<MultipartFile> files)
            throws IOException {
        Complaint seen = pages.complaint(sent);
        List<Attachment> attachments;
        try {
            attachments = sent.binding().hasErrors() ? List.of() : brought.store(files);
        } catch (Refused refused) {
            var filled = new Filled(
                    "say", sent.form(), FieldErrors.NONE.with("files", sent.t().of(refused)));
            return Page.invalid("teamwork/thread", page(seen, filled, "", sent.who(), sent.t()));
        }
        return perform(
                sent,
                "say",
                complaint -> thread.say(
                        complaint, sent.form().text(), attachments, sent.who().actor()));
    }

    @PostMapping("/end")
    Page end(SentForm<WorkForm> sent) {
        return perform(
                sent,
                "close",
                complaint ->
                        thread.end(complaint, sent.form().text(), sent.who().actor()));
    }

    private Page perform(SentForm<WorkForm> sent, String name, Function<ComplaintNumber, Complaint> deed) {
        return forms.perform(
                sent,
                name,
                TAB,
                (complaint, filled) ->
                        Page.invalid("teamwork/thread", page(complaint, filled, "", sent.who(), sent.t())),
                deed);
    }

    private ThreadPage page(Complaint complaint, Filled filled, String done, SignedIn who, Texts t) {
        boolean mayAct = TeamworkRoutes.mayAct(who) && complaint.isOpen() && !complaint.isJoined();
        SharedThread.Shared shared = thread.of(complaint.id()).orElse(null);
        if (shared == null) {
            return new ThreadPage(
                    pages.head(complaint, TAB, who, t), null, "", null, false, List.of(), mayAct, filled, done);
        }
        if (!shared.lines().isEmpty()) {
            discussion.hasReadLine(
                    complaint.id(), who.id(), shared.lines().getLast().id());
        }
        var people = new HashSet<@Nullable UUID>();
        people.add(shared.invitedBy());
        shared.lines().forEach(line -> people.add(line.staff()));
        Map<UUID, String> names = workers.names(people);
        return new ThreadPage(
                pages.head(complaint, TAB, who, t),
                shared.invitedAt(),
                names.getOrDefault(shared.invitedBy(), ""),
                shared.endedAt(),
                shared.isOpen(),
                shared.lines().stream().map(line -> line(line, names, t)).toList(),
                mayAct,
                filled,
                done);
    }

    private static ThreadPage.Line line(SharedThread.Line line, Map<UUID, String> names, Texts t) {
        UUID staff = line.staff();
        return new ThreadPage.Line(
                line.at(),
                line.byCustomer(),
                staff == null ? t.of("teamwork.customer") : names.getOrDefault(staff, ""),
                line.text(),
                line.files());
    }
}
