package io.bihuan.compensation;

import io.bihuan.compensation.CompensationEvent.CompensationApproved;
import io.bihuan.compensation.CompensationEvent.CompensationGranted;
import io.bihuan.compensation.CompensationEvent.CompensationIssued;
import io.bihuan.compensation.CompensationEvent.CompensationUsed;
import io.bihuan.compensation.CompensationEvent.CompensationVoided;
import io.bihuan.compensation.CompensationEvent.PayoutRepeated;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Post;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.standard.Compensation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is granted to customers. The methods that take a complaint belong into the {@link io.bihuan.complaint.CaseWork} of a caller:
 * they change money in its transaction, and what they return belongs into its events. Asked twice, each does its work once.
 */
@Component
public class Compensations {
    /** Days for which a voucher is good when nobody says otherwise. */
    public static final int USUAL_DAYS = 180;

    private static final int MOST_DAYS = 1_095;
    private static final int LONGEST_REASON = 2_000;
    /** Who decided so owes the customer nothing: only goodwill is left. */
    private static final Set<String> NOT_OURS = Set.of("CUSTOMER", "NOBODY", "UNCLEAR");

    /** Answers of a registration form that name the place complained of. */
    private static final List<String> PLACES = List.of("outlet", "dealer", "branch", "store");

    private final Complaints complaints;
    private final GrantRows rows;
    private final Payouts payouts;
    private final Budgets budgets;
    private final Ledger ledger;
    private final ObjectProvider<Responsible> responsible;
    private final ObjectProvider<Acceptance> acceptance;
    private final Packs packs;
    private final Staff staff;
    private final Keys keys;
    private final JdbcClient jdbc;
    private final InstantSource time;
    private final ZoneId zone;

    Compensations(
            Complaints complaints,
            GrantRows rows,
            Payouts payouts,
            Budgets budgets,
            Ledger ledger,
            ObjectProvider<Responsible> responsible,
            ObjectProvider<Acceptance> acceptance,
            Packs packs,
            Staff staff,
            Keys keys,
            JdbcClient jdbc,
            InstantSource time,
            @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.complaints = complaints;
        this.rows = rows;
        this.payouts = payouts;
        this.budgets = budgets;
        this.ledger = ledger;
        this.responsible = responsible;
        this.acceptance = acceptance;
        this.packs = packs;
        this.staff = staff;
        this.keys = keys;
        this.jdbc = jdbc;
        this.time = time;
        this.zone = zone;
    }

    // ---- what may be granted ----

    public Catalogue catalogue(Complaint complaint) {
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        return Catalogue.of(pack, complaint.category());
    }

    /** The kind of responsibility that was decided, if it was. */
    public Optional<String> responsibility(UUID complaintId) {
        return responsible
                .orderedStream()
                .flatMap(each -> each.of(complaintId).stream())
                .findFirst();
    }

    /** Whether the decision on responsibility lets something be granted that is more than goodwill. */
    public boolean isOwed(UUID complaintId) {
        return responsibility(complaintId)
                .filter(kind -> !NOT_OURS.contains(kind))
                .isPresent();
    }

    /** Whether this person may approve what waits for it: within the own limit or as who decides in the end, and not what is his own. */
    public boolean mayApprove(Complaint complaint, Grant grant, UUID person, Set<Role> roles) {
        return grant.waitsForApproval()
                && !grant.grantedBy().equals(Actor.staff(person))
                && (decides(person)
                        || catalogue(complaint)
                                .find(grant.item())
                                .filter(item -> Catalogue.mayApprove(item, roles, grant.amount()))
                                .isPresent());
    }

    private boolean decides(UUID person) {
        return staff.find(person)
                .filter(member -> member.posts().contains(Post.DECISION_LEVEL))
                .isPresent();
    }

    // ---- grant ----

    @Transactional
    public Complaint grant(ComplaintNumber number, GrantOrder order, Actor actor) {
        return complaints.record(number, null, actor, (complaint, writes) -> reserve(complaint, order, actor));
    }

    /**
     * Grants something: its amount is taken from a budget at once. Above the limit of whoever grants it, it waits for somebody else.
     *
     * @throws Refused when it is not owed, not in the catalogue, more than that allows, or more than the budget has left
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<CompensationEvent> reserve(Complaint complaint, GrantOrder order, Actor actor) {
        if (isKnown(complaint.id(), order)) {
            return List.of();
        }
        if (!complaint.isOpen()) {
            throw new Refused("compensation.refused.archived");
        }
        if (order.reason().isBlank() || order.reason().length() > LONGEST_REASON) {
            throw new Refused("compensation.refused.reason");
        }
        Compensation item =
                catalogue(complaint).find(order.item()).orElseThrow(() -> new Refused("compensation.refused.item"));
        String responsibility = grounds(complaint, item);
        Money amount = order.amount();
        if (amount.fen() == 0 || !amount.currency().equals(Money.CNY)) {
            throw new Refused("compensation.refused.amount");
        }
        Money most = Catalogue.most(item, order.quantity(), order.base());
        if (amount.compareTo(most) > 0) {
            throw new Refused("compensation.refused.most", most.yuan());
        }
        Means means = order.means() == null ? Means.of(item.measure()) : order.means();
        if (!Means.allowed(item.measure()).contains(means)) {
            throw new Refused("compensation.refused.means", means);
        }
        UUID approver = order.approvedBy();
        if (approver != null && Actor.staff(approver).equals(actor)) {
            throw new Refused("compensation.refused.own");
        }
        boolean needsApproval = approver != null || !Catalogue.mayGrantAlone(item, roles(actor), amount);
        String outlet = order.outlet() == null ? place(complaint) : order.outlet();
        Budget budget = budgets.draw(complaint.businessLine(), outlet, amount);
        UUID id = Ids.next();
        insert(complaint, id, item, means, responsibility, Budgets.outlet(outlet), budget, needsApproval, order, actor);
        ledger.book(Entry.reserved(amount.fen()), budget, complaint.id(), id, actor);
        return List.of(new CompensationGranted(
                id,
                amount.fen(),
                amount.currency().getCurrencyCode(),
                item.name(),
                item.measure(),
                means,
                responsibility,
                order.proposal(),
                order.measure(),
                needsApproval,
                approver,
                Personal.of(order.reason().strip())));
    }

    private boolean isKnown(UUID complaintId, GrantOrder order) {
        return jdbc.sql("""
                        select exists (select 1 from compensation.granted where complaint_id = :complaint
                            and ((proposal = :proposal and measure_number = :measure) or form_key = :key))
                        """)
                .param("complaint", complaintId)
                .param("proposal", order.proposal())
                .param("measure", order.measure())
                .param("key", order.key())
                .query(Boolean.class)
                .single();
    }

    private @Nullable String grounds(Complaint complaint, Compensation item) {
        if (Catalogue.isGoodwill(item.name())) {
            return null;
        }
        String kind = responsibility(complaint.id()).orElseThrow(() -> new Refused("compensation.refused.undecided"));
        if (NOT_OURS.contains(kind)) {
            throw new Refused("compensation.refused.notOurs");
        }
        return kind;
    }

    private Set<Role> roles(Actor actor) {
        return actor.kind() == Actor.Kind.STAFF
                ? staff.find(UUID.fromString(actor.id()))
                        .map(StaffMember::roles)
                        .orElse(Set.of())
                : Set.of();
    }

    private static String place(Complaint complaint) {
        return PLACES.stream()
                .map(key -> Personal.text(complaint.product().get(key)))
                .filter(place -> !place.isBlank())
                .findFirst()
                .orElse("");
    }

    private void insert(
            Complaint complaint,
            UUID id,
            Compensation item,
            Means means,
            @Nullable String responsibility,
            String outlet,
            Budget budget,
            boolean needsApproval,
            GrantOrder order,
            Actor actor) {
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        Instant now = time.instant();
        jdbc.sql("""
                insert into compensation.granted (complaint_id, id, number, business_line, outlet, budget_id, item, measure, means,
                    amount_fen, currency, responsibility, proposal, measure_number, form_key, status, needs_approval, granted_by,
                    granted_at, approved_by, approved_at, data_key, reason)
                values (:complaint, :id, :number, :line, :outlet, :budget, :item, :measure, :means,
                    :fen, :currency, :responsibility, :proposal, :measureNumber, :key, 'RESERVED', :needsApproval, :actor,
                    :now, :approver, :approvedAt, :dataKey, :reason)
                """)
                .param("complaint", complaint.id())
                .param("id", id)
                .param("number", complaint.number().digits())
                .param("line", complaint.businessLine())
                .param("outlet", outlet)
                .param("budget", budget.id())
                .param("item", item.name())
                .param("measure", item.measure().name())
                .param("means", means.name())
                .param("fen", order.amount().fen())
                .param("currency", order.amount().currency().getCurrencyCode())
                .param("responsibility", responsibility)
                .param("proposal", order.proposal())
                .param("measureNumber", order.measure())
                .param("key", order.key())
                .param("needsApproval", needsApproval)
                .param("actor", actor.toString())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("approver", order.approvedBy())
                .param("approvedAt", order.approvedBy() == null ? null : now.atOffset(ZoneOffset.UTC))
                .param("dataKey", wrapped)
                .param("reason", key.encrypt(order.reason().strip()))
                .update();
    }

    // ---- approve ----

    /**
     * Approves what somebody else granted above his limit.
     *
     * @throws Refused when it is his own, or above what he may approve
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<CompensationEvent> approve(Complaint complaint, UUID id, UUID approver) {
        Grant grant = rows.lock(complaint.id(), id);
        if (approver.equals(grant.approvedBy())) {
            return List.of();
        }
        if (!grant.waitsForApproval()) {
            throw new Refused("compensation.refused.noApproval");
        }
        if (grant.grantedBy().equals(Actor.staff(approver))) {
            throw new Refused("compensation.refused.own");
        }
        if (!mayApprove(complaint, grant, approver, roles(Actor.staff(approver)))) {
            throw new Refused("compensation.refused.limit", grant.amount().yuan());
        }
        jdbc.sql("""
                update compensation.granted set approved_by = :approver, approved_at = :now
                where complaint_id = :complaint and id = :id
                """)
                .param("complaint", complaint.id())
                .param("id", id)
                .param("approver", approver)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
        return List.of(new CompensationApproved(id, grant.amount().fen(), currency(grant), approver));
    }

    // ---- hand over ----

    /** Whether it can be handed over: what was proposed to a customer, after he has agreed to it. */
    public boolean mayHandOver(Grant grant) {
        return grant.status() == Status.RESERVED && !grant.waitsForApproval() && isAgreed(grant);
    }

    private boolean isAgreed(Grant grant) {
        Integer proposal = grant.proposal();
        return proposal == null || acceptance.stream().allMatch(each -> each.of(grant.complaintId(), proposal));
    }

    /**
     * Hands over what a colleague chose to.
     *
     * @throws Refused also while the customer has yet to agree: else two proposals could be paid
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<CompensationEvent> handOver(Complaint complaint, UUID id, Issue issue, Actor actor) {
        Grant grant = rows.lock(complaint.id(), id);
        if (grant.status() == Status.RESERVED && !isAgreed(grant)) {
            throw new Refused("compensation.refused.unanswered", Objects.requireNonNull(grant.proposal()));
        }
        return issue(complaint, id, issue, actor);
    }

    /**
     * Hands a grant over: a code is made, a payout asked for, or a credit ordered. Until then another means may be chosen that the
     * measure allows: what was to be paid to an account may go back by the way it came.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<CompensationEvent> issue(Complaint complaint, UUID id, Issue issue, Actor actor) {
        Grant grant = rows.lock(complaint.id(), id);
        boolean isAsPlanned = issue.means() == grant.means();
        if (grant.status() == Status.ISSUED && isAsPlanned) {
            return List.of();
        }
        if (!isAsPlanned && (grant.status() != Status.RESERVED || !grant.mayBe(issue.means()))) {
            throw new Refused("compensation.refused.means", issue.means());
        }
        if (grant.waitsForApproval()) {
            throw new Refused("compensation.refused.waits");
        }
        Instant expiresAt =
                switch (issue) {
                    case Issue.Voucher voucher -> code(grant, voucher.validDays());
                    case Issue.Payout payout -> {
                        payouts.ask(grant, payout);
                        yield null;
                    }
                    case Issue.Credit credit -> null;
                };
        if (!isAsPlanned) {
            rows.choose(grant, issue.means());
        }
        rows.move(grant, Status.ISSUED, null, null, actor);
        return List.of(new CompensationIssued(id, grant.amount().fen(), currency(grant), issue.means(), expiresAt));
    }

    /** It is good to the end of its last day. */
    private Instant code(Grant grant, int validDays) {
        if (validDays < 1 || validDays > MOST_DAYS) {
            throw new Refused("compensation.refused.days", MOST_DAYS);
        }
        LocalDate last = time.instant().atZone(zone).toLocalDate().plusDays(validDays);
        Instant expiresAt = last.plusDays(1).atStartOfDay(zone).toInstant();
        VoucherCode code = VoucherCode.random();
        SubjectKey key = rows.key(grant.id()).orElseThrow(() -> new Refused("compensation.refused.unknown"));
        jdbc.sql("""
                update compensation.granted set code_index = :index, code = :code, expires_at = :expires
                where complaint_id = :complaint and id = :id
                """)
                .param("complaint", grant.complaintId())
                .param("id", grant.id())
                .param("index", rows.index(code))
                .param("code", key.encrypt(code.text()))
                .param("expires", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
        return expiresAt;
    }

    /** A credit was carried out. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<CompensationEvent> settle(Complaint complaint, UUID id, String note, Actor actor) {
        Grant grant = rows.lock(complaint.id(), id);
        if (grant.means() != Means.CREDIT) {
            throw new Refused("compensation.refused.means", grant.means());
        }
        if (grant.status() == Status.USED) {
            return List.of();
        }
        if (note.isBlank()) {
            throw new Refused("compensation.refused.proof");
        }
        rows.move(grant, Status.USED, null, note, actor);
        return List.of(new CompensationUsed(
                id, grant.amount().fen(), currency(grant), grant.means(), Personal.ofNullable(note.strip())));
    }

    /** Pays once more what could not be paid, perhaps to another account. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<CompensationEvent> payAgain(Complaint complaint, UUID id, Issue.Payout payout) {
        Grant grant = rows.lock(complaint.id(), id);
        return payouts.repeat(grant, payout)
                .map(again -> List.<CompensationEvent>of(
                        new PayoutRepeated(id, grant.amount().fen(), currency(grant), again)))
                .orElse(List.of());
    }

    // ---- take back ----

    /**
     * Takes a grant back: one that is reserved, a voucher that was not used, a payout that finance does not have yet or could not make.
     *
     * @throws Refused when it was used, or the money may be on its way
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<CompensationEvent> annul(Complaint complaint, UUID id, VoidCause cause, String reason, Actor actor) {
        Grant grant = rows.lock(complaint.id(), id);
        if (grant.status() == Status.VOID) {
            return List.of();
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Refused("compensation.refused.reason");
        }
        return annul(complaint, grant, cause, reason, actor);
    }

    private List<CompensationEvent> annul(
            Complaint complaint, Grant grant, VoidCause cause, @Nullable String reason, Actor actor) {
        if (cause == VoidCause.NOT_APPROVED && !mayRefuse(complaint, grant, actor)) {
            throw new Refused("compensation.refused.limit", grant.amount().yuan());
        }
        if (grant.means() == Means.PAYOUT && grant.status() == Status.ISSUED) {
            payouts.cancel(grant);
        }
        rows.move(grant, Status.VOID, cause, reason, actor);
        return List.of(new CompensationVoided(
                grant.id(),
                grant.amount().fen(),
                currency(grant),
                cause,
                reason == null ? null : Personal.ofNullable(reason.strip())));
    }

    private boolean mayRefuse(Complaint complaint, Grant grant, Actor actor) {
        return actor.kind() == Actor.Kind.STAFF
                && mayApprove(complaint, grant, UUID.fromString(actor.id()), roles(actor));
    }

    /** Takes back everything of a proposal that is not handed over yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<CompensationEvent> annulProposal(Complaint complaint, int proposal, VoidCause cause, Actor actor) {
        var events = new ArrayList<CompensationEvent>();
        for (Grant each : ofProposal(complaint.id(), proposal)) {
            Grant grant = rows.lock(complaint.id(), each.id());
            if (grant.status() == Status.RESERVED) {
                events.addAll(annul(complaint, grant, cause, null, actor));
            }
        }
        return events;
    }

    // ---- read ----

    /** Everything granted on a complaint, the oldest first. */
    @Transactional(readOnly = true)
    public List<Grant> of(UUID complaintId) {
        return rows.of(complaintId);
    }

    @Transactional(readOnly = true)
    public List<Grant> ofProposal(UUID complaintId, int proposal) {
        return of(complaintId).stream()
                .filter(grant -> Objects.equals(grant.proposal(), proposal))
                .toList();
    }

    /** Whether what a measure grants is done: with the customer, or carried out; empty when it grants nothing. */
    @Transactional(readOnly = true)
    public Optional<Boolean> standing(UUID complaintId, int proposal, int measure) {
        return ofProposal(complaintId, proposal).stream()
                .filter(grant -> Objects.equals(grant.measureNumber(), measure))
                .map(grant -> !grant.isOpen() && grant.status() != Status.VOID)
                .findFirst();
    }

    /** What the complaint has cost so far: what is owed or spent. */
    @Transactional(readOnly = true)
    public Money cost(UUID complaintId) {
        return Money.ofFen(of(complaintId).stream()
                .filter(grant -> grant.status() == Status.ISSUED || grant.status() == Status.USED)
                .mapToLong(grant -> grant.amount().fen())
                .sum());
    }

    /** The code of a voucher, for its customer; empty when there is none, or it was erased. */
    @Transactional(readOnly = true)
    public Optional<VoucherCode> voucherCode(UUID complaintId, UUID id) {
        return jdbc.sql("""
                        select data_key, code from compensation.granted
                        where complaint_id = :complaint and id = :id and data_key is not null and code is not null
                        """)
                .param("complaint", complaintId)
                .param("id", id)
                .query((row, number) ->
                        new VoucherCode(keys.unwrap(row.getBytes("data_key")).decrypt(row.getBytes("code"))))
                .optional();
    }

    /** The same for somebody of the staff: it is written down who saw it. */
    @Transactional
    public Optional<VoucherCode> reveal(UUID complaintId, UUID id, UUID who) {
        Optional<VoucherCode> code = voucherCode(complaintId, id);
        code.ifPresent(each -> Seen.write(jdbc, Seen.What.CODE, id, who, time.instant()));
        return code;
    }

    private static String currency(Grant grant) {
        return grant.amount().currency().getCurrencyCode();
    }

    /** Everybody whom the grants name. */
    public static Set<UUID> people(List<Grant> grants) {
        return grants.stream()
                .flatMap(grant -> Stream.concat(
                        Stream.ofNullable(grant.approvedBy()),
                        grant.grantedBy().kind() == Actor.Kind.STAFF
                                ? Stream.of(UUID.fromString(grant.grantedBy().id()))
                                : Stream.empty()))
                .collect(java.util.stream.Collectors.toSet());
    }
}
