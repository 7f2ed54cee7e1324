package io.bihuan.message.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.message.Messages;
import io.bihuan.message.Messages.Line;
import io.bihuan.message.State;
import io.bihuan.platform.Refused;
import io.bihuan.web.Cursor;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What was said to customers, and what became of it. */
@Controller
@RequestMapping("/desk/messages-out")
class MessagesOutController {
    private static final String HERE = "/desk/messages-out";

    private final Messages messages;
    private final MessageLines lines;

    MessagesOutController(Messages messages, MessageLines lines) {
        this.messages = messages;
        this.lines = lines;
    }

    @GetMapping
    Page list(
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(required = false) @Nullable String after,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Cursor cursor = Cursor.read(after, 2);
        List<Line> found =
                messages.list(state, cursor == null ? null : new Messages.Place(cursor.instant(0), cursor.id(1)));
        boolean hasMore = found.size() > Messages.PAGE;
        List<Line> page = hasMore ? found.subList(0, Messages.PAGE) : found;
        String narrowed = state == null ? HERE + "?" : HERE + "?state=" + state + "&";
        return Page.of(
                "message/messages-out",
                new MessagesOutPage(
                        lines.of(page, who, false, t),
                        state,
                        cursor == null ? null : narrowed.substring(0, narrowed.length() - 1),
                        hasMore
                                ? narrowed + "after="
                                        + Cursor.after(
                                                page.getLast().message().createdAt(),
                                                page.getLast().message().id())
                                : null));
    }

    @GetMapping("/figures")
    Page figures() {
        return Page.of("message/messages-figures", MessageFiguresPage.of(messages.figures()));
    }

    @PostMapping("/{id}/retrials")
    Page retry(@PathVariable UUID id) {
        if (!messages.retry(id)) {
            throw new Refused("message.refused.retry");
        }
        return Page.done(HERE, "message.out.retried");
    }

    @PostMapping("/{id}/cancellation")
    Page cancel(@PathVariable UUID id) {
        if (!messages.cancel(id)) {
            throw new Refused("message.refused.cancel");
        }
        return Page.done(HERE, "message.out.cancelled");
    }
}
