package io.bihuan.portal.web;

/** The number of a complaint and the last four digits of the customer's phone, as they were typed. */
public record LookupForm(String number, String digits) {
    private static final int LONGEST = 60;

    public LookupForm {
        number = cut(Typed.line(number));
        digits = cut(Typed.line(digits));
    }

    private static String cut(String typed) {
        return typed.substring(0, typed.offsetByCodePoints(0, Math.min(LONGEST, Typed.length(typed))));
    }
}
