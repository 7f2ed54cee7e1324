package io.bihuan.compensation.web;

import io.bihuan.compensation.Grant;
import io.bihuan.compensation.Status;
import io.bihuan.compensation.Vouchers;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a voucher is looked up and used: a code travels in forms, never in an address. */
@Controller
@RequestMapping("/desk/vouchers")
class VoucherController {
    private static final String TEMPLATE = "compensation/vouchers";
    private static final int LONGEST = 80;

    private final Vouchers vouchers;
    private final InstantSource time;

    VoucherController(Vouchers vouchers, InstantSource time) {
        this.vouchers = vouchers;
        this.time = time;
    }

    @GetMapping
    Page show() {
        return Page.of(TEMPLATE, page("", null, FieldErrors.NONE));
    }

    @PostMapping
    Page find(@RequestParam String code, Texts t) {
        try {
            return Page.of(TEMPLATE, page(code, found(vouchers.find(cut(code)), t), FieldErrors.NONE));
        } catch (Refused refused) {
            return Page.invalid(TEMPLATE, page(code, null, FieldErrors.NONE.with("code", t.of(refused))));
        }
    }

    @PostMapping("/uses")
    Page use(
            @RequestParam String code,
            @RequestParam(defaultValue = "") String place,
            @RequestParam String key,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        try {
            Grant used = vouchers.use(cut(code), place, who.actor(), key);
            return Page.done("/desk/vouchers", "compensation.done.used", Looks.money(used.amount(), t));
        } catch (Refused refused) {
            return Page.invalid(TEMPLATE, page(code, null, FieldErrors.NONE.with("code", t.of(refused))));
        }
    }

    private static String cut(String code) {
        return code.length() <= LONGEST ? code : code.substring(0, LONGEST);
    }

    private static VouchersPage page(String typed, VouchersPage.@Nullable Found found, FieldErrors errors) {
        return new VouchersPage(typed, found, "", Ids.next().toString(), errors);
    }

    private VouchersPage.Found found(Grant grant, Texts t) {
        boolean isPast = grant.expiresAt() != null && !time.instant().isBefore(grant.expiresAt());
        Status status = grant.status() == Status.ISSUED && isPast ? Status.EXPIRED : grant.status();
        return new VouchersPage.Found(
                Looks.money(grant.amount(), t),
                t.of("compensation.voucher." + status),
                Looks.of(status),
                grant.expiresAt() == null ? "" : t.date(grant.expiresAt().minusSeconds(1)),
                status == Status.ISSUED,
                grant.status() == Status.USED ? t.dateTime(grant.endedAt()) : "");
    }
}
