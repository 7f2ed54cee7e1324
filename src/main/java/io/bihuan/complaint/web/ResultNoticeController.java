package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Contact;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class ResultNoticeController {
    record ResultNoticeForm(String version, @NotBlank String way, @NotBlank @Size(max = 20_000) String text) {}

    private final Desk desk;

    ResultNoticeController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/result-notice")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute ResultNoticeForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("result-notice", result, t, List.of("version", "way", "text"));
        return desk.perform(number, who, typed, t, () -> new Command.TellResult(Given.constant(Contact.class, "way", form.way()), form.text()));
    }
}
