package io.bihuan.complaint;

import java.util.Arrays;
import java.util.List;

/** The five stages 受理 → 核实 → 处理 → 反馈 → 归档, and every way between them. */
public enum Stage {
    ACCEPT,
    VERIFY,
    HANDLE,
    FEEDBACK,
    ARCHIVE;

    /** An edge of the graph: which event takes it, and why it exists. */
    public enum Edge {
        ASSESSED(ACCEPT, VERIFY, "An owner stands behind it and it is classified: the facts can be checked."),
        VERIFIED(VERIFY, HANDLE, "The facts are known: a solution can be found."),
        SOLVED(HANDLE, FEEDBACK, "The decision is made and carried out: the customer has to hear it."),
        CONFIRMED(FEEDBACK, ARCHIVE, "The customer accepts the result."),
        UNREACHED(FEEDBACK, ARCHIVE, "The result was told and timed attempts to get an answer are recorded."),
        NOT_SATISFIED(FEEDBACK, HANDLE, "The customer does not accept the result: another solution is due."),
        RETURNED_TO_ACCEPT(VERIFY, ACCEPT, "The assessment was wrong: it is classified anew."),
        RETURNED_TO_VERIFY(HANDLE, VERIFY, "Facts are missing for a decision."),
        WITHDRAWN_IN_ACCEPT(ACCEPT, ARCHIVE, "The customer takes the complaint back."),
        WITHDRAWN_IN_VERIFY(VERIFY, ARCHIVE, "The customer takes the complaint back."),
        WITHDRAWN_IN_HANDLE(HANDLE, ARCHIVE, "The customer takes the complaint back."),
        REOPENED(ARCHIVE, HANDLE, "New facts, or the trouble came back: the number stays, the work goes on.");

        private final Stage from;
        private final Stage to;
        private final String reason;

        Edge(Stage from, Stage to, String reason) {
            this.from = from;
            this.to = to;
            this.reason = reason;
        }

        public Stage from() {
            return from;
        }

        public Stage to() {
            return to;
        }

        public String reason() {
            return reason;
        }
    }

    /** Every edge that leaves this stage. */
    public List<Edge> edges() {
        return Arrays.stream(Edge.values()).filter(edge -> edge.from == this).toList();
    }

    public boolean mayBecome(Stage next) {
        return edges().stream().anyMatch(edge -> edge.to == next);
    }
}
