package io.bihuan.regulator.web;

import io.bihuan.intake.Submission;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is copied from the authority's form. */
public record RegulatorCaseForm(
        @NotBlank String authority,

        @NotBlank @Size(max = Submission.LONGEST_EXTERNAL_NUMBER)
        String externalNumber,

        @NotBlank String sentAt,
        String statedDueAt,
        String businessLine,
        @Size(max = Submission.LONGEST_TITLE) String title,
        @NotBlank @Size(max = Submission.LONGEST_CONTENT) String content,
        @Size(max = Submission.LONGEST_NAME) String name,
        @Size(max = Submission.LONGEST_PHONE) String phone) {
    static final RegulatorCaseForm EMPTY = new RegulatorCaseForm("", "", "", "", "", "", "", "", "");

    public RegulatorCaseForm(
            @Nullable String authority,
            @Nullable String externalNumber,
            @Nullable String sentAt,
            @Nullable String statedDueAt,
            @Nullable String businessLine,
            @Nullable String title,
            @Nullable String content,
            @Nullable String name,
            @Nullable String phone) {
        this.authority = Objects.requireNonNullElse(authority, "");
        this.externalNumber = Objects.requireNonNullElse(externalNumber, "");
        this.sentAt = Objects.requireNonNullElse(sentAt, "");
        this.statedDueAt = Objects.requireNonNullElse(statedDueAt, "");
        this.businessLine = Objects.requireNonNullElse(businessLine, "");
        this.title = Objects.requireNonNullElse(title, "");
        this.content = Objects.requireNonNullElse(content, "");
        this.name = Objects.requireNonNullElse(name, "");
        this.phone = Objects.requireNonNullElse(phone, "");
    }
}
