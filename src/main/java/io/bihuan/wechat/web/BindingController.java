package io.bihuan.wechat.web;

import io.bihuan.platform.Refused;
import io.bihuan.privacy.Masks;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import io.bihuan.wechat.BindingLinks;
import io.bihuan.wechat.TooOften;
import io.bihuan.wechat.WeChatBindings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Ties a phone number to an OpenID by a code. The link that the conversation sends opens it, nothing else. */
@Controller
@RequestMapping("/wechat/{account}/binding")
class BindingController {
    private static final int LONGEST = 40;

    private final WeChatBindings bindings;
    private final BindingLinks links;

    BindingController(WeChatBindings bindings, BindingLinks links) {
        this.bindings = bindings;
        this.links = links;
    }

    @GetMapping
    Page show(@PathVariable String account, @RequestParam(defaultValue = "") String key) {
        Optional<String> openId = links.verify(account, key);
        return openId.isEmpty()
                ? broken()
                : Page.of("wechat/binding", page(account, openId.get(), key, null, "", FieldErrors.NONE));
    }

    /** Asks for a code. */
    @PostMapping("/code")
    Page create(
            @PathVariable String account,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String phone,
            HttpServletRequest request,
            Texts t) {
        Optional<String> openId = links.verify(account, key);
        if (openId.isEmpty()) {
            return broken();
        }
        String typed = phone.substring(0, Math.min(phone.length(), LONGEST));
        try {
            bindings.sendCode(account, openId.get(), typed, request.getRemoteAddr());
            return Page.of(
                    "wechat/binding",
                    page(account, openId.get(), key, Masks.phone(typed.strip()), typed, FieldErrors.NONE));
        } catch (Refused refused) {
            Page page = Page.invalid(
                    "wechat/binding",
                    page(account, openId.get(), key, null, typed, FieldErrors.NONE.with("phone", t.of(refused))));
            return refused instanceof TooOften ? page.status(HttpStatus.TOO_MANY_REQUESTS) : page;
        }
    }

    @PostMapping
    Page update(
            @PathVariable String account,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String code,
            Texts t) {
        Optional<String> openId = links.verify(account, key);
        if (openId.isEmpty()) {
            return broken();
        }
        try {
            bindings.bind(account, openId.get(), code.substring(0, Math.min(code.length(), LONGEST)));
            return Page.done(
                    path(account) + "?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8), "wechat.binding.done");
        } catch (Refused refused) {
            String typed = phone.substring(0, Math.min(phone.length(), LONGEST));
            return Page.invalid(
                    "wechat/binding",
                    page(
                            account,
                            openId.get(),
                            key,
                            Masks.phone(typed.strip()),
                            typed,
                            FieldErrors.NONE.with("code", t.of(refused))));
        }
    }

    @PostMapping("/removal")
    Page destroy(@PathVariable String account, @RequestParam(defaultValue = "") String key) {
        Optional<String> openId = links.verify(account, key);
        if (openId.isEmpty()) {
            return broken();
        }
        bindings.unbind(account, openId.get());
        return Page.done(
                path(account) + "?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8), "wechat.binding.removed");
    }

    private BindingPage page(
            String account, String openId, String key, @Nullable String sentTo, String phone, FieldErrors errors) {
        return new BindingPage(
                path(account),
                key,
                bindings.phoneOf(account, openId).map(Masks::phone).orElse(null),
                sentTo,
                phone,
                errors);
    }

    private static String path(String account) {
        return "/wechat/" + URLEncoder.encode(account, StandardCharsets.UTF_8) + "/binding";
    }

    private static Page broken() {
        return Page.of("wechat/broken", new BrokenPage()).status(HttpStatus.NOT_FOUND);
    }
}
