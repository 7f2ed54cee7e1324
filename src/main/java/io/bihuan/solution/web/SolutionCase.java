package io.bihuan.solution.web;

import io.bihuan.complaint.CasePart;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.SignedIn;
import io.bihuan.solution.Proposal;
import io.bihuan.solution.ProposalState;
import io.bihuan.solution.SolutionEvent;
import io.bihuan.solution.Solutions;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The solution on the pages of a complaint. */
@Component
@Order(440)
class SolutionCase implements CasePart {
    private final Solutions solutions;

    SolutionCase(Solutions solutions) {
        this.solutions = solutions;
    }

    @Override
    public List<Tab> tabs(Complaint complaint, SignedIn who) {
        return complaint.stage() == Stage.ACCEPT
                ? List.of()
                : List.of(new Tab("solution.tab", SolutionPages.TAB, "check", 0));
    }

    @Override
    public List<Glance> glances(Complaint complaint, SignedIn who, Texts t) {
        if (complaint.stage() == Stage.ACCEPT) {
            return List.of();
        }
        Optional<Proposal> last = solutions.of(complaint.id()).last();
        return last.map(proposal -> List.of(new Glance(
                        t.of("solution.tab"),
                        text(proposal, t),
                        SolutionPages.tone(proposal.state()),
                        SolutionPages.TAB)))
                .orElse(List.of());
    }

    @Override
    public Front front(Dossier dossier, SignedIn who, Texts t) {
        Complaint complaint = dossier.complaint();
        return new Front(
                tabs(complaint, who), dossier.mayHave(SolutionEvent.class) ? glances(complaint, who, t) : List.of());
    }

    private static String text(Proposal proposal, Texts t) {
        String state = t.of("solution.glance", proposal.number(), t.of(proposal.state()));
        return proposal.state() == ProposalState.ACCEPTED || proposal.state() == ProposalState.APPROVED
                ? t.of(
                        "solution.glance.measures",
                        state,
                        proposal.works().size() - proposal.open(),
                        proposal.works().size())
                : state;
    }
}
