package io.bihuan.telephony.web;

import io.bihuan.complaint.Worklist;
import java.util.List;

/** What is shown of the calls of whoever looks, while they ring and until something is written down. */
public record CurrentCallsPage(List<Current> calls) {
    /**
     * A call with who calls.
     *
     * @param card changes when there is something new to see
     * @param name of the customer, as the newest complaint has it
     * @param archived how many of the number's complaints are closed
     */
    public record Current(
            CallLine line, String card, String name, List<Worklist.Row> open, int archived, String register) {}
}
