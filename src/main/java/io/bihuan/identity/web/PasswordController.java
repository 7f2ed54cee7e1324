package io.bihuan.identity.web;

import io.bihuan.identity.Sessions;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class PasswordController {
    private final Staff staff;
    private final Sessions sessions;

    PasswordController(Staff staff, Sessions sessions) {
        this.staff = staff;
        this.sessions = sessions;
    }

    @GetMapping("/desk/password")
    Page edit(@AuthenticationPrincipal SignedIn who) {
        return Page.of("identity/password", new PasswordPage(who.mustChangePassword(), who.login(), FieldErrors.NONE));
    }

    @PostMapping("/desk/password")
    Page update(
            @ModelAttribute PasswordForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t,
            HttpServletRequest request) {
        var errors = FieldErrors.of(binding, t);
        if (!Objects.equals(form.next(), form.again())) {
            errors = errors.with("again", t.of("identity.password.differs"));
        }
        if (!errors.any()) {
            try {
                staff.changePassword(
                        who.id(), Objects.requireNonNull(form.current()), Objects.requireNonNull(form.next()));
                sessions.keep(who, request);
                return Page.done(who.mustChangePassword() ? "/desk" : "/desk/password", "identity.password.changed");
            } catch (Refused refused) {
                boolean isCurrent = refused.key().equals("identity.refused.currentPassword");
                errors = errors.with(isCurrent ? "current" : "next", t.of(refused));
            }
        }
        return Page.invalid("identity/password", new PasswordPage(who.mustChangePassword(), who.login(), errors));
    }
}
