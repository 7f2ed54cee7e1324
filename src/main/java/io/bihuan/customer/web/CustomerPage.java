package io.bihuan.customer.web;

import io.bihuan.customer.CustomerHistory;
import io.bihuan.customer.Person;
import io.bihuan.customer.SamePersons;
import io.bihuan.pack.Kind;
import io.bihuan.web.FieldErrors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One customer with everything that is known over all channels.
 *
 * @param isRevealed whether a recorded reason shows it as it is
 * @param kind what of the history is shown; null for all
 * @param isNewest whether the shown part of the history is the newest
 * @param form the form that was sent and could not be accepted, {@code typed} what stood in it
 */
public record CustomerPage(
        Person person,
        boolean isRevealed,
        boolean mayChange,
        boolean mayErase,
        int open,
        CustomerHistory.Page history,
        @Nullable Kind kind,
        boolean isNewest,
        List<SamePersons.Suggestion> suggestions,
        List<Line> journal,
        String form,
        Map<String, String> typed,
        FieldErrors errors) {
    /** A line of the journal in words. */
    public record Line(Instant at, String by, String text, @Nullable String note) {}

    public String path() {
        return "/desk/customers/" + person.id();
    }

    public String listed(@Nullable Kind only) {
        return path() + (only == null ? "" : "?kind=" + only.name());
    }

    public @Nullable String next() {
        String next = history.next();
        return next == null ? null : path() + "?after=" + next + (kind == null ? "" : "&kind=" + kind.name());
    }

    public boolean is(String name) {
        return form.equals(name);
    }

    public String value(String name, String field, String usual) {
        return is(name) ? typed.getOrDefault(field, usual) : usual;
    }

    public @Nullable String error(String name, String field) {
        return is(name) ? errors.of(field) : null;
    }
}
