package io.bihuan.complaint.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.BroughtFiles;
import io.bihuan.complaint.Command;
import io.bihuan.identity.Mentions;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.multipart.MultipartFile;

/** What is written down about a complaint, with files. */
@Controller
class EntryController {
    record EntryForm(
            @Nullable String version,
            @Nullable @Size(max = 20_000) String text,
            @Nullable List<MultipartFile> files) {}

    private final Desk desk;
    private final BroughtFiles uploads;
    private final Mentions mentions;

    EntryController(Desk desk, BroughtFiles uploads, Mentions mentions) {
        this.desk = desk;
        this.uploads = uploads;
        this.mentions = mentions;
    }

    /** For colleagues only. */
    @PostMapping("/desk/complaints/{number}/notes")
    Page note(
            @PathVariable String number,
            @Valid @ModelAttribute EntryForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t)
            throws IOException {
        return add(
                number,
                "notes",
                form,
                result,
                who,
                t,
                (text, files) -> new Command.Note(text, files, mentions.in(text)));
    }

    /** Something more from or about the customer. */
    @PostMapping("/desk/complaints/{number}/information")
    Page information(
            @PathVariable String number,
            @Valid @ModelAttribute EntryForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t)
            throws IOException {
        return add(number, "information", form, result, who, t, Command.AddInformation::new);
    }

    private Page add(
            String number,
            String name,
            EntryForm form,
            BindingResult result,
            SignedIn who,
            Texts t,
            BiFunction<String, List<Attachment>, Command> command)
            throws IOException {
        var typed = Typed.of(name, result, t, List.of("version", "text"));
        desk.complaint(number, who);
        String text = form.text() == null ? "" : form.text();
        List<Attachment> attachments;
        try {
            attachments = typed.errors().any() ? List.of() : uploads.store(form.files());
        } catch (Refused refused) {
            return desk.invalid(number, who, typed.wrong("files", t.of(refused)), t);
        }
        return desk.add(number, who, typed, t, attachments, () -> command.apply(text, attachments));
    }
}
