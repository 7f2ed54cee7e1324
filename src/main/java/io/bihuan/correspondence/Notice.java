package io.bihuan.correspondence;

import io.bihuan.complaint.Milestone;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.NoticePlan;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The notices by which a customer hears of the progress; the result is told by itself. */
public enum Notice {
    /** Who is responsible, and until when. */
    ACCEPTED("progress-1", Milestone.FIRST_PROGRESS_TOLD, Purpose.PROGRESS),
    /** What was found out. */
    FINDINGS("progress-2", Milestone.SECOND_PROGRESS_TOLD, Purpose.FINDINGS),
    /** How it will be solved, and when. */
    SOLUTION("progress-3", Milestone.THIRD_PROGRESS_TOLD, Purpose.SOLUTION);

    private final String clock;
    private final Milestone milestone;
    private final Purpose purpose;

    Notice(String clock, Milestone milestone, Purpose purpose) {
        this.clock = clock;
        this.milestone = milestone;
        this.purpose = purpose;
    }

    /** The name of the clock by which it is due. */
    public String clock() {
        return clock;
    }

    Milestone milestone() {
        return milestone;
    }

    /** Of the letters by which it is told. */
    public Purpose purpose() {
        return purpose;
    }

    /** Its share of the time until the solution, in percent; null when its clock says it alone. */
    @Nullable
    Integer share(NoticePlan plan) {
        return switch (this) {
            case ACCEPTED -> plan.accepted();
            case FINDINGS -> plan.findings();
            case SOLUTION -> plan.solution();
        };
    }

    static Optional<Notice> ofClock(String name) {
        return Arrays.stream(values()).filter(each -> each.clock.equals(name)).findFirst();
    }
}
