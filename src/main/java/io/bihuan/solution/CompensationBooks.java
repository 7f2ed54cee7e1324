package io.bihuan.solution;

import io.bihuan.compensation.Catalogue;
import io.bihuan.compensation.CompensationEvent;
import io.bihuan.compensation.Compensations;
import io.bihuan.compensation.Grant;
import io.bihuan.compensation.GrantOrder;
import io.bihuan.compensation.Issue;
import io.bihuan.compensation.Means;
import io.bihuan.compensation.Status;
import io.bihuan.compensation.VoidCause;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Compensation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the books of compensation in step with proposals. */
@Component
class CompensationBooks implements Grants {
    private final Compensations compensations;

    CompensationBooks(Compensations compensations) {
        this.compensations = compensations;
    }

    @Override
    public List<? extends ComplaintEvent.CaseEvent> sent(Complaint complaint, Proposal proposal, Actor actor) {
        var events = new ArrayList<CompensationEvent>();
        for (PlannedMeasure measure : proposal.measures()) {
            String item = item(measure);
            Long fen = measure.fen();
            if (item != null && fen != null && fen > 0) {
                events.addAll(
                        compensations.reserve(complaint, order(complaint, proposal, measure, item, fen, actor), actor));
            }
        }
        return events;
    }

    /** What is paid stands in the books: where nothing was chosen, as the customer's own money that goes back. */
    private static @Nullable String item(PlannedMeasure measure) {
        String chosen = measure.item();
        return chosen != null ? chosen : Catalogue.repaymentOf(measure.kind()).orElse(null);
    }

    private GrantOrder order(
            Complaint complaint, Proposal proposal, PlannedMeasure measure, String item, long fen, Actor actor) {
        Compensation.@Nullable Value value = compensations
                .catalogue(complaint)
                .find(item)
                .map(Compensation::value)
                .orElse(null);
        return new GrantOrder(
                item,
                null,
                Money.ofFen(fen),
                quantity(value, fen),
                base(value, fen),
                null,
                Personal.text(measure.text()),
                proposal.number(),
                measure.number(),
                null,
                answering(proposal, actor));
    }

    /** Who answers for it: an approver, else the author by the own authority; nobody beside whoever sends it. */
    private static @Nullable UUID answering(Proposal proposal, Actor actor) {
        List<UUID> people = proposal.approvedBy().isEmpty() ? List.of(proposal.author()) : proposal.approvedBy();
        return people.stream()
                .filter(person -> !Actor.staff(person).equals(actor))
                .findFirst()
                .orElse(null);
    }

    /** So many days or months as the amount, which was approved, is for. */
    private static int quantity(Compensation.@Nullable Value value, long fen) {
        return value instanceof Compensation.UpTo upTo && upTo.per() != Compensation.Per.CASE
                ? Math.toIntExact(Math.ceilDiv(fen, upTo.amount().fen()))
                : 1;
    }

    /** The price of which the amount, which was approved, is the share; null where the item has a limit of its own. */
    private static @Nullable Money base(Compensation.@Nullable Value value, long fen) {
        BigDecimal part;
        if (value instanceof Compensation.Share share && share.upTo() == null) {
            part = share.percent().movePointLeft(2);
        } else if (value instanceof Compensation.Multiple multiple) {
            part = multiple.times();
        } else {
            return null;
        }
        return Money.ofFen(
                BigDecimal.valueOf(fen).divide(part, 0, RoundingMode.CEILING).longValueExact());
    }

    /** What needs nothing more of the customer is handed over at once; for a payout the account is asked first. */
    @Override
    public List<? extends ComplaintEvent.CaseEvent> accepted(Complaint complaint, Proposal proposal, Actor actor) {
        var events = new ArrayList<CompensationEvent>();
        for (Grant grant : compensations.ofProposal(complaint.id(), proposal.number())) {
            if (grant.status() != Status.RESERVED || grant.waitsForApproval()) {
                continue;
            }
            switch (grant.means()) {
                case VOUCHER ->
                    events.addAll(compensations.issue(
                            complaint, grant.id(), new Issue.Voucher(Compensations.USUAL_DAYS), actor));
                case CREDIT -> events.addAll(compensations.issue(complaint, grant.id(), new Issue.Credit(), actor));
                case PAYOUT -> {}
            }
        }
        return events;
    }

    @Override
    public List<? extends ComplaintEvent.CaseEvent> dropped(
            Complaint complaint, Proposal proposal, boolean isRejected, Actor actor) {
        return compensations.annulProposal(
                complaint, proposal.number(), isRejected ? VoidCause.DECLINED : VoidCause.REPLACED, actor);
    }

    @Override
    public List<? extends ComplaintEvent.CaseEvent> done(
            Complaint complaint, Proposal proposal, PlannedMeasure measure, String proof, Actor actor) {
        Optional<Grant> granted = grant(complaint, proposal, measure);
        if (granted.isEmpty()) {
            return List.of();
        }
        Grant grant = granted.get();
        if (grant.means() == Means.CREDIT && grant.status() == Status.ISSUED && !proof.isBlank()) {
            return compensations.settle(complaint, grant.id(), proof, actor);
        }
        if (grant.isOpen() || grant.status() == Status.VOID) {
            throw new Refused("solution.refused.unpaid");
        }
        return List.of();
    }

    @Override
    public List<? extends ComplaintEvent.CaseEvent> waived(
            Complaint complaint, Proposal proposal, PlannedMeasure measure, String reason, Actor actor) {
        return grant(complaint, proposal, measure)
                .filter(grant -> grant.status() == Status.RESERVED || grant.isOpen())
                .map(grant -> compensations.annul(complaint, grant.id(), VoidCause.OTHER, reason, actor))
                .orElse(List.of());
    }

    private Optional<Grant> grant(Complaint complaint, Proposal proposal, PlannedMeasure measure) {
        return compensations.ofProposal(complaint.id(), proposal.number()).stream()
                .filter(grant -> Objects.equals(grant.measureNumber(), measure.number()))
                .findFirst();
    }
}
