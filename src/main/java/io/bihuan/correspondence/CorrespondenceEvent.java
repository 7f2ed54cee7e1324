package io.bihuan.correspondence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.clock.Dispatch;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Milestone;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Letter.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was said to the customer of a complaint, and what of it was promised. */
public sealed interface CorrespondenceEvent extends ComplaintEvent.CaseEvent {
    /** None of it makes a decision about the case a wrong one. */
    @Override
    default boolean changesTheCase() {
        return false;
    }

    /** The notices are planned, or planned anew because the time until the solution has become another. */
    record NoticesPlanned(Map<Notice, Instant> times) implements CorrespondenceEvent {
        @Override
        @JsonIgnore
        public Map<String, Instant> promises() {
            return times.entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().clock(), Map.Entry::getValue));
        }
    }

    /** Somebody gave a notice another time. */
    record NoticeMoved(Notice notice, Instant to, Personal why) implements CorrespondenceEvent {
        @Override
        @JsonIgnore
        public Map<String, Instant> promises() {
            return Map.of(notice.clock(), to);
        }
    }

    /** Something is said to the customer; {@code way} is the first that is tried, and {@code message} says what becomes of it. */
    record Told(UUID message, Purpose purpose, @Nullable Notice notice, Contact way, Personal text)
            implements CorrespondenceEvent {
        @Override
        @JsonIgnore
        public List<Personal> texts() {
            return List.of(text);
        }
    }

    /** A notice has left us, or has reached the customer. */
    record NoticeTold(Notice notice, UUID message, Contact way, Dispatch reached) implements CorrespondenceEvent {
        @Override
        public Milestone milestone() {
            return notice.milestone();
        }

        @Override
        public Dispatch dispatch() {
            return reached;
        }
    }

    /** No way has led to the customer. */
    record TellingFailed(UUID message, Purpose purpose) implements CorrespondenceEvent {}

    record FewerNoticesExcused(int told, Personal reason) implements CorrespondenceEvent {}
}
