package io.bihuan.mail;

import java.util.Map;

/** How files end that come without a name. */
final class Extensions {
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("text/plain", ".txt"),
            Map.entry("text/html", ".html"),
            Map.entry("text/calendar", ".ics"),
            Map.entry("image/jpeg", ".jpg"),
            Map.entry("image/jpg", ".jpg"),
            Map.entry("image/png", ".png"),
            Map.entry("image/gif", ".gif"),
            Map.entry("application/pdf", ".pdf"),
            Map.entry("message/rfc822", ".eml"),
            Map.entry("application/ms-tnef", ".dat"));

    private Extensions() {}

    static String of(String mediaType) {
        return KNOWN.getOrDefault(mediaType, "");
    }
}
