package io.bihuan.chat.web;

import io.bihuan.chat.Chat;
import io.bihuan.chat.ChatCallBacks;
import io.bihuan.chat.ChatDuty;
import io.bihuan.chat.Chats;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The chat of a customer; without script it is a page with a form, with script its lines come by themselves. */
@Controller
@RequestMapping("/chat")
class ChatController {
    private final Chats chats;
    private final ChatDuty duty;
    private final ChatCallBacks callBacks;
    private final Packs packs;
    private final Staff staff;
    private final InstantSource time;

    ChatController(Chats chats, ChatDuty duty, ChatCallBacks callBacks, Packs packs, Staff staff, InstantSource time) {
        this.chats = chats;
        this.duty = duty;
        this.callBacks = callBacks;
        this.packs = packs;
        this.staff = staff;
        this.time = time;
    }

    @GetMapping
    Page create(Texts t) {
        return Page.of("chat/start", start(ChatForm.empty(), null, t));
    }

    @PostMapping
    Page create(@ModelAttribute ChatForm form, HttpServletRequest request, Texts t) {
        String line = packs.businessLines().contains(form.line())
                ? form.line()
                : packs.businessLines().iterator().next();
        try {
            return Page.to(
                    "/chat/" + chats.open(line, form.name(), form.phone(), form.text(), request.getRemoteAddr()));
        } catch (Refused refused) {
            return Page.invalid("chat/start", start(form, t.of(refused), t));
        }
    }

    @GetMapping("/{token}")
    Page show(@PathVariable String token, HttpServletResponse response) {
        Chat chat = chat(token, response);
        chats.customerSeen(chat.id());
        return Page.of("chat/chat", page(token, chat, ChatForm.empty(), null));
    }

    @GetMapping("/{token}/lines")
    Page lines(@PathVariable String token, HttpServletResponse response) {
        Chat chat = chat(token, response);
        chats.customerSeen(chat.id());
        return Page.of("chat/talk", page(token, chat, ChatForm.empty(), null));
    }

    @PostMapping("/{token}/lines")
    Page say(@PathVariable String token, @ModelAttribute ChatForm form, HttpServletResponse response, Texts t) {
        Chat chat = chat(token, response);
        try {
            chats.customerSays(chat.id(), form.lineToken(), form.text());
            return Page.to("/chat/" + token);
        } catch (Refused refused) {
            return Page.invalid("chat/chat", page(token, chat, form, t.of(refused)));
        }
    }

    @PostMapping("/{token}/message")
    Page leaveMessage(
            @PathVariable String token, @ModelAttribute ChatForm form, HttpServletResponse response, Texts t) {
        Chat chat = chat(token, response);
        try {
            callBacks.leaveMessage(chat.id(), form.name(), form.phone(), form.text());
            return Page.to("/chat/" + token);
        } catch (Refused refused) {
            return Page.invalid("chat/chat", page(token, chat, form, t.of(refused)));
        }
    }

    @PostMapping("/{token}/end")
    Page end(@PathVariable String token, HttpServletResponse response) {
        chats.end(chat(token, response).id(), null);
        return Page.to("/chat/" + token);
    }

    private Chat chat(String token, HttpServletResponse response) {
        // The address is the key: it must not travel in a referrer or stay in a cache.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        return chats.byToken(token).orElseThrow(() -> new NotFound("chat"));
    }

    private ChatPage page(String token, Chat chat, ChatForm form, @Nullable String error) {
        boolean isWaiting = chat.state() == Chat.State.WAITING;
        UUID agent = chat.agent();
        return new ChatPage(
                chat,
                "/chat/" + token,
                chats.lines(chat.id(), false),
                isWaiting ? duty.before(chat) : 0,
                agent == null ? null : staff.find(agent).map(StaffMember::name).orElse(null),
                isWaiting
                        && (!duty.isAnybodyThere()
                                || chat.queuedAt().plus(ChatCallBacks.PATIENCE).isBefore(time.instant())),
                UUID.randomUUID().toString(),
                form.name().isEmpty() && form.phone().isEmpty()
                        ? new ChatForm(null, Personal.text(chat.name()), Personal.text(chat.phone()), form.text(), null)
                        : form,
                error);
    }

    private ChatStartPage start(ChatForm form, @Nullable String error, Texts t) {
        return new ChatStartPage(
                form,
                packs.businessLines().stream()
                        .map(line -> new Option(line, packs.line(line).name().in(t.locale())))
                        .toList(),
                duty.isAnybodyThere(),
                error);
    }
}
