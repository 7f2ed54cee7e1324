package io.bihuan.regulator.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The four fields that the authority asks for: time, course, way and result. */
public record AnswerForm(
        String version,
        @NotBlank String settledAt,
        @NotBlank @Size(max = AnswerForm.LONGEST) String course,
        @NotBlank String way,
        @NotBlank @Size(max = AnswerForm.LONGEST) String result) {
    static final int LONGEST = 5_000;

    public AnswerForm(
            @Nullable String version,
            @Nullable String settledAt,
            @Nullable String course,
            @Nullable String way,
            @Nullable String result) {
        this.version = Objects.requireNonNullElse(version, "");
        this.settledAt = Objects.requireNonNullElse(settledAt, "");
        this.course = Objects.requireNonNullElse(course, "");
        this.way = Objects.requireNonNullElse(way, "");
        this.result = Objects.requireNonNullElse(result, "");
    }
}
