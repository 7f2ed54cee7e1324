package io.bihuan.portal.web;

import io.bihuan.portal.FormToken;

/**
 * What a customer adds.
 *
 * @param form the token of this form
 */
public record InformationForm(String form, String text) {
    public static final int LONGEST_TEXT = 5_000;

    public InformationForm {
        form = Typed.line(form);
        text = Typed.text(text);
    }

    static InformationForm empty() {
        return new InformationForm(FormToken.next().toString(), "");
    }
}
