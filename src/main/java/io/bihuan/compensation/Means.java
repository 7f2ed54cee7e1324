package io.bihuan.compensation;

import io.bihuan.standard.Measure;
import java.util.EnumSet;
import java.util.Set;

/** How something reaches the customer. */
public enum Means {
    /** A code that can be used once. */
    VOUCHER,
    /** Money to an account, paid by finance. */
    PAYOUT,
    /** In the company's own books or in kind: a fee waived, a free visit. */
    CREDIT;

    /** What is usual for a measure. */
    public static Means of(Measure measure) {
        return switch (measure) {
            case COUPON -> VOUCHER;
            case REFUND, RETURN, PRICE_DIFFERENCE, COMPENSATION -> PAYOUT;
            case REPAIR,
                    REWORK,
                    PART,
                    EXCHANGE,
                    FREE_SERVICE,
                    LOANER,
                    CREDIT,
                    CORRECTION,
                    EXPLANATION,
                    APOLOGY,
                    TRAINING,
                    SAFETY_CHECK,
                    REFERRAL -> CREDIT;
        };
    }

    /** Whether the measure costs money that is granted, limited and booked here. */
    public static boolean isMoney(Measure measure) {
        return switch (measure) {
            case COUPON, REFUND, RETURN, PRICE_DIFFERENCE, COMPENSATION, FREE_SERVICE, CREDIT -> true;
            case REPAIR,
                    REWORK,
                    PART,
                    EXCHANGE,
                    LOANER,
                    CORRECTION,
                    EXPLANATION,
                    APOLOGY,
                    TRAINING,
                    SAFETY_CHECK,
                    REFERRAL -> false;
        };
    }

    /** Every means that a measure can be given by: a coupon is not paid out, and a refund is not a coupon. */
    static Set<Means> allowed(Measure measure) {
        return switch (of(measure)) {
            case VOUCHER -> EnumSet.of(VOUCHER);
            case CREDIT -> EnumSet.of(CREDIT);
            case PAYOUT -> measure == Measure.COMPENSATION ? EnumSet.allOf(Means.class) : EnumSet.of(PAYOUT, CREDIT);
        };
    }
}
