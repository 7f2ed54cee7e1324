package io.bihuan.message.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.message.OptOuts;
import io.bihuan.message.PhoneReplies;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Masks;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Who wants nothing more, and what people answered to texts. */
@Controller
@RequestMapping("/desk/opt-outs")
class OptOutController {
    private static final String HERE = "/desk/opt-outs";

    private final OptOuts optOuts;
    private final PhoneReplies replies;

    OptOutController(OptOuts optOuts, PhoneReplies replies) {
        this.optOuts = optOuts;
        this.replies = replies;
    }

    @GetMapping
    Page list() {
        return page(OptOutForm.EMPTY, FieldErrors.NONE);
    }

    @PostMapping
    Page create(
            @Valid @ModelAttribute OptOutForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        var errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            try {
                optOuts.note(Objects.requireNonNull(form.address()), Boolean.TRUE.equals(form.all()), who.id());
                return Page.done(HERE, "message.optOuts.noted");
            } catch (Refused refused) {
                errors = errors.with("address", t.of(refused));
            }
        }
        return page(form, errors).status(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @PostMapping("/{id}/removal")
    Page destroy(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who) {
        if (!optOuts.end(id, who.id())) {
            throw new Refused("message.refused.optOutOver");
        }
        return Page.done(HERE, "message.optOuts.ended");
    }

    private Page page(OptOutForm form, FieldErrors errors) {
        return Page.of(
                "message/opt-outs",
                new OptOutsPage(
                        optOuts.newest().stream()
                                .map(each -> new OptOutsPage.Line(
                                        each.id(),
                                        each.address().contains("@")
                                                ? Masks.email(each.address())
                                                : Masks.phone(each.address()),
                                        each.isOfAll(),
                                        each.isByReply(),
                                        each.since()))
                                .toList(),
                        replies.newest().stream()
                                .map(each -> new OptOutsPage.Reply(Masks.phone(each.phone()), each.text(), each.at()))
                                .toList(),
                        form,
                        errors));
    }
}
