package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Contact;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
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
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute ContactForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("contacts", result, t, List.of("version", "way"));
        return desk.perform(
                number, who, typed, t, () -> new Command.Acknowledge(Given.constant(Contact.class, "way", form.way())));
    }
}
