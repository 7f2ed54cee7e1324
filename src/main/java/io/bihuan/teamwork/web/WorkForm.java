package io.bihuan.teamwork.web;

import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the forms of these pages send; each uses some of the fields.
 *
 * @param id made with the form, so that what is sent twice is done once
 * @param to {@code d:} and a department, or {@code p:} and somebody
 * @param items of a checklist, one a line
 */
public record WorkForm(
        @Size(max = 40) String id,
        @Size(max = 200) String title,
        @Size(max = 5_000) String what,
        @Size(max = 100) String to,
        @Size(max = 40) String dueAt,
        @Size(max = 5_000) String items,
        @Size(max = 5_000) String text) {
    static final WorkForm EMPTY = new WorkForm("", "", "", "", "", "", "");

    public WorkForm(
            @Nullable String id,
            @Nullable String title,
            @Nullable String what,
            @Nullable String to,
            @Nullable String dueAt,
            @Nullable String items,
            @Nullable String text) {
        this.id = Objects.requireNonNullElse(id, "");
        this.title = Objects.requireNonNullElse(title, "");
        this.what = Objects.requireNonNullElse(what, "");
        this.to = Objects.requireNonNullElse(to, "");
        this.dueAt = Objects.requireNonNullElse(dueAt, "");
        this.items = Objects.requireNonNullElse(items, "");
        this.text = Objects.requireNonNullElse(text, "");
    }

    Map<String, String> values() {
        return Map.of("id", id, "title", title, "what", what, "to", to, "dueAt", dueAt, "items", items, "text", text);
    }
}
