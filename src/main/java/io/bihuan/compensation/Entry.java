package io.bihuan.compensation;

import io.bihuan.platform.Refused;
import java.util.EnumMap;
import java.util.Map;

/**
 * One entry of the book: an amount leaves an account and enters another.
 *
 * @param fen hundredths of the currency; below 0 only where a budget is cut
 */
record Entry(Kind kind, Account from, Account to, long fen) {
    /** What an entry says; the name stands in the table. */
    enum Kind {
        ALLOTTED,
        RESERVED,
        ISSUED,
        USED,
        EXPIRED,
        VOIDED
    }

    static Entry allotted(long fen) {
        return new Entry(Kind.ALLOTTED, Account.ALLOTMENT, Account.BUDGET, fen);
    }

    static Entry reserved(long fen) {
        return new Entry(Kind.RESERVED, Account.BUDGET, Account.RESERVED, fen);
    }

    /** A grant that was in one state and comes into another; refused when it cannot. */
    static Entry moved(Status from, Status to, long fen) {
        if (!from.mayBecome(to)) {
            throw new Refused("compensation.refused.status", from);
        }
        Kind kind =
                switch (to) {
                    case RESERVED -> Kind.RESERVED;
                    case ISSUED -> Kind.ISSUED;
                    case USED -> Kind.USED;
                    case EXPIRED -> Kind.EXPIRED;
                    case VOID -> Kind.VOIDED;
                };
        return new Entry(kind, account(from), account(to), fen);
    }

    static Account account(Status status) {
        return switch (status) {
            case RESERVED -> Account.RESERVED;
            case ISSUED -> Account.ISSUED;
            case USED -> Account.USED;
            case EXPIRED -> Account.EXPIRED;
            case VOID -> Account.VOID;
        };
    }

    /** What each account changes by; they add up to nothing. */
    Map<Account, Long> postings() {
        var postings = new EnumMap<Account, Long>(Account.class);
        postings.put(from, -fen);
        postings.put(to, fen);
        return postings;
    }
}
