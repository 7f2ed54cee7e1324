package io.bihuan.compensation.web;

import io.bihuan.web.FieldErrors;
import org.jspecify.annotations.Nullable;

/**
 * The page at which a voucher is used.
 *
 * @param found the voucher that was looked for; null when none was
 * @param key of the use, sent once
 */
public record VouchersPage(String typed, @Nullable Found found, String place, String key, FieldErrors errors) {
    /** A voucher: the complaint behind it is not shown at the till. */
    public record Found(String amount, String status, String tone, String lastDay, boolean isGood, String usedAt) {}
}
