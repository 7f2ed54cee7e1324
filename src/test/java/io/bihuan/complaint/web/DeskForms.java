package io.bihuan.complaint.web;

/** What several tests fill in on forms of the desk. */
public final class DeskForms {
    private DeskForms() {}

    /** The result of a complaint, told on the phone. */
    public static String[] spokenResult(String measures, String guarantee, String routes) {
        return new String[] {
            "letter", "result-sms", "way", "SPOKEN", "measures", measures, "guarantee", guarantee, "routes", routes
        };
    }
}
