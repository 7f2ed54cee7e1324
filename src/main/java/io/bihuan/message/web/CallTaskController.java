package io.bihuan.message.web;

import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.identity.SignedIn;
import io.bihuan.message.CallTasks;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Messages that a person must say by phone. */
@Controller
@RequestMapping("/desk/calls-to-make")
class CallTaskController {
    private static final String HERE = "/desk/calls-to-make";

    private final CallTasks calls;
    private final MessageLines lines;

    CallTaskController(CallTasks calls, MessageLines lines) {
        this.calls = calls;
        this.lines = lines;
    }

    @GetMapping
    Page list(@AuthenticationPrincipal SignedIn who, Texts t) {
        return page(who, t, null, "");
    }

    /** Shows the number of one; that somebody looked is recorded. */
    @PostMapping("/{id}/reveals")
    Page reveal(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t) {
        checked(id, who, t);
        String phone = calls.reveal(id, who.id()).map(PhoneNumbers::readable).orElse("");
        return page(who, t, id, phone);
    }

    @PostMapping("/{id}/outcomes")
    Page create(@PathVariable UUID id, @RequestParam boolean reached, @AuthenticationPrincipal SignedIn who, Texts t) {
        checked(id, who, t);
        calls.complete(id, reached, who.id());
        return Page.done(HERE, reached ? "message.calls.reached" : "message.calls.notReached");
    }

    private void checked(UUID id, SignedIn who, Texts t) {
        if (lines.of(calls.waiting(), who, false, t).stream()
                .noneMatch(line -> line.id().equals(id))) {
            throw new NotFound("call " + id);
        }
    }

    private Page page(SignedIn who, Texts t, @Nullable UUID revealed, String phone) {
        return Page.of(
                "message/calls-to-make", new CallsToMakePage(lines.of(calls.waiting(), who, true, t), revealed, phone));
    }
}
