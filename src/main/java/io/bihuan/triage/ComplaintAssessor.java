package io.bihuan.triage;

import io.bihuan.complaint.Assessor;
import io.bihuan.complaint.Complaint;
import io.bihuan.customer.Customers;
import io.bihuan.customer.Identity;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.privacy.Personal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Lets the rules of the pack propose how a registered complaint should be assessed. */
@Component
class ComplaintAssessor implements Assessor {
    private final Triage triage;
    private final Packs packs;
    private final Customers customers;

    ComplaintAssessor(Triage triage, Packs packs, Customers customers) {
        this.triage = triage;
        this.packs = packs;
        this.customers = customers;
    }

    @Override
    public Suggestion suggest(Complaint complaint) {
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        Facts facts = Facts.of(complaint, pack).with(circumstances(complaint));
        Proposal proposal = triage.assess(pack, facts);
        return new Suggestion(
                proposal.category(),
                proposal.severity(),
                proposal.priority(),
                proposal.department(),
                proposal.why().stream().map(ComplaintAssessor::why).toList(),
                guessed(complaint, pack, facts),
                proposal.factors(),
                proposal.whyFactors().stream()
                        .map(reason -> new FactorWhy(reason.factor(), reason.label(), reason.evidence()))
                        .toList());
    }

    /** What became known since it came in: it repeats another one, its customer needs care. */
    private Set<Circumstance> circumstances(Complaint complaint) {
        var known = EnumSet.noneOf(Circumstance.class);
        if (complaint.repeatOf() != null) {
            known.add(Circumstance.REPEATED);
        }
        var identities = new ArrayList<Identity>();
        Identity.phone(Personal.text(complaint.customer().phone())).ifPresent(identities::add);
        Identity.email(Personal.text(complaint.customer().email())).ifPresent(identities::add);
        if (customers.isVulnerable(identities)) {
            known.add(Circumstance.VULNERABLE);
        }
        return known;
    }

    private List<Why> guessed(Complaint complaint, Pack pack, Facts facts) {
        String category = complaint.category();
        if (category == null) {
            return List.of();
        }
        Proposal unchosen = triage.assess(pack, facts.unchosen());
        return category.equals(unchosen.category())
                ? unchosen.why(Reason.Aspect.CATEGORY).stream()
                        .map(ComplaintAssessor::why)
                        .toList()
                : List.of();
    }

    private static Why why(Reason reason) {
        Aspect aspect =
                switch (reason.aspect()) {
                    case CATEGORY -> Aspect.CATEGORY;
                    case SEVERITY -> Aspect.SEVERITY;
                    case PRIORITY -> Aspect.PRIORITY;
                    case DEPARTMENT -> Aspect.DEPARTMENT;
                };
        return new Why(aspect, reason.label(), reason.evidence());
    }
}
