package io.bihuan.portal.web;

import io.bihuan.pack.Kind;
import java.time.Instant;
import java.util.List;

/**
 * The receipt of a complaint.
 *
 * @param url the whole address by which the customer follows it
 * @param phone masked
 * @param promises what falls due when
 * @param later what follows then
 */
public record ReceiptPage(
        String line,
        Kind kind,
        String number,
        String token,
        String url,
        String phone,
        Instant registeredAt,
        List<Promised> promises,
        List<String> later,
        String hotline,
        String hotlineHours) {
    public record Promised(String until, String label) {}
}
