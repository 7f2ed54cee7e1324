package io.bihuan.compensation.web;

import io.bihuan.compensation.Compensations;
import io.bihuan.compensation.Grant;
import io.bihuan.compensation.Issue;
import io.bihuan.compensation.Means;
import io.bihuan.compensation.Payout;
import io.bihuan.compensation.Payouts;
import io.bihuan.compensation.Status;
import io.bihuan.compensation.VoidCause;
import io.bihuan.compensation.VoucherCode;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.CaseWork;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.StandardTexts;
import io.bihuan.web.BadInput;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is granted on one complaint. */
@Controller
@RequestMapping("/desk/complaints/{number}/compensation")
class CompensationController {
    private static final String TEMPLATE = "compensation/case";

    private final CasePages pages;
    private final Complaints complaints;
    private final Compensations compensations;
    private final Payouts payouts;
    private final Packs packs;
    private final ActorNames names;

    CompensationController(
            CasePages pages,
            Complaints complaints,
            Compensations compensations,
            Payouts payouts,
            Packs packs,
            ActorNames names) {
        this.pages = pages;
        this.complaints = complaints;
        this.compensations = compensations;
        this.payouts = payouts;
        this.packs = packs;
        this.names = names;
    }

    @GetMapping
    Page show(@PathVariable String number, @AuthenticationPrincipal SignedIn who, Texts t) {
        Complaint complaint = pages.complaint(number, who);
        return Page.of(TEMPLATE, page(complaint, blank(), FieldErrors.NONE, null, who, t));
    }

    @PostMapping("/grants")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute GrantForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = pages.complaint(number, who);
        FieldErrors errors = form.check(FieldErrors.of(binding, t), t);
        if (!errors.any()) {
            try {
                compensations.grant(complaint.number(), form.order(), who.actor());
                return done(complaint, "compensation.done.granted");
            } catch (Refused refused) {
                errors = errors.with(field(refused), t.of(refused));
            }
        }
        return Page.invalid(TEMPLATE, page(complaint, form, errors, null, who, t));
    }

    private static String field(Refused refused) {
        return switch (refused.key()) {
            case "compensation.refused.most", "compensation.refused.amount", "compensation.refused.spent" -> "amount";
            case "compensation.refused.base" -> "base";
            case "compensation.refused.quantity" -> "quantity";
            case "compensation.refused.means" -> "means";
            default -> "item"; // whatever else there is concerns what was chosen
        };
    }

    @PostMapping("/grants/{grant}/approvals")
    Page approve(@PathVariable String number, @PathVariable UUID grant, @AuthenticationPrincipal SignedIn who) {
        Complaint complaint = pages.complaint(number, who);
        perform(complaint, who, (locked, writes) -> compensations.approve(locked, grant, who.id()));
        return done(complaint, "compensation.done.approved");
    }

    @PostMapping("/grants/{grant}/issues")
    Page issue(
            @PathVariable String number,
            @PathVariable UUID grant,
            @RequestParam String means,
            @RequestParam(defaultValue = "") String days,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String bank,
            @RequestParam(defaultValue = "") String account,
            @AuthenticationPrincipal SignedIn who) {
        Complaint complaint = pages.complaint(number, who);
        Issue issue =
                switch (constant(Means.class, "means", means)) {
                    case VOUCHER -> new Issue.Voucher(days(days));
                    case PAYOUT -> new Issue.Payout(name, bank, account);
                    case CREDIT -> new Issue.Credit();
                };
        perform(complaint, who, (locked, writes) -> compensations.handOver(locked, grant, issue, who.actor()));
        return done(complaint, "compensation.done.issued");
    }

    private static int days(String typed) {
        if (typed.isBlank()) {
            return Compensations.USUAL_DAYS;
        }
        if (!typed.strip().matches("\\d{1,4}")) {
            throw new BadInput("/days", "web.field.unreadable");
        }
        return Integer.parseInt(typed.strip());
    }

    @PostMapping("/grants/{grant}/settlements")
    Page settle(
            @PathVariable String number,
            @PathVariable UUID grant,
            @RequestParam String note,
            @AuthenticationPrincipal SignedIn who) {
        Complaint complaint = pages.complaint(number, who);
        perform(complaint, who, (locked, writes) -> compensations.settle(locked, grant, note, who.actor()));
        return done(complaint, "compensation.done.settled");
    }

    @PostMapping("/grants/{grant}/payouts")
    Page payAgain(
            @PathVariable String number,
            @PathVariable UUID grant,
            @RequestParam String name,
            @RequestParam(defaultValue = "") String bank,
            @RequestParam String account,
            @AuthenticationPrincipal SignedIn who) {
        Complaint complaint = pages.complaint(number, who);
        perform(
                complaint,
                who,
                (locked, writes) -> compensations.payAgain(locked, grant, new Issue.Payout(name, bank, account)));
        return done(complaint, "compensation.done.repeated");
    }

    @PostMapping("/grants/{grant}/annulments")
    Page annul(
            @PathVariable String number,
            @PathVariable UUID grant,
            @RequestParam String cause,
            @RequestParam String reason,
            @AuthenticationPrincipal SignedIn who) {
        Complaint complaint = pages.complaint(number, who);
        VoidCause why = constant(VoidCause.class, "cause", cause);
        perform(complaint, who, (locked, writes) -> compensations.annul(locked, grant, why, reason, who.actor()));
        return done(complaint, "compensation.done.annulled");
    }

    /** Shows the code on the page that answers, and nowhere else. */
    @PostMapping("/grants/{grant}/codes")
    Page reveal(@PathVariable String number, @PathVariable UUID grant, @AuthenticationPrincipal SignedIn who, Texts t) {
        Complaint complaint = pages.complaint(number, who);
        VoucherCode code = compensations
                .reveal(complaint.id(), grant, who.id())
                .orElseThrow(() -> new Refused("compensation.refused.noCode"));
        return Page.of(TEMPLATE, page(complaint, blank(), FieldErrors.NONE, new Shown(grant, code), who, t));
    }

    private record Shown(UUID grant, VoucherCode code) {}

    private static GrantForm blank() {
        return GrantForm.empty(Ids.next().toString());
    }

    private void perform(Complaint complaint, SignedIn who, CaseWork work) {
        complaints.record(complaint.number(), null, who.actor(), work);
    }

    private static Page done(Complaint complaint, String key) {
        return Page.done("/desk/complaints/" + complaint.number().digits() + "/" + CompensationParts.PATH, key);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new BadInput("/" + name, "web.field.unreadable"));
    }

    // ---- the page ----

    private CompensationPage page(
            Complaint complaint, GrantForm form, FieldErrors errors, @Nullable Shown shown, SignedIn who, Texts t) {
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        var texts = new StandardTexts(pack, t);
        List<Grant> grants = compensations.of(complaint.id());
        List<Payout> paid = grants.isEmpty() ? List.of() : payouts.of(complaint.id());
        ActorNames.Names called = names.of(
                Stream.concat(
                                grants.stream().map(grant -> grant.grantedBy().toString()),
                                grants.stream()
                                        .map(Grant::approvedBy)
                                        .filter(Objects::nonNull)
                                        .map(id -> Actor.staff(id).toString()))
                        .toList(),
                t);
        boolean mayGrant = CompensationRoutes.mayGrant(who);
        return new CompensationPage(
                pages.head(complaint, CompensationParts.PATH, who, t),
                grants.stream()
                        .map(grant -> line(complaint, pack, grant, paid, called, shown, mayGrant, who, t))
                        .toList(),
                t.of("compensation.money", compensations.cost(complaint.id()).yuan()),
                compensations
                        .responsibility(complaint.id())
                        .map(kind -> t.of("compensation.responsibility." + kind))
                        .orElse(null),
                compensations.isOwed(complaint.id()),
                mayGrant && complaint.isOpen(),
                compensations.catalogue(complaint).items().stream()
                        .map(item -> new CompensationPage.Item(
                                item.name(),
                                item.label().in(t.locale()),
                                texts.value(item.value()),
                                String.join(t.of("compensation.separator"), texts.limits(item)),
                                item.condition().in(t.locale())))
                        .toList(),
                Arrays.stream(Means.values())
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                Stream.of(VoidCause.DECLINED, VoidCause.MISTAKE, VoidCause.REPLACED, VoidCause.OTHER)
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                form,
                Compensations.USUAL_DAYS,
                errors);
    }

    private CompensationPage.Line line(
            Complaint complaint,
            Pack pack,
            Grant grant,
            List<Payout> paid,
            ActorNames.Names called,
            @Nullable Shown shown,
            boolean mayGrant,
            SignedIn who,
            Texts t) {
        List<Payout> own =
                paid.stream().filter(each -> each.grantId().equals(grant.id())).toList();
        boolean isWithFinance = own.stream().anyMatch(each -> each.state() == Payout.State.EXPORTED);
        boolean isReady = compensations.mayHandOver(grant);
        boolean mayIssue = mayGrant && isReady;
        Integer proposal = grant.proposal();
        boolean isUnanswered = grant.status() == Status.RESERVED && !grant.waitsForApproval() && !isReady;
        boolean isIssued = grant.status() == Status.ISSUED;
        UUID approver = grant.approvedBy();
        Shown code = shown != null && shown.grant().equals(grant.id()) ? shown : null;
        return new CompensationPage.Line(
                grant.id().toString(),
                Looks.item(pack, grant.item(), t),
                Looks.money(grant.amount(), t),
                t.of(grant.means()),
                grant.waitsForApproval() ? t.of("compensation.waits") : Looks.status(grant, t),
                grant.waitsForApproval() ? "orange" : Looks.of(grant.status()),
                Personal.text(grant.reason()),
                called.of(grant.grantedBy().toString()),
                grant.grantedAt(),
                grant.needsApproval(),
                approver == null ? null : called.of(Actor.staff(approver).toString()),
                grant.approvedAt(),
                grant.issuedAt(),
                grant.expiresAt() == null ? null : t.date(grant.expiresAt().minusSeconds(1)),
                grant.endedAt(),
                Stream.of(grant.voidCause() == null ? "" : t.of(grant.voidCause()), Personal.text(grant.endNote()))
                        .filter(text -> !text.isBlank())
                        .collect(java.util.stream.Collectors.joining(t.of("compensation.colon"))),
                code != null
                        ? code.code().readable()
                        : grant.hasCode()
                                ? compensations
                                        .voucherCode(complaint.id(), grant.id())
                                        .map(VoucherCode::masked)
                                        .orElse(null)
                                : null,
                code != null,
                own.stream().map(each -> paid(each, t)).toList(),
                grant.waitsForApproval(),
                proposal != null && isUnanswered ? t.of("compensation.unanswered", proposal) : null,
                compensations.mayApprove(complaint, grant, who.id(), who.roles()),
                mayIssue && grant.means() == Means.VOUCHER,
                mayIssue && grant.means() == Means.PAYOUT,
                mayIssue && grant.means() == Means.CREDIT,
                mayIssue && grant.means() == Means.PAYOUT && grant.mayBe(Means.CREDIT),
                mayGrant && isIssued && grant.means() == Means.CREDIT,
                mayGrant && isIssued && !own.isEmpty() && own.getLast().state() == Payout.State.FAILED,
                mayGrant && (grant.status() == Status.RESERVED || isIssued) && !isWithFinance);
    }

    private static CompensationPage.Paid paid(Payout payout, Texts t) {
        return new CompensationPage.Paid(
                payout.attempt(),
                payout.maskedName(),
                payout.maskedAccount(),
                t.of(payout.state()),
                Looks.of(payout.state()),
                payout.endedAt(),
                Personal.text(payout.failure()));
    }
}
