package io.bihuan.message.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.message.MessageOutbox;
import io.bihuan.message.MessageWork;
import io.bihuan.message.Outbox;
import io.bihuan.message.State;
import io.bihuan.message.Way;
import io.bihuan.privacy.Masks;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What no channel brings: codes and messages that people read here, and whose fate they say by hand. */
@Controller
@RequestMapping("/desk/outbox")
class OutboxController {
    private final Outbox outbox;
    private final MessageOutbox messages;
    private final MessageWork work;
    private final MessageLines lines;

    OutboxController(Outbox outbox, MessageOutbox messages, MessageWork work, MessageLines lines) {
        this.outbox = outbox;
        this.messages = messages;
        this.work = work;
        this.lines = lines;
    }

    @GetMapping
    Page show(@AuthenticationPrincipal SignedIn who, Texts t) {
        return Page.of(
                "message/outbox",
                new OutboxPage(
                        work.keepsLocally(),
                        outbox.newest().stream()
                                .map(kept ->
                                        new OutboxPage.Line(Masks.phone(kept.phone()), kept.text(), kept.createdAt()))
                                .toList(),
                        lines.of(messages.newest(), who, true, t)));
    }

    @PostMapping("/{id}/marks")
    Page mark(@PathVariable UUID id, @RequestParam Way way, @RequestParam State state) {
        messages.mark(id, way, state);
        return Page.done("/desk/outbox", "message.outbox.marked");
    }
}
