package io.bihuan.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/**
 * What a page controller returns: a template with its record, or a way to the next page.
 * The template declares a parameter {@code page} of the record's type and {@code shell} of type {@link Shell}.
 */
public final class Page extends ModelAndView {
    private Page() {}

    /**
     * Shows a template.
     *
     * @param template path under {@code src/main/jte} without its ending: {@code complaint/worklist}
     * @param page the public record that the template shows
     */
    public static Page of(String template, Object page) {
        var shown = new Page();
        shown.setViewName(template);
        shown.addObject("page", page);
        return shown;
    }

    /** Shows a form again with what is wrong in it. */
    public static Page invalid(String template, Object page) {
        return of(template, page).status(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /** Goes on to another page of ours by 303, so that reloading it sends nothing again. */
    public static Page to(String path) {
        return to(path, null);
    }

    /** Goes on to another page of ours, which shows the notice. */
    public static Page to(String path, @Nullable Notice notice) {
        var next = new Page();
        next.setView(new Redirection(path, notice));
        return next;
    }

    /** Goes on to another page of ours, which says that it is done. */
    public static Page done(String path, String key, Object... arguments) {
        return to(path, Notice.of(Notice.Tone.SUCCESS, key, arguments));
    }

    public Page status(HttpStatus status) {
        setStatus(status);
        return this;
    }

    private record Redirection(String path, @Nullable Notice notice) implements View {
        @Override
        public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response) {
            if (notice != null) {
                KeptNotice.keep(request, response, notice);
            }
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + path);
        }
    }
}
