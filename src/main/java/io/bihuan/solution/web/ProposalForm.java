package io.bihuan.solution.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A proposal as it is written.
 *
 * @param revision of the proposal that was read; empty for a new one
 */
public record ProposalForm(
        String revision,
        @NotBlank String outcome,
        @NotBlank @Size(max = ProposalForm.LONGEST) String text,
        @Size(max = ProposalForm.LONGEST) String grounds,
        @Valid @Size(max = 30) List<MeasureRow> rows) {
    static final int LONGEST = 5_000;

    public ProposalForm(
            @Nullable String revision,
            @Nullable String outcome,
            @Nullable String text,
            @Nullable String grounds,
            @Nullable List<MeasureRow> rows) {
        this.revision = Objects.requireNonNullElse(revision, "");
        this.outcome = Objects.requireNonNullElse(outcome, "");
        this.text = Objects.requireNonNullElse(text, "");
        this.grounds = Objects.requireNonNullElse(grounds, "");
        this.rows = rows == null
                ? List.of()
                : rows.stream().filter(Objects::nonNull).toList();
    }
}
