package io.bihuan.solution;

import io.bihuan.compensation.Acceptance;
import io.bihuan.compensation.Responsible;
import io.bihuan.complaint.CaseEvents;
import io.bihuan.complaint.CaseGuard;
import io.bihuan.complaint.CaseReach;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.investigation.Responsibilities;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** What this module adds to the life of a complaint. */
@Configuration(proxyBeanMethods = false)
class SolutionParts {
    @Bean
    CaseEvents solutionEvents() {
        return CaseEvents.of(SolutionEvent.class);
    }

    /** What was decided about the responsibility counts for what is paid. */
    @Bean
    Responsible recordedResponsibility(Responsibilities responsibilities) {
        return complaintId ->
                responsibilities.of(complaintId).map(decision -> decision.kind().name());
    }

    /** What was proposed is paid after the customer has agreed to it. */
    @Bean
    Acceptance acceptedProposals(SolutionRows rows) {
        return (complaintId, proposal) -> rows.read(complaintId)
                .proposals()
                .find(proposal)
                .filter(found -> found.state() == ProposalState.ACCEPTED)
                .isPresent();
    }

    /** Nothing is called solved, or put away, while something that was promised is not done. */
    @Component
    static class Guard implements CaseGuard {
        private final SolutionRows rows;

        Guard(SolutionRows rows) {
            this.rows = rows;
        }

        @Override
        public void check(Complaint complaint, Command command, Actor actor) {
            boolean isArchiving = command instanceof Command.Archive;
            if (isArchiving || command instanceof Command.Solve) {
                Optional<Refused> hindrance =
                        rows.read(complaint.id()).proposals().hindrance(isArchiving);
                if (hindrance.isPresent()) {
                    throw hindrance.get();
                }
            }
        }
    }

    /** Who carries a measure out sees the complaint. */
    @Component
    static class MeasureReach implements CaseReach {
        private final SolutionRows rows;
        private final Staff staff;

        MeasureReach(SolutionRows rows, Staff staff) {
            this.rows = rows;
            this.staff = staff;
        }

        @Override
        public boolean includes(Complaint complaint, UUID person) {
            return rows.works(
                    complaint.id(),
                    person,
                    staff.find(person).map(StaffMember::department).orElse(null));
        }
    }
}
