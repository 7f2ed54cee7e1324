package io.bihuan.clock.web;

import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.Policies.Standing;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One policy: what is in force, all versions, and a draft of the next.
 *
 * @param packNewer what the pack states otherwise, while an own version is in force; empty when it states nothing newer
 * @param form null for who may only read
 * @param preview null as long as nothing is drafted
 */
public record PolicyPage(
        String path,
        String label,
        String pack,
        List<Said> decided,
        List<Said> stated,
        boolean isOwn,
        List<String> packNewer,
        boolean isPackNewer,
        List<Version> versions,
        int newest,
        @Nullable PolicyForm form,
        @Nullable Preview preview,
        Choices choices,
        FieldErrors errors) {
    /** The roles, and whatever else the step has been approved by. */
    public List<Option> approvers(PolicyForm.Step step) {
        String now = String.valueOf(step.approver());
        if (now.isEmpty()
                || choices.approvers().stream().anyMatch(each -> each.value().equals(now))) {
            return choices.approvers();
        }
        var more = new ArrayList<>(choices.approvers());
        more.add(new Option(now, now));
        return more;
    }

    /** One thing that a policy says. */
    public record Said(String label, String value) {}

    /** What may be chosen in the form. */
    public record Choices(
            List<Option> units,
            List<Option> calendars,
            List<Option> ends,
            List<Option> pauses,
            List<Option> approvers) {}

    /**
     * A version as it is read.
     *
     * @param changes against the version before; empty for the first
     */
    public record Version(
            int packVersion,
            int revision,
            boolean isOwn,
            Standing standing,
            @Nullable Instant effectiveFrom,
            Instant publishedAt,
            String by,
            String reason,
            List<String> changes) {}

    /** When a complaint filed at that time would be due, now and under the draft. */
    public record Preview(String filedAt, List<String> changes, List<Compared> severities) {}

    public record Compared(String severity, Due now, Due draft, String difference) {}

    public record Due(String amount, String due, @Nullable String assumed, List<ClockTexts.Line> why) {}
}
