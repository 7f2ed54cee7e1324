package io.bihuan.portal.web;

import io.bihuan.portal.FormToken;

/**
 * The trouble is back.
 *
 * @param form the token of this form
 * @param text what happened
 */
public record ReopeningForm(String form, String text) {
    public static final int LONGEST_TEXT = 5_000;

    public ReopeningForm {
        form = Typed.line(form);
        text = Typed.text(text);
    }

    static ReopeningForm empty() {
        return new ReopeningForm(FormToken.next().toString(), "");
    }
}
