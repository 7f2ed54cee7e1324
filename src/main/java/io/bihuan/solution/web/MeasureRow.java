package io.bihuan.solution.web;

import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One measure of a form; without a kind it is none. */
public record MeasureRow(
        String kind,
        String department,
        String person,
        String dueAt,
        String amount,
        String item,
        String internal,
        @Size(max = 2_000) String text) {
    static final MeasureRow BLANK = new MeasureRow("", "", "", "", "", "", "", "");

    public MeasureRow(
            @Nullable String kind,
            @Nullable String department,
            @Nullable String person,
            @Nullable String dueAt,
            @Nullable String amount,
            @Nullable String item,
            @Nullable String internal,
            @Nullable String text) {
        this.kind = Objects.requireNonNullElse(kind, "");
        this.department = Objects.requireNonNullElse(department, "");
        this.person = Objects.requireNonNullElse(person, "");
        this.dueAt = Objects.requireNonNullElse(dueAt, "");
        this.amount = Objects.requireNonNullElse(amount, "");
        this.item = Objects.requireNonNullElse(item, "");
        this.internal = Objects.requireNonNullElse(internal, "");
        this.text = Objects.requireNonNullElse(text, "");
    }

    public boolean isInternal() {
        return internal.equals("true");
    }
}
