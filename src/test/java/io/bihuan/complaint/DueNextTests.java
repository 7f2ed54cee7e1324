package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.DueNext.Span;
import io.bihuan.complaint.DueNext.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DueNextTests {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static When when(String now, String dueAt) {
        List<When> found = DueNext.spans(Instant.parse(now), SHANGHAI).stream()
                .filter(span -> span.holds(Instant.parse(dueAt)))
                .map(Span::when)
                .toList();
        assertThat(found).as(dueAt).hasSize(1);
        return found.getFirst();
    }

    @Test
    void aLimitThatEndsAtMidnightIsDueOnTheDayThatEnds() {
        // Tuesday, 10:00
        String now = "2026-10-13T02:00:00Z";
        assertThat(when(now, "2026-10-13T16:00:00Z")).isEqualTo(When.TODAY);
        assertThat(when(now, "2026-10-14T16:00:00Z")).isEqualTo(When.TOMORROW);
        assertThat(when(now, "2026-10-18T16:00:00Z")).isEqualTo(When.WEEK);
        assertThat(when(now, "2026-10-18T16:00:00.000001Z")).isEqualTo(When.LATER);
    }

    @Test
    void whatIsDueThisVeryMomentIsStillInTime() {
        assertThat(when("2026-10-13T02:00:00Z", "2026-10-13T02:00:00Z")).isEqualTo(When.HOUR);
        assertThat(when("2026-10-13T02:00:00Z", "2026-10-13T01:59:59.999999Z")).isEqualTo(When.OVERDUE);
        assertThat(when("2026-10-13T02:00:00Z", "2026-10-13T03:00:00Z")).isEqualTo(When.HOUR);
        assertThat(when("2026-10-13T02:00:00Z", "2026-10-13T03:00:00.000001Z")).isEqualTo(When.TODAY);
    }

    @Test
    void lateOnASundayEverySpanStillHasItsPlace() {
        // 23:30: the hour reaches into Monday, and the week is over before tomorrow is
        String now = "2026-10-18T15:30:00Z";
        assertThat(when(now, "2026-10-18T16:20:00Z")).isEqualTo(When.HOUR);
        assertThat(when(now, "2026-10-18T17:00:00Z")).isEqualTo(When.TOMORROW);
        assertThat(when(now, "2026-10-19T16:00:00Z")).isEqualTo(When.TOMORROW);
        assertThat(when(now, "2026-10-20T02:00:00Z")).isEqualTo(When.LATER);
    }

    @Test
    void everyMomentIsInExactlyOneSpan() {
        Instant first = Instant.parse("2026-10-12T00:00:00Z");
        for (int start = 0; start < 7 * 24; start++) {
            Instant now = first.plus(Duration.ofHours(start));
            for (int hours = -30; hours < 10 * 24; hours++) {
                when(now.toString(), now.plus(Duration.ofHours(hours)).toString());
            }
        }
    }
}
