package io.bihuan.standard;

/** What a company may do for a customer. */
public enum Measure {
    REPAIR,
    REWORK,
    PART,
    EXCHANGE,
    RETURN,
    REFUND,
    PRICE_DIFFERENCE,
    COUPON,
    FREE_SERVICE,
    LOANER,
    COMPENSATION,
    CREDIT,
    CORRECTION,
    EXPLANATION,
    APOLOGY,
    TRAINING,
    SAFETY_CHECK,
    REFERRAL
}
