package io.bihuan.solution.web;

import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of the small forms: each uses those it needs. */
public record DeedForm(
        @Size(max = 2_000) String text,
        String way,
        String answer,
        String question,
        String revision,
        String to,
        String department,
        String person,
        String dueAt) {
    public DeedForm(
            @Nullable String text,
            @Nullable String way,
            @Nullable String answer,
            @Nullable String question,
            @Nullable String revision,
            @Nullable String to,
            @Nullable String department,
            @Nullable String person,
            @Nullable String dueAt) {
        this.text = Objects.requireNonNullElse(text, "");
        this.way = Objects.requireNonNullElse(way, "");
        this.answer = Objects.requireNonNullElse(answer, "");
        this.question = Objects.requireNonNullElse(question, "");
        this.revision = Objects.requireNonNullElse(revision, "");
        this.to = Objects.requireNonNullElse(to, "");
        this.department = Objects.requireNonNullElse(department, "");
        this.person = Objects.requireNonNullElse(person, "");
        this.dueAt = Objects.requireNonNullElse(dueAt, "");
    }
}
