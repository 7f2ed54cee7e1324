package io.bihuan.compensation;

/** Where money of a budget stands. What leaves one account enters another, so that all of a budget add up to nothing. */
public enum Account {
    /** Where budgets come from. */
    ALLOTMENT,
    /** What was allotted, less all that was ever reserved. */
    BUDGET,
    RESERVED,
    /** Owed to customers: vouchers in their hands, payouts on their way. */
    ISSUED,
    /** Spent. */
    USED,
    EXPIRED,
    VOID
}
