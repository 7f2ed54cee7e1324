package io.bihuan.solution.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.solution.PlannedWork;
import io.bihuan.solution.Proposal;
import io.bihuan.solution.ProposalState;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one complaint is solved.
 *
 * @param proposals the newest first
 * @param waited how long it waited for approvals, in words; null: not at all
 * @param form of a new proposal; null when none may be made
 * @param routes to whom else the customer may turn
 * @param solving what the complaint could be called solved with; null while something is open
 * @param unsaved a proposal that somebody typed and whose form is there no more; null mostly
 * @param typed the small form that was refused
 */
public record SolutionPage(
        CasePages.Head head,
        List<ProposalView> proposals,
        @Nullable String waited,
        @Nullable FormView form,
        List<String> routes,
        @Nullable Solving solving,
        @Nullable ProposalForm unsaved,
        Typed typed) {
    /** A small form that was refused, with what was typed into it. */
    public record Typed(String deed, String text, FieldErrors errors) {
        static final Typed NOTHING = new Typed("", "", FieldErrors.NONE);

        public String textOf(String which) {
            return deed.equals(which) ? text : "";
        }

        public boolean is(String which) {
            return deed.equals(which);
        }
    }

    /** What the complaint is called solved with. */
    public record Solving(int version, String outcome, List<Option> outcomes, String measures, String routes) {}

    /** Whether the newest proposal was accepted, so that hardly anybody needs another one. */
    public boolean isSettled() {
        return !proposals.isEmpty() && proposals.getFirst().proposal().state() == ProposalState.ACCEPTED;
    }

    /** What somebody else saved while this person was typing. */
    public record Theirs(String by, String outcome, String text, String grounds, List<String> measures) {}

    /**
     * A form of a proposal, new or written again.
     *
     * @param told what the standard wants the customer to be told; may be empty
     * @param theirs to be compared with what was typed; null mostly
     */
    public record FormView(
            String action,
            String told,
            ProposalForm form,
            FieldErrors errors,
            List<Option> outcomes,
            List<Option> kinds,
            List<Option> departments,
            List<Option> people,
            List<Option> items,
            @Nullable Theirs theirs) {}

    /**
     * One proposal.
     *
     * @param tone a colour of badges
     * @param approval what stands with its approval, in words
     * @param may what this person may do with it now
     * @param link that the customer answers by; null while there is none
     * @param form to write it again; null when it may not be
     */
    public record ProposalView(
            Proposal proposal,
            String tone,
            String authors,
            @Nullable String approval,
            @Nullable String total,
            List<WorkView> works,
            May may,
            @Nullable String link,
            @Nullable String higher,
            List<Option> ways,
            List<Option> heard,
            List<Option> managers,
            @Nullable FormView form) {
        public String path(CasePages.Head head) {
            return head.path() + "/solution/proposals/" + proposal.number();
        }

        public boolean is(String state) {
            return proposal.state() == ProposalState.valueOf(state);
        }

        public boolean isOver() {
            return proposal.state().isOver();
        }
    }

    /** What somebody may do with a proposal now. */
    public record May(
            boolean ask,
            boolean decide,
            boolean send,
            boolean answer,
            boolean withdraw,
            boolean escalate,
            boolean reply,
            @Nullable String whyNotDecide) {}

    /**
     * One measure.
     *
     * @param amount in words; null where there is none
     * @param item of the compensation, in words
     * @param deed a prefix of the names of its small forms
     */
    public record WorkView(
            PlannedWork work,
            String department,
            @Nullable String person,
            String login,
            @Nullable String amount,
            @Nullable String item,
            @Nullable String settledBy,
            boolean isBinding,
            boolean mayFinish,
            boolean mayWaive,
            boolean mayMove,
            String deed,
            String dueAt,
            List<Option> departments,
            List<Option> people) {
        public boolean isDone() {
            return work.state() == PlannedWork.State.DONE;
        }

        public boolean isWaived() {
            return work.state() == PlannedWork.State.WAIVED;
        }
    }
}
