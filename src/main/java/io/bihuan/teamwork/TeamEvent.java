package io.bihuan.teamwork;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.complaint.ComplaintEvent.CaseEvent;
import io.bihuan.complaint.Milestone;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to the team over departments. */
public sealed interface TeamEvent extends CaseEvent {
    record TeamCalled(
            List<TeamReason> why, UUID by, @Nullable Personal note) implements TeamEvent {
        @Override
        @JsonIgnore
        public Milestone milestone() {
            return Milestone.TEAM_CALLED;
        }
    }

    record TeamMemberJoined(UUID person, @Nullable String department, boolean leads) implements TeamEvent {}

    record TeamMemberLeft(UUID person, Personal reason) implements TeamEvent {}

    record TeamLeadChanged(UUID from, UUID to) implements TeamEvent {}

    record TeamStarted(@Nullable Personal note) implements TeamEvent {
        @Override
        @JsonIgnore
        public Milestone milestone() {
            return Milestone.TEAM_STARTED;
        }
    }

    record TeamStepSet(UUID step, Personal text, UUID owner, Instant dueAt) implements TeamEvent {
        @Override
        @JsonIgnore
        public List<Personal> texts() {
            return List.of(text);
        }
    }

    record TeamStepDone(UUID step, UUID by) implements TeamEvent {}

    record TeamStepDropped(UUID step, Personal reason) implements TeamEvent {}

    record TeamPlanned(Personal plan) implements TeamEvent {
        @Override
        @JsonIgnore
        public Milestone milestone() {
            return Milestone.TEAM_PLANNED;
        }

        @Override
        @JsonIgnore
        public List<Personal> texts() {
            return List.of(plan);
        }
    }

    record TeamDecided(UUID decision, UUID by, Personal text) implements TeamEvent {
        @Override
        @JsonIgnore
        public List<Personal> texts() {
            return List.of(text);
        }
    }

    record TeamEnded(Personal reason) implements TeamEvent {}
}
