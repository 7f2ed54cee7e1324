package io.bihuan.routing.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Factors;
import io.bihuan.routing.Criterion;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a complaint was assessed, who could handle it, and who must keep out of it.
 *
 * @param assessments the newest first
 * @param weights the points that could be had
 * @param candidates who may handle it, the best first
 * @param mayName whether the reader may write down who must keep out
 * @param mayAssign whether a handler can be chosen now
 */
public record RoutingPage(
        CasePages.Head head,
        Complaint complaint,
        @Nullable Factors factors,
        List<Assessment> assessments,
        String department,
        Map<Criterion, Integer> weights,
        List<Candidate> candidates,
        List<Out> out,
        List<Named> named,
        boolean isUnderReview,
        boolean mayName,
        boolean mayAssign,
        List<Option> people,
        List<Option> departments,
        Map<String, String> typed,
        FieldErrors errors) {
    /** One assessment: what was another value before. */
    public record Assessment(Instant at, String by, boolean isFirst, List<Change> changes, String note) {}

    /** One value in words; empty for none. */
    public record Change(String label, String before, String after) {}

    /** Somebody who may handle it. */
    public record Candidate(
            String id,
            String name,
            int total,
            Map<Criterion, Integer> points,
            int open,
            int recent,
            boolean isHandler) {}

    /** Somebody who may not, and why. */
    public record Out(String name, String why) {}

    /** Somebody or something that the complaint is about. */
    public record Named(String id, String kind, String name, Instant since) {}

    public String path() {
        return head.path() + "/routing";
    }

    public String typed(String field) {
        return typed.getOrDefault(field, "");
    }
}
