package io.bihuan.compensation.web;

import io.bihuan.compensation.Catalogue;
import io.bihuan.compensation.Grant;
import io.bihuan.compensation.Payout;
import io.bihuan.compensation.Status;
import io.bihuan.pack.Pack;
import io.bihuan.platform.Money;
import io.bihuan.web.Texts;

/** How what the pages of this module show is coloured and called. */
final class Looks {
    private static final int EXACT = 15;

    private Looks() {}

    static String of(Status status) {
        return switch (status) {
            case RESERVED -> "blue";
            case ISSUED -> "teal";
            case USED -> "green";
            case EXPIRED, VOID -> "secondary";
        };
    }

    /** Only vouchers are issued and used; money is being paid and paid, and a credit carried out. */
    static String status(Grant grant, Texts t) {
        String means = grant.means().name();
        return switch (grant.status()) {
            case ISSUED -> t.of("compensation.issued." + means);
            case USED -> t.of("compensation.used." + means);
            case RESERVED, EXPIRED, VOID -> t.of(grant.status());
        };
    }

    static String of(Payout.State state) {
        return switch (state) {
            case WAITING -> "blue";
            case EXPORTED -> "yellow";
            case PAID -> "green";
            case FAILED -> "red";
            case CANCELLED -> "secondary";
        };
    }

    static String item(Pack pack, String name, Texts t) {
        return Catalogue.all(pack)
                .find(name)
                .map(item -> item.label().in(t.locale()))
                .orElse(name);
    }

    static String money(Money money, Texts t) {
        return t.of("compensation.money", money.yuan());
    }

    /** A spreadsheet would take such a text for a formula. */
    static String formulaFree(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** A spreadsheet would round a number of more than fifteen digits; with a tab at its end it is a text. */
    static String whole(String account) {
        return account.length() > EXACT && account.chars().allMatch(each -> each >= '0' && each <= '9')
                ? account + "\t"
                : formulaFree(account);
    }
}
