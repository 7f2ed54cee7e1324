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

/** The told result has reached the customer. */
@Controller
class DeliveryController {
    record DeliveryForm(String version, @NotBlank String way) {}

    private final Desk desk;

    DeliveryController(Desk desk) {
        this.desk = desk;
    }

    @PostMapping("/desk/complaints/{number}/deliveries")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute DeliveryForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var typed = Typed.of("deliveries", result, t, List.of("version", "way"));
        return desk.perform(
                number,
                who,
                typed,
                t,
                () -> new Command.RecordDelivery(Given.constant(Contact.class, "way", form.way())));
    }
}
