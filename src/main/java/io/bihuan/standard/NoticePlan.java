package io.bihuan.standard;

import io.bihuan.pack.PackNode;
import org.jspecify.annotations.Nullable;

/**
 * When a customer hears of the progress: shares, in percent, of the time from the assessment to the solution.
 *
 * @param accepted that it is accepted, by whom and until when; null: as the clock has it
 * @param findings what was found out
 * @param solution how it will be solved, and when
 * @param sendsAccepted whether the first goes out by itself when the complaint is assessed
 */
public record NoticePlan(@Nullable Integer accepted, int findings, int solution, boolean sendsAccepted) {
    private static final int NONE = 0;
    private static final int HALF = 50;
    private static final int MOST = 100;
    private static final int NEAR_THE_END = 80;

    /** Where a playbook says nothing. */
    public static final NoticePlan USUAL = new NoticePlan(null, HALF, NEAR_THE_END, false);

    static NoticePlan read(PackNode node) {
        int accepted = node.number("accepted", 1, MOST, NONE);
        int findings = node.number("findings", 1, MOST, HALF);
        int solution = node.number("solution", 1, MOST, NEAR_THE_END);
        if (accepted > findings || findings > solution) {
            node.problem("standard.problem.noticeOrder");
        }
        return new NoticePlan(accepted == NONE ? null : accepted, findings, solution, node.flag("sendsAccepted"));
    }
}
