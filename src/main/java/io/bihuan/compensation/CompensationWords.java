package io.bihuan.compensation;

import io.bihuan.compensation.CompensationEvent.CompensationApproved;
import io.bihuan.compensation.CompensationEvent.CompensationExpired;
import io.bihuan.compensation.CompensationEvent.CompensationGranted;
import io.bihuan.compensation.CompensationEvent.CompensationIssued;
import io.bihuan.compensation.CompensationEvent.CompensationPaid;
import io.bihuan.compensation.CompensationEvent.CompensationUsed;
import io.bihuan.compensation.CompensationEvent.CompensationVoided;
import io.bihuan.compensation.CompensationEvent.PayoutFailed;
import io.bihuan.compensation.CompensationEvent.PayoutRepeated;
import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.platform.Money;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells what happened to the money of a complaint; the customer hears what came for him, never why or who decided. */
@Component
class CompensationWords implements CaseEventWords {
    private static final String ICON = "tag";

    @Override
    public Class<? extends ComplaintEvent.CaseEvent> family() {
        return CompensationEvent.class;
    }

    @Override
    public Set<UUID> people(ComplaintEvent.CaseEvent event) {
        return switch ((CompensationEvent) event) {
            case CompensationGranted e -> e.approver() == null ? Set.of() : Set.of(e.approver());
            case CompensationApproved e -> Set.of(e.approver());
            case CompensationIssued e -> Set.of();
            case CompensationUsed e -> Set.of();
            case CompensationExpired e -> Set.of();
            case CompensationVoided e -> Set.of();
            case CompensationPaid e -> Set.of();
            case PayoutFailed e -> Set.of();
            case PayoutRepeated e -> Set.of();
        };
    }

    @Override
    public Words words(ComplaintEvent.CaseEvent event, Reader reader) {
        Texts t = reader.t();
        CompensationEvent what = (CompensationEvent) event;
        String title = t.of("compensation.event." + what.getClass().getSimpleName());
        String amount = money(what, t);
        return switch (what) {
            case CompensationGranted e ->
                new Words(
                        title,
                        ICON,
                        "blue",
                        t.of(
                                e.needsApproval() && e.approver() == null
                                        ? "compensation.told.asked"
                                        : "compensation.told.granted",
                                item(e, reader),
                                amount,
                                t.of(e.means())),
                        Personal.valueOf(e.reason()));
            case CompensationApproved e ->
                new Words(title, "check", "green", t.of("compensation.told.approved", amount), null);
            case CompensationIssued e ->
                new Words(
                        title,
                        ICON,
                        "green",
                        e.expiresAt() == null
                                ? t.of("compensation.told.issued", amount, t.of(e.means()))
                                : t.of("compensation.told.voucher", amount, lastDay(e, t)),
                        null);
            case CompensationUsed e ->
                new Words(
                        title,
                        "check",
                        "green",
                        t.of("compensation.told.used." + e.means(), amount),
                        Personal.valueOf(e.note()));
            case CompensationExpired e ->
                new Words(title, "clock", "secondary", t.of("compensation.told.expired", amount), null);
            case CompensationVoided e ->
                new Words(
                        title,
                        "x",
                        "secondary",
                        t.of("compensation.told.voided", amount, t.of(e.cause())),
                        Personal.valueOf(e.reason()));
            case CompensationPaid e -> new Words(title, "check", "green", t.of("compensation.told.paid", amount), null);
            case PayoutFailed e ->
                new Words(
                        title, "alert", "red", t.of("compensation.told.failed", amount), Personal.valueOf(e.reason()));
            case PayoutRepeated e -> new Words(title, ICON, "blue", t.of("compensation.told.repeated", amount), null);
        };
    }

    @Override
    public Optional<Words> toCustomer(ComplaintEvent.CaseEvent event, Texts t) {
        CompensationEvent what = (CompensationEvent) event;
        String amount = money(what, t);
        return switch (what) {
            case CompensationIssued e ->
                told(
                        t,
                        e.means() == Means.VOUCHER ? "voucher" : e.means() == Means.PAYOUT ? "payout" : "credit",
                        e.expiresAt() == null
                                ? t.of("compensation.customer." + e.means(), amount)
                                : t.of("compensation.customer.VOUCHER", amount, lastDay(e, t)));
            case CompensationPaid e -> told(t, "paid", t.of("compensation.customer.paid", amount));
            case CompensationGranted e -> Optional.empty();
            case CompensationApproved e -> Optional.empty();
            // Who used a voucher knows it.
            case CompensationUsed e ->
                e.means() == Means.CREDIT
                        ? told(t, "done", t.of("compensation.customer.done", amount))
                        : Optional.empty();
            case CompensationExpired e -> Optional.empty();
            case CompensationVoided e -> Optional.empty();
            case PayoutFailed e -> Optional.empty();
            case PayoutRepeated e -> Optional.empty();
        };
    }

    private static Optional<Words> told(Texts t, String title, String sentence) {
        return Optional.of(new Words(t.of("compensation.customer.title." + title), ICON, "green", sentence, null));
    }

    /** A voucher ends with a day: the instant is the first of the next one. */
    private static String lastDay(CompensationIssued event, Texts t) {
        return event.expiresAt() == null ? "" : t.date(event.expiresAt().minusSeconds(1));
    }

    private static String item(CompensationGranted event, Reader reader) {
        return Catalogue.all(reader.pack())
                .find(event.item())
                .map(item -> item.label().in(reader.t().locale()))
                .orElse(event.item());
    }

    private static String money(CompensationEvent event, Texts t) {
        return t.of("compensation.money", new Money(event.fen(), Currency.getInstance(event.currency())).yuan());
    }
}
