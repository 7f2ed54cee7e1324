package io.bihuan.intake.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.UploadedFile;
import io.bihuan.intake.Submission;
import io.bihuan.pack.Kind;
import io.bihuan.web.BadInput;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is posted to register a complaint. */
@Schema(
        name = "Submission",
        requiredProperties = {"businessLine", "channel", "content", "customer"})
record SubmissionBody(
        @Schema(description = "Business line; it decides the industry pack", example = "appliance") @NotNull
        String businessLine,

        @NotNull Channel channel,

        @Schema(description = "COMPLAINT when absent") @Nullable
        Kind kind,

        @Schema(
                description = "Category code of the pack; proposed from the text when absent",
                example = "repeated-repair")
        @Nullable
        String category,

        @Schema(maxLength = Submission.LONGEST_TITLE, example = "Repaired three times and still not cooling") @Nullable
        String title,

        @Schema(
                maxLength = Submission.LONGEST_CONTENT,
                example =
                        "Installed in July; the technician came three times, charged 280 yuan each time, and it still does not cool.")
        @NotNull
        String content,

        @NotNull @Valid CustomerBody customer,

        @Schema(
                description = "Answers to the pack's form",
                example = "{\"productType\":\"air-conditioner\",\"model\":\"KFR-35GW\"}")
        @Nullable
        Map<String, @Nullable String> product,

        @Schema(description = "Code of the pack", example = "fee-refund") @Nullable
        String remedySought,

        @Schema(
                description = "The sender's own number; unique for a token",
                maxLength = Submission.LONGEST_EXTERNAL_NUMBER,
                example = "CRM-2026-1187")
        @Nullable
        String externalNumber,

        @Schema(description = "A date, or a time with or without offset", example = "2026-11-20T09:30:00+08:00")
        @Nullable
        String occurredAt,

        @Schema(description = "Files uploaded before by the same token")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        @Size(max = Submission.MOST_ATTACHMENTS)
        List<@Valid @NotNull UploadedFile> attachments) {
    /** Who complains. */
    @Schema(
            name = "Customer",
            requiredProperties = {"name", "phone"})
    record CustomerBody(
            @Schema(maxLength = Submission.LONGEST_NAME, example = "Zhang San") @Nullable
            String name,

            @Schema(maxLength = Submission.LONGEST_PHONE, example = "13812345678") @Nullable
            String phone,

            @Schema(maxLength = Submission.LONGEST_EMAIL) @Nullable
            String email) {}

    /** As it goes into the intake: external numbers are unique for the token that sends them. */
    Submission submission(UUID token, List<Attachment> files, ZoneId zone) {
        var answers = new LinkedHashMap<String, String>();
        Objects.requireNonNullElse(product, Map.<String, @Nullable String>of()).forEach((key, value) -> {
            if (value != null) {
                answers.put(key, value);
            }
        });
        return Submission.through(Submission.Door.API, businessLine, channel)
                .kind(kind)
                .category(category)
                .title(title)
                .content(content)
                .customer(customer.name(), customer.phone(), customer.email())
                .product(answers)
                .remedySought(remedySought)
                .external("token:" + token, externalNumber)
                .occurredAt(occurred(zone))
                .attachments(files)
                .build();
    }

    private @Nullable Instant occurred(ZoneId zone) {
        if (occurredAt == null || occurredAt.isBlank()) {
            return null;
        }
        String text = occurredAt.strip();
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            return text.matches(".*([Zz]|[+-]\\d\\d:\\d\\d)$")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new BadInput("/occurredAt", "intake.field.time");
        }
    }
}
