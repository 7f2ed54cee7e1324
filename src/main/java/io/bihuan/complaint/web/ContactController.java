package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** The customer was told that his complaint is taken care of, or was called in vain. */
@Controller
class ContactController {
    record ContactForm(String version, @NotBlank String way) {}

    private final Desk desk;

    ContactController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/contacts")
    Page create(SentForm<ContactForm> sent) {
        var typed = Typed.of("contacts", sent, List.of("version", "way"));
        return desk.perform(
                sent, typed, form -> new Command.Acknowledge(Given.constant(Contact.class, "way", form.way())));
    }
}
