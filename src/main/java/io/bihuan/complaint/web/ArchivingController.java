package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.identity.SignedIn;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class ArchivingController {
    record ArchivingForm(String version, @Size(max = 2_000) String cause) {}

    private final Desk desk;

    ArchivingController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/archiving")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute ArchivingForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("archiving", result, t, List.of("version", "cause"));
        return desk.perform(number, who, typed, t, () -> new Command.Archive(form.cause()));
    }
}
