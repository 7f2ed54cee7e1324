package io.bihuan.complaint.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.Worklist;
import io.bihuan.complaint.web.ComplaintView.Named;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A complaint as one item of a list of the API. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComplaintPart(
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
        String excerpt,
        People.@Nullable Person owner,
        boolean ownerConfirmed,
        @Nullable Named department,
        Instant receivedAt,
        @Nullable Instant dueAt,
        boolean waitingForCustomer,
        @Nullable Instant archivedAt) {
    /** One page; {@code next} is the cursor of the following one, absent on the last. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ComplaintPage")
    public record Page(List<ComplaintPart> items, @Nullable String next) {}

    static ComplaintPart of(Worklist.Row row, Pack pack, Map<UUID, StaffMember> people, Locale locale) {
        return new ComplaintPart(
                row.number().digits(),
                row.version(),
                row.businessLine(),
                row.channel(),
                row.kind(),
                row.stage(),
                row.severity(),
                row.priority(),
                ComplaintView.category(row.category(), pack, locale),
                row.title(),
                row.excerpt(),
                People.person(row.owner(), people),
                row.ownerConfirmed(),
                ComplaintView.department(row.department(), pack, locale),
                row.receivedAt(),
                row.dueAt(),
                row.waiting(),
                row.archivedAt());
    }
}
