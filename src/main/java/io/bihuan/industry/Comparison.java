package io.bihuan.industry;

import io.bihuan.clock.ClockPolicies;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.Policies;
import io.bihuan.clock.Policies.Published;
import io.bihuan.clock.PolicyVersion;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Milestone;
import io.bihuan.industry.DryRun.Aspect;
import io.bihuan.industry.DryRun.Difference;
import io.bihuan.pack.CaseFacts;
import io.bihuan.pack.Pack;
import io.bihuan.triage.Facts;
import io.bihuan.triage.Proposal;
import io.bihuan.triage.Triage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a version of a pack does otherwise than another with complaints as they came in. Without side effects. */
final class Comparison {
    private final Pack before;
    private final Pack after;
    private final Triage triage;
    private final Clocks clocks;
    /** What an administrator decided over the earlier version: a new version takes it along. */
    private final Map<String, ClockPolicy> own = new HashMap<>();

    Comparison(Pack before, Pack after, Triage triage, Clocks clocks, Policies policies) {
        this.before = before;
        this.after = after;
        this.triage = triage;
        this.clocks = clocks;
        for (ClockPolicy stated : before.part(ClockPolicies.class).clocks()) {
            policies.versions(before, stated.name())
                    .map(Policies.Versions::inForce)
                    .filter(Published::isOwn)
                    .ifPresent(published ->
                            own.put(stated.name(), published.version().terms()));
        }
    }

    /** What comes out otherwise, in the order of the aspects; empty when nothing does. */
    List<Difference> of(Complaint complaint) {
        Proposal was = triage.assess(before, Facts.of(complaint, before));
        Proposal would = triage.assess(after, Facts.of(complaint, after));
        var differences = new ArrayList<Difference>();
        differ(Aspect.CATEGORY, was.category(), would.category(), differences);
        differ(Aspect.SEVERITY, was.severity().name(), would.severity().name(), differences);
        differ(Aspect.PRIORITY, was.priority().name(), would.priority().name(), differences);
        differ(Aspect.DEPARTMENT, was.department(), would.department(), differences);
        Map<String, Instant> due = deadlines(before, was, complaint);
        Map<String, Instant> wouldBeDue = deadlines(after, would, complaint);
        var names = new TreeSet<>(due.keySet());
        names.addAll(wouldBeDue.keySet());
        for (String name : names) {
            String then = text(due.get(name));
            String now = text(wouldBeDue.get(name));
            if (!then.equals(now)) {
                differences.add(new Difference(Aspect.DEADLINE, name, then, now));
            }
        }
        return differences;
    }

    private Map<String, Instant> deadlines(Pack pack, Proposal proposal, Complaint complaint) {
        CaseFacts facts = complaint.facts(pack).judged(proposal.category(), proposal.severity());
        List<String> keys = Complaint.calendarKeys(proposal.department(), complaint.channel());
        var due = new LinkedHashMap<String, Instant>();
        for (ClockPolicy stated : pack.part(ClockPolicies.class).clocks()) {
            boolean starts = stated.startOn().equals(Milestone.REGISTERED.name())
                    && (stated.when() == null || stated.when().holds(facts));
            if (starts) {
                ClockPolicy decided = own.get(stated.name());
                ClockPolicy terms = decided == null ? stated : stated.countedAs(decided);
                var policy = new PolicyVersion(pack.id(), pack.version(), 0, terms);
                due.put(
                        policy.name(),
                        clocks.preview(policy, proposal.severity(), keys, complaint.receivedAt())
                                .dueAt());
            }
        }
        return due;
    }

    private static void differ(
            Aspect aspect, @Nullable String was, @Nullable String would, List<Difference> differences) {
        String then = was == null ? "" : was;
        String now = would == null ? "" : would;
        if (!then.equals(now)) {
            differences.add(new Difference(aspect, "", then, now));
        }
    }

    private static String text(@Nullable Instant at) {
        return at == null ? "" : at.toString();
    }
}
