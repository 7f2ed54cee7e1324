package io.bihuan.bulk.web;

import io.bihuan.bulk.Macro;
import io.bihuan.bulk.Macros;
import io.bihuan.bulk.Wish;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Placeholder;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** What those who lead lay down to be done together. */
@Controller
class MacrosController {
    /** What a complaint gives by itself. */
    private static final List<Placeholder> USUAL = List.of(
            Placeholder.CUSTOMER,
            Placeholder.NUMBER,
            Placeholder.LINE,
            Placeholder.CATEGORY,
            Placeholder.PRODUCT,
            Placeholder.OWNER,
            Placeholder.DEPARTMENT,
            Placeholder.HOTLINE);

    private final Macros macros;
    private final Choices choices;
    private final RunWords words;

    MacrosController(Macros macros, Choices choices, RunWords words) {
        this.macros = macros;
        this.choices = choices;
        this.words = words;
    }

    @GetMapping("/desk/macros")
    Page list(Texts t) {
        List<MacrosPage.Row> rows = macros.all().stream()
                .map(macro -> new MacrosPage.Row(
                        macro,
                        macro.department() == null ? t.of("bulk.macro.all") : choices.department(macro.department(), t),
                        words.steps(Wish.apply(macro), t)))
                .toList();
        return Page.of("bulk/macros", new MacrosPage(rows));
    }

    @GetMapping("/desk/macros/new")
    Page form(Texts t) {
        return Page.of("bulk/macro", page(null, WishForm.EMPTY, FieldErrors.NONE, t));
    }

    @GetMapping("/desk/macros/{id}")
    Page edit(@PathVariable UUID id, Texts t) {
        Macro macro = macros.find(id);
        return Page.of("bulk/macro", page(macro, WishForm.of(macro), FieldErrors.NONE, t));
    }

    @PostMapping("/desk/macros")
    Page create(
            @Valid @ModelAttribute WishForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return save(null, form, binding, who, t);
    }

    @PostMapping("/desk/macros/{id}")
    Page update(
            @PathVariable UUID id,
            @Valid @ModelAttribute WishForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return save(macros.find(id), form, binding, who, t);
    }

    @PostMapping("/desk/macros/{id}/retirement")
    Page retire(@PathVariable UUID id) {
        macros.retire(id);
        return Page.done("/desk/macros", "bulk.macro.retired");
    }

    private Page save(@Nullable Macro known, WishForm form, BindingResult binding, SignedIn who, Texts t) {
        FieldErrors errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            try {
                macros.save(
                        known == null ? null : known.id(),
                        form.name(),
                        form.department().isEmpty() ? null : form.department(),
                        form.parts(),
                        who);
                return Page.done("/desk/macros", "bulk.macro.saved", form.name());
            } catch (WishForm.Misfilled misfilled) {
                errors = misfilled.errors(t);
            } catch (Refused refused) {
                errors = WishForm.errors(refused, t);
            }
        }
        return Page.invalid("bulk/macro", page(known, form, errors, t));
    }

    private MacroPage page(@Nullable Macro known, WishForm form, FieldErrors errors, Texts t) {
        return new MacroPage(
                known == null ? "/desk/macros" : "/desk/macros/" + known.id(),
                known == null,
                known != null && known.retiredAt() != null,
                form,
                errors,
                choices.departments(t),
                choices.workers(t),
                choices.minutes(t),
                choices.purposes(t),
                Arrays.stream(Placeholder.values())
                        .filter(USUAL::contains)
                        .map(each -> new Option("{" + each.word() + "}", t.of(each)))
                        .toList());
    }
}
