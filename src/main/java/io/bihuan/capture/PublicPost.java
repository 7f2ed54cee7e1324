package io.bihuan.capture;

import io.bihuan.complaint.Attachment;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A complaint that somebody made in public.
 *
 * @param reach how many saw or passed it on; null when nobody knows
 * @param screenshots as they were taken: what is deleted later can still be shown
 * @param capturedBy null when it came by a table
 */
public record PublicPost(
        String url,
        String platform,
        String author,
        @Nullable Long reach,
        @Nullable Instant postedAt,
        String text,
        String businessLine,
        List<Attachment> screenshots,
        @Nullable UUID capturedBy) {
    static final int LONGEST_URL = 380;

    public PublicPost {
        screenshots = List.copyOf(screenshots);
    }

    /**
     * The identity of a post: its address without what only says how it was reached; empty when it is no address of the web.
     */
    static Optional<String> identity(String typed) {
        try {
            URI address = new URI(typed.strip());
            String scheme = address.getScheme();
            String host = address.getHost();
            if (scheme == null
                    || host == null
                    || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
                return Optional.empty();
            }
            String path =
                    address.getRawPath() == null ? "" : address.getRawPath().replaceAll("/+$", "");
            String query = address.getRawQuery();
            String kept = query == null
                    ? ""
                    : List.of(query.split("&")).stream()
                            .filter(part -> !isTracking(part))
                            .sorted()
                            .reduce((one, other) -> one + "&" + other)
                            .map(rest -> "?" + rest)
                            .orElse("");
            String identity = host.toLowerCase(Locale.ROOT).replaceFirst("^(www|m)\\.", "") + path + kept;
            return identity.length() > LONGEST_URL ? Optional.empty() : Optional.of(identity);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isTracking(String part) {
        String name = part.substring(0, part.contains("=") ? part.indexOf('=') : part.length());
        return name.startsWith("utm_")
                || List.of("from", "source", "share", "share_token", "wx_share_id", "spm")
                        .contains(name);
    }
}
