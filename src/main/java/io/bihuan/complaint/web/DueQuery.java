package io.bihuan.complaint.web;

import io.bihuan.clock.Grade;
import io.bihuan.complaint.DueNext;
import io.bihuan.complaint.DueNext.When;
import io.bihuan.identity.Reach;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Severity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parameters of the address of what is due next. */
public record DueQuery(String when, String grade, String severity, String department, String owner, String cursor) {
    private static final String PATH = "/desk/due";

    public DueQuery {
        when = given(when);
        grade = given(grade);
        severity = given(severity);
        department = given(department);
        owner = given(owner);
        cursor = given(cursor);
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value;
    }

    @Nullable
    When chosen() {
        return Given.optional(When.class, "when", when);
    }

    /** Within what the reader may see; who leads nobody sees the own cases. */
    DueNext.Filter filter(SignedIn who, boolean isLead) {
        Reach reach = who.reach();
        UUID owner = Given.id("owner", owner());
        return new DueNext.Filter(
                Given.optional(Grade.class, "grade", grade),
                Given.optional(Severity.class, "severity", severity),
                Scoped.department(department.isEmpty() ? null : department, reach),
                isLead ? owner : null,
                isLead ? null : who.id());
    }

    /** Whether anything but the time narrows the list. */
    public boolean isNarrowed() {
        return parameters().entrySet().stream()
                .anyMatch(parameter -> !parameter.getKey().equals("when")
                        && !parameter.getValue().isEmpty());
    }

    private Map<String, String> parameters() {
        var all = new LinkedHashMap<String, String>();
        all.put("when", when);
        all.put("grade", grade);
        all.put("severity", severity);
        all.put("department", department);
        all.put("owner", owner);
        return all;
    }

    /** The first page with one parameter set otherwise; the empty value takes it away. */
    public String with(String name, String value) {
        return new ListAddress(PATH, parameters()).with(name, value);
    }

    /** The page that begins after the cursor; null for the first one. */
    public String at(@Nullable String after) {
        return new ListAddress(PATH, parameters()).at(after);
    }

    /** This very page. */
    public String self() {
        return at(cursor);
    }
}
