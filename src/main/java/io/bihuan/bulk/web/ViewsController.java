package io.bihuan.bulk.web;

import io.bihuan.bulk.ViewQuery;
import io.bihuan.bulk.Views;
import io.bihuan.complaint.SavedViews;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Worklists kept under a name. */
@Controller
class ViewsController {
    /** What was typed; {@code shared} is {@code true} for the whole department, {@code to} is {@code up} or {@code down}. */
    record ViewForm(String name, String query, String shared, String to) {
        ViewForm {
            name = given(name);
            query = given(query);
            shared = given(shared);
            to = given(to);
        }

        private static String given(@Nullable String value) {
            return value == null ? "" : value;
        }

        boolean isShared() {
            return shared.equals("true");
        }
    }

    private final Views views;
    private final Choices choices;

    ViewsController(Views views, Choices choices) {
        this.views = views;
        this.choices = choices;
    }

    /** The address is that of the worklist to be kept. */
    @GetMapping("/desk/views")
    Page list(HttpServletRequest request, @AuthenticationPrincipal SignedIn who, Texts t) {
        return Page.of("bulk/views", page(request.getQueryString(), "", false, FieldErrors.NONE, who, t));
    }

    private ViewsPage page(
            @Nullable String query, String name, boolean isShared, FieldErrors errors, SignedIn who, Texts t) {
        return new ViewsPage(
                views.kept(who),
                ViewQuery.read(query).toString(),
                name,
                isShared,
                choices.department(who.department(), t),
                errors);
    }

    @PostMapping("/desk/views")
    Page create(@ModelAttribute ViewForm form, @AuthenticationPrincipal SignedIn who, Texts t) {
        try {
            SavedViews.View view = views.keep(form.name(), ViewQuery.read(form.query()), form.isShared(), who);
            return Page.done(view.href(), "bulk.views.kept", view.name());
        } catch (Refused refused) {
            FieldErrors errors = FieldErrors.NONE.with("name", t.of(refused));
            return Page.invalid("bulk/views", page(form.query(), form.name(), form.isShared(), errors, who, t));
        }
    }

    @PostMapping("/desk/views/{id}")
    Page update(@PathVariable UUID id, @ModelAttribute ViewForm form, @AuthenticationPrincipal SignedIn who, Texts t) {
        try {
            views.rename(id, form.name(), who);
            return Page.done("/desk/views", "bulk.views.renamed");
        } catch (Refused refused) {
            FieldErrors errors = FieldErrors.NONE.with("", t.of(refused));
            return Page.invalid("bulk/views", page("", "", false, errors, who, t));
        }
    }

    @PostMapping("/desk/views/{id}/places")
    Page move(@PathVariable UUID id, @ModelAttribute ViewForm form, @AuthenticationPrincipal SignedIn who) {
        views.move(id, form.to().equals("up"), who);
        return Page.to("/desk/views");
    }

    @PostMapping("/desk/views/{id}/deletion")
    Page destroy(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who) {
        views.delete(id, who);
        return Page.done("/desk/views", "bulk.views.deleted");
    }
}
