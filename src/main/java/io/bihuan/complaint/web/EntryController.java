package io.bihuan.complaint.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.BroughtFiles;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.SentForm;
import io.bihuan.identity.Mentions;
import io.bihuan.platform.Refused;
import io.bihuan.web.Page;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
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
    Page note(SentForm<EntryForm> sent) throws IOException {
        return add(sent, "notes", (text, files) -> new Command.Note(text, files, mentions.in(text)));
    }

    /** Something more from or about the customer. */
    @PostMapping("/desk/complaints/{number}/information")
    Page information(SentForm<EntryForm> sent) throws IOException {
        return add(sent, "information", Command.AddInformation::new);
    }

    private Page add(SentForm<EntryForm> sent, String name, BiFunction<String, List<Attachment>, Command> command)
            throws IOException {
        var typed = Typed.of(name, sent, List.of("version", "text"));
        desk.complaint(sent.number(), sent.who());
        EntryForm form = sent.form();
        String text = form.text() == null ? "" : form.text();
        List<Attachment> attachments;
        try {
            attachments = typed.errors().any() ? List.of() : uploads.store(form.files());
        } catch (Refused refused) {
            return desk.invalid(
                    sent.number(), sent.who(), typed.wrong("files", sent.t().of(refused)), sent.t());
        }
        return desk.add(
                sent.number(), sent.who(), typed, sent.t(), attachments, () -> command.apply(text, attachments));
    }
}
