package io.bihuan.identity.web;

import io.bihuan.identity.Sessions;
import io.bihuan.identity.SignIns;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.web.Notice;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.LocaleResolver;

@Controller
class SignInController {
    private final SignIns signIns;
    private final Sessions sessions;
    private final LocaleResolver languages;

    SignInController(SignIns signIns, Sessions sessions, LocaleResolver languages) {
        this.signIns = signIns;
        this.sessions = sessions;
        this.languages = languages;
    }

    @GetMapping("/sign-in")
    Page show(@ModelAttribute SignInForm form, @AuthenticationPrincipal @Nullable SignedIn who) {
        return who == null
                ? Page.of("identity/signin", new SignInPage("", Objects.requireNonNull(form.to()), null))
                : Page.to(form.target());
    }

    @PostMapping("/sign-in")
    Page create(
            @ModelAttribute SignInForm form,
            BindingResult binding,
            Texts t,
            HttpServletRequest request,
            HttpServletResponse response) {
        String login = Objects.requireNonNull(form.login());
        try {
            if (binding.hasErrors()) {
                throw new Refused("identity.refused.wrong");
            }
            var member = signIns.enter(login, Objects.requireNonNull(form.password()));
            sessions.begin(member, request, response);
            if (member.language() != null) {
                languages.setLocale(request, response, Locale.forLanguageTag(member.language()));
            }
            return Page.to(member.mustChangePassword() ? "/desk/password" : form.target());
        } catch (Refused refused) {
            return Page.invalid(
                    "identity/signin", new SignInPage(login, Objects.requireNonNull(form.to()), t.of(refused)));
        }
    }

    @PostMapping("/sign-out")
    Page destroy(HttpServletRequest request, HttpServletResponse response) {
        sessions.end(request, response);
        return Page.to("/sign-in", Notice.of(Notice.Tone.INFORMATION, "identity.signin.out"));
    }
}
