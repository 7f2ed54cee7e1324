package io.bihuan.compensation;

/** How a grant is handed over. */
public sealed interface Issue {
    /** With a code that can be used for so many days. */
    record Voucher(int validDays) implements Issue {}

    /** By finance to an account. */
    record Payout(String name, String bank, String account) implements Issue {}

    /** In own books or in kind; {@link Compensations#settle} says that it was done. */
    record Credit() implements Issue {}

    /** The means that it is a way of. */
    default Means means() {
        return switch (this) {
            case Voucher issue -> Means.VOUCHER;
            case Payout issue -> Means.PAYOUT;
            case Credit issue -> Means.CREDIT;
        };
    }
}
