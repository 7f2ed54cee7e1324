package io.bihuan.teamwork.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.SentForm;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Carries out a form about a complaint; what cannot be done brings its page again with what was typed. */
@Component
class CaseForms {
    private final CasePages pages;

    CaseForms(CasePages pages) {
        this.pages = pages;
    }

    /**
     * Carries it out.
     *
     * @param name which form it is
     * @param tab the page that it stands on
     * @param again shows that page with the form as it was filled in
     */
    Page perform(
            SentForm<WorkForm> sent,
            String name,
            String tab,
            BiFunction<Complaint, Filled, Page> again,
            Function<ComplaintNumber, Complaint> deed) {
        Complaint seen = pages.complaint(sent);
        FieldErrors errors = sent.errors();
        if (errors.any()) {
            return again.apply(seen, new Filled(name, sent.form(), errors));
        }
        try {
            Complaint after = deed.apply(seen.number());
            String path = "/desk/complaints/" + after.number().digits();
            return Page.done(
                    pages.sees(sent.who(), after) ? path + "/" + tab + "?done=" + name : "/desk/tasks",
                    "teamwork.done." + kind(name));
        } catch (Misfilled misfilled) {
            errors = errors.with(misfilled.field, sent.t().of(misfilled));
        } catch (Refused refused) {
            errors = errors.with("", sent.t().of(refused));
        }
        return again.apply(seen, new Filled(name, sent.form(), errors));
    }

    /** {@code handover} of {@code handover-0198…}: the form without the thing that it is about. */
    private static String kind(String name) {
        int dash = name.indexOf('-');
        return dash < 0 ? name : name.substring(0, dash);
    }

    /** A field that cannot be read. */
    static final class Misfilled extends Refused {
        private final String field;

        Misfilled(String field, String key) {
            super(key);
            this.field = field;
        }
    }

    static Instant instant(String field, String local, Texts t) {
        try {
            return LocalDateTime.parse(local.strip()).atZone(t.zone()).toInstant();
        } catch (DateTimeException e) {
            throw new Misfilled(field, "teamwork.refused.time");
        }
    }

    /** As a field of a form shows it. */
    static String local(Instant at, Texts t) {
        return LocalDateTime.ofInstant(at, t.zone())
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    /** The id that came with the form, or a new one. */
    static UUID id(String typed) {
        UUID id = maybe(typed);
        return id == null ? Ids.next() : id;
    }

    static UUID person(String field, String typed) {
        UUID id = maybe(typed.startsWith(Workers.PERSON) ? typed.substring(Workers.PERSON.length()) : typed);
        if (id == null) {
            throw new Misfilled(field, "teamwork.refused.nobody");
        }
        return id;
    }

    static @Nullable UUID maybe(String typed) {
        try {
            return typed.isBlank() ? null : UUID.fromString(typed);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
