package io.bihuan.identity.web;

import io.bihuan.identity.TokenChannels;
import io.bihuan.identity.TokenReach;
import io.bihuan.identity.Tokens;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

@Controller
@RequestMapping("/desk/tokens")
class TokenController {
    private final Tokens tokens;
    private final Packs packs;
    private final ObjectProvider<TokenChannels> channels;
    private final InstantSource time;

    TokenController(Tokens tokens, Packs packs, ObjectProvider<TokenChannels> channels, InstantSource time) {
        this.tokens = tokens;
        this.packs = packs;
        this.channels = channels;
        this.time = time;
    }

    @GetMapping
    Page list(Texts t) {
        return Page.of("identity/tokens", page(TokenForm.EMPTY, FieldErrors.NONE, t));
    }

    private TokensPage page(TokenForm form, FieldErrors errors, Texts t) {
        return new TokensPage(
                tokens.list(),
                form,
                packs.lines().stream()
                        .map(line -> new Option(line.code(), line.name().in(t.locale())))
                        .toList(),
                channels.stream().flatMap(each -> each.options(t).stream()).toList(),
                errors,
                time.instant());
    }

    @PostMapping
    Page create(@Valid @ModelAttribute TokenForm form, BindingResult binding, Texts t) {
        var errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            int days = Objects.requireNonNull(form.days());
            int calls = Objects.requireNonNull(form.callsAMinute());
            try {
                String name = Objects.requireNonNull(form.name());
                var issued = tokens.create(
                        name,
                        Objects.requireNonNull(form.scopes()),
                        new TokenReach(
                                Objects.requireNonNull(form.businessLines()), Objects.requireNonNull(form.channels())),
                        calls == 0 ? null : calls,
                        days == 0 ? null : time.instant().plus(Duration.ofDays(days)));
                return Page.of(
                                "identity/secret",
                                new SecretPage(
                                        t.of("identity.tokens.created", name),
                                        t.of("identity.tokens.secret"),
                                        issued.secret(),
                                        t.of("identity.tokens.secretHint"),
                                        "/desk/tokens",
                                        t.of("identity.tokens.back")))
                        .status(HttpStatus.CREATED);
            } catch (Refused refused) {
                errors = errors.with("scopes", t.of(refused));
            }
        }
        return Page.invalid("identity/tokens", page(form, errors, t));
    }

    @PostMapping("/{id}/revocation")
    Page revoke(@PathVariable UUID id) {
        tokens.revoke(id);
        return Page.done("/desk/tokens", "identity.tokens.revoked");
    }
}
