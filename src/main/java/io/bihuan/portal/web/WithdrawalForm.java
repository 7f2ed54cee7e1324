package io.bihuan.portal.web;

import io.bihuan.portal.FormToken;
import java.util.List;

/**
 * A customer takes a complaint back.
 *
 * @param form the token of this form
 * @param why one of {@link #WHYS}
 * @param text more about it, or nothing
 */
public record WithdrawalForm(String form, String why, String text) {
    static final List<String> WHYS = List.of("solved", "mistake", "twice", "other");
    public static final int LONGEST_TEXT = 1_000;

    public WithdrawalForm {
        form = Typed.line(form);
        why = Typed.line(why);
        text = Typed.text(text);
    }

    static WithdrawalForm empty() {
        return new WithdrawalForm(FormToken.next().toString(), "", "");
    }
}
