package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.SentForm;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.stereotype.Controller;
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
    Page create(SentForm<DeliveryForm> sent) {
        var typed = Typed.of("deliveries", sent, List.of("version", "way"));
        return desk.perform(
                sent, typed, form -> new Command.RecordDelivery(Given.constant(Contact.class, "way", form.way())));
    }
}
