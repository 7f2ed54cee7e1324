package io.bihuan.message.web;

import io.bihuan.message.Outbox;
import io.bihuan.privacy.Masks;
import io.bihuan.web.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Texts to phones, while no provider sends them. */
@Controller
class OutboxController {
    private final Outbox outbox;

    OutboxController(Outbox outbox) {
        this.outbox = outbox;
    }

    @GetMapping("/desk/outbox")
    Page show() {
        return Page.of(
                "message/outbox",
                new OutboxPage(outbox.newest().stream()
                        .map(kept -> new OutboxPage.Line(Masks.phone(kept.phone()), kept.text(), kept.createdAt()))
                        .toList()));
    }
}
