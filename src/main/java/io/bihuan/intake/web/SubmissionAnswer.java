package io.bihuan.intake.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bihuan.clock.ClockState;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ProductAnswers;
import io.bihuan.complaint.Stage;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a registration is answered.
 *
 * @param clocks the promises that run, the earliest first
 * @param warnings what was taken in although it is doubtful; null for nothing
 * @param trackingUrl the customer's link; it is made for each answer and not kept, since whoever has it reads the complaint
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "number",
    "stage",
    "severity",
    "priority",
    "owner",
    "department",
    "clocks",
    "warnings",
    "trackingUrl"
})
record SubmissionAnswer(
        String number,
        Stage stage,
        Severity severity,
        Priority priority,
        Owner owner,
        @Nullable Department department,
        List<Promise> clocks,

        @Schema(description = "What was taken in although it is doubtful: ask the customer") @Nullable
        List<Doubt> warnings,

        @Nullable String trackingUrl) {
    /** The member of the staff who answers for the complaint. */
    record Owner(UUID id, @Nullable String name) {}

    /** The responsible department. */
    record Department(String code, String name) {}

    /** A clock. */
    record Promise(String name, Instant dueAt, ClockState state) {}

    /** Something doubtful at a place of the submission, such as {@code /product/vin}. */
    record Doubt(String pointer, String detail) {}

    static SubmissionAnswer of(Complaint complaint, @Nullable String ownerName, Pack pack, Texts t) {
        Locale locale = t.locale();
        String department = complaint.department();
        return new SubmissionAnswer(
                complaint.number().digits(),
                complaint.stage(),
                complaint.severity(),
                complaint.priority(),
                new Owner(complaint.owner(), ownerName),
                department == null
                        ? null
                        : new Department(
                                department,
                                pack.departments()
                                        .find(department)
                                        .map(each -> each.label().in(locale))
                                        .orElse(department)),
                complaint.runningClocks().entrySet().stream()
                        .map(clock -> new Promise(clock.getKey(), clock.getValue(), ClockState.RUNNING))
                        .sorted(Comparator.comparing(Promise::dueAt).thenComparing(Promise::name))
                        .toList(),
                doubts(complaint, pack, t),
                null);
    }

    private static @Nullable List<Doubt> doubts(Complaint complaint, Pack pack, Texts t) {
        List<Doubt> doubts = ProductAnswers.of(complaint, pack).warnings().stream()
                .map(doubt -> new Doubt(
                        "/product/" + doubt.key(),
                        t.of(doubt.messageKey(), doubt.arguments().toArray())))
                .toList();
        return doubts.isEmpty() ? null : doubts;
    }
}
