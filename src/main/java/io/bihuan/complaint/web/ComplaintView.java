package io.bihuan.complaint.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Confirmation;
import io.bihuan.complaint.Finding;
import io.bihuan.complaint.LinkKind;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.ProductAnswers;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A complaint as the API gives it: the customer's ways of contact are masked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComplaintView(
        String number,
        int version,
        String businessLine,
        Channel channel,
        Kind kind,
        Stage stage,
        Severity severity,
        Priority priority,
        @Nullable Named category,
        @Nullable String title,
        String content,
        Contacts customer,
        Map<String, String> product,
        @Nullable String remedySought,
        @Nullable String externalNumber,
        @Nullable Instant occurredAt,
        Instant receivedAt,
        Instant registeredAt,
        People.@Nullable Person owner,
        boolean ownerConfirmed,
        @Nullable Named department,
        People.@Nullable Person handler,
        List<Deadline> clocks,
        boolean waitingForCustomer,
        @Nullable Finding finding,
        @Nullable Outcome outcome,
        @Nullable Instant toldAt,
        @Nullable Confirmation confirmation,
        int confirmationAttempts,
        @Nullable Instant archivedAt,
        @Nullable String joinedTo,
        List<String> joined,
        List<Tie> links,
        @Nullable String repeatOf,
        String trackingUrl) {
    /** Something of the pack, in the language of the reader. */
    public record Named(String code, String name) {
        static @Nullable Named of(@Nullable String code, java.util.Optional<Label> label, Locale locale) {
            return code == null
                    ? null
                    : new Named(code, label.map(each -> each.in(locale)).orElse(code));
        }
    }

    /** Who complains; phone and e-mail are masked. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Contacts(String name, String phone, String email) {}

    /** Another complaint, and what it is to this one. */
    @Schema(name = "ComplaintLink")
    public record Tie(String number, LinkKind kind) {}

    /** A clock. */
    public record Deadline(String name, Instant dueAt, ClockState state) {}

    static ComplaintView of(
            Complaint complaint,
            List<Clock> clocks,
            Pack pack,
            Map<UUID, StaffMember> people,
            String trackingUrl,
            Locale locale) {
        var product = new TreeMap<>(ProductAnswers.of(complaint, pack).masked());
        return new ComplaintView(
                complaint.number().digits(),
                complaint.version(),
                complaint.businessLine(),
                complaint.channel(),
                complaint.kind(),
                complaint.stage(),
                complaint.severity(),
                complaint.priority(),
                category(complaint.category(), pack, locale),
                Personal.valueOf(complaint.title()),
                Personal.text(complaint.content()),
                new Contacts(
                        Personal.text(complaint.customer().name()),
                        Masks.phone(Personal.valueOf(complaint.customer().phone())),
                        Masks.email(Personal.valueOf(complaint.customer().email()))),
                product,
                complaint.remedySought(),
                complaint.externalNumber(),
                complaint.occurredAt(),
                complaint.receivedAt(),
                complaint.registeredAt(),
                People.person(complaint.owner(), people),
                complaint.ownerConfirmedAt() != null,
                department(complaint.department(), pack, locale),
                People.person(complaint.handler(), people),
                clocks.stream()
                        .map(clock -> new Deadline(clock.name(), clock.dueAt(), clock.state()))
                        .toList(),
                complaint.isWaiting(),
                complaint.finding(),
                complaint.outcome(),
                complaint.toldAt(),
                complaint.confirmation(),
                complaint.confirmationAttempts(),
                complaint.archivedAt(),
                digits(complaint.joinedTo()),
                complaint.joined().keySet().stream()
                        .map(ComplaintNumber::digits)
                        .sorted()
                        .toList(),
                complaint.links().entrySet().stream()
                        .map(link -> new Tie(link.getKey().digits(), link.getValue()))
                        .sorted(Comparator.comparing(Tie::number))
                        .toList(),
                digits(complaint.repeatOf()),
                trackingUrl);
    }

    private static @Nullable String digits(@Nullable ComplaintNumber number) {
        return number == null ? null : number.digits();
    }

    static @Nullable Named category(@Nullable String code, Pack pack, Locale locale) {
        return code == null
                ? null
                : Named.of(code, pack.categories().find(code).map(category -> category.label()), locale);
    }

    static @Nullable Named department(@Nullable String code, Pack pack, Locale locale) {
        return code == null
                ? null
                : Named.of(code, pack.departments().find(code).map(department -> department.label()), locale);
    }
}
