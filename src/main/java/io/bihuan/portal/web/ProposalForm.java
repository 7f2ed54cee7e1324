package io.bihuan.portal.web;

import io.bihuan.portal.FormToken;

/**
 * What a customer says to a proposal.
 *
 * @param form the token of this form
 * @param answer {@code accept} or {@code reject}; empty for a question
 * @param reason why it is rejected
 * @param question what the customer wants to know
 */
public record ProposalForm(String form, String answer, String reason, String question) {
    static final String ACCEPT = "accept";
    static final String REJECT = "reject";
    public static final int LONGEST_TEXT = 5_000;

    public ProposalForm {
        form = Typed.line(form);
        answer = Typed.line(answer);
        reason = Typed.text(reason);
        question = Typed.text(question);
    }

    static ProposalForm empty() {
        return new ProposalForm(FormToken.next().toString(), "", "", "");
    }

    public boolean isRejection() {
        return answer.equals(REJECT);
    }
}
