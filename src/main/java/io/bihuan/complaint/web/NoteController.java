package io.bihuan.complaint.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Command;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.multipart.MultipartFile;

/** For colleagues only, with files. */
@Controller
class NoteController {
    record NoteForm(@Nullable String version, @Nullable @Size(max = 20_000) String text, @Nullable List<MultipartFile> files) {}

    private final Desk desk;
    private final Uploads uploads;

    NoteController(Desk desk, Uploads uploads) {
        this.desk = desk;
        this.uploads = uploads;
    }

    @PostMapping("/desk/complaints/{number}/notes")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute NoteForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t)
            throws IOException {
        var typed = Typed.of("notes", result, t, List.of("version", "text"));
        desk.complaint(number, who);
        String text = form.text() == null ? "" : form.text();
        List<Attachment> attachments;
        try {
            attachments = typed.errors().any() ? List.of() : uploads.store(form.files());
        } catch (Refused refused) {
            return desk.invalid(number, who, typed.wrong("files", t.of(refused)), t);
        }
        return desk.add(number, who, typed, t, attachments, () -> new Command.Note(text, attachments));
    }
}
