package io.bihuan.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.ComplaintEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of every event it is decided whether others hear of it. */
class EventTypeTests {
    /** What concerns the company alone. */
    private static final Set<String> INTERNAL = Set.of(
            "ArrivedClosed",
            "ConfirmationAttempted",
            "Noted",
            "WorkResumed",
            "ClocksPaused",
            "ClocksResumed",
            "FactsAdded",
            "ClockExtended",
            "ClockReplaced",
            "DeadlineCorrected",
            "ClockWarned",
            "Escalated",
            "EscalationAcknowledged",
            "TaskOpened",
            "TaskDone",
            "JoinedBy",
            "SeparatedFrom",
            "Linked",
            "Unlinked");

    @Test
    void everyEventIsToldOrInternal() {
        Set<String> events = Stream.of(ComplaintEvent.class.getPermittedSubclasses())
                .filter(Class::isRecord)
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
        assertThat(events)
                .filteredOn(event -> EventType.ofEvent(event).isEmpty())
                .containsExactlyInAnyOrderElementsOf(INTERNAL);
        long told = events.stream()
                .filter(event -> EventType.ofEvent(event).isPresent())
                .count();
        assertThat(told).as("every type is an event").isEqualTo(EventType.values().length);
    }

    @Test
    void codesAreReadBack() {
        for (EventType type : EventType.values()) {
            assertThat(EventType.ofCode(type.code())).contains(type);
            assertThat(type.code()).matches("complaint\\.[a-z_]+");
        }
        assertThat(EventType.ofCode("complaint.unknown")).isEmpty();
    }
}
