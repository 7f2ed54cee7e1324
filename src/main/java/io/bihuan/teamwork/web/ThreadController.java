package io.bihuan.teamwork.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.BroughtFiles;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.teamwork.Discussion;
import io.bihuan.teamwork.SharedThread;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
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
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                "invite",
                form,
                binding,
                who,
                t,
                complaint -> thread.invite(complaint, form.text(), who.actor()));
    }

    @PostMapping("/lines")
    Page say(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @AuthenticationPrincipal SignedIn who,
            Texts t)
            throws IOException {
        Complaint seen = pages.complaint(number, who);
        List<Attachment> attachments;
        try {
            attachments = binding.hasErrors() ? List.of() : brought.store(files);
        } catch (Refused refused) {
            var filled = new Filled("say", form, FieldErrors.NONE.with("files", t.of(refused)));
            return Page.invalid("teamwork/thread", page(seen, filled, "", who, t));
        }
        return perform(
                number,
                "say",
                form,
                binding,
                who,
                t,
                complaint -> thread.say(complaint, form.text(), attachments, who.actor()));
    }

    @PostMapping("/end")
    Page end(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number, "close", form, binding, who, t, complaint -> thread.end(complaint, form.text(), who.actor()));
    }

    private Page perform(
            String number,
            String form,
            WorkForm values,
            BindingResult binding,
            SignedIn who,
            Texts t,
            Function<ComplaintNumber, Complaint> deed) {
        return forms.perform(
                number,
                TAB,
                new CaseForms.Sent(form, values, binding),
                who,
                t,
                (complaint, filled) -> Page.invalid("teamwork/thread", page(complaint, filled, "", who, t)),
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
