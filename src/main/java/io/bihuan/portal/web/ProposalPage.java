package io.bihuan.portal.web;

import io.bihuan.solution.Offer;
import io.bihuan.web.FieldErrors;
import java.util.List;

/**
 * A proposal as its customer sees it.
 *
 * @param path the address of this page, {@code tracking} that of the complaint
 * @param amounts of the measures in words, in their order; empty where there is none
 * @param bodies to whom else the customer may turn
 */
public record ProposalPage(
        String path,
        String tracking,
        String number,
        Offer offer,
        List<String> amounts,
        List<ExternalBody> bodies,
        String hotline,
        String hotlineHours,
        ProposalForm form,
        FieldErrors errors) {
    public boolean isOpen() {
        return offer.state() == Offer.State.OPEN;
    }
}
