package io.bihuan.investigation.web;

import io.bihuan.web.FieldErrors;

/**
 * A form that was sent and not carried out, so that the page comes again with what was typed.
 *
 * @param form its name; for one of several the line or id behind it
 */
public record Attempt(String form, InvestigationForm values, FieldErrors errors) {
    static final Attempt NONE = new Attempt("", InvestigationForm.EMPTY, FieldErrors.NONE);
    private static final InvestigationForm BLANK = InvestigationForm.EMPTY;

    public boolean is(String name) {
        return form.equals(name);
    }

    /** What stands in this form: what was typed into it, else nothing. */
    public InvestigationForm in(String name) {
        return is(name) ? values : BLANK;
    }
}
