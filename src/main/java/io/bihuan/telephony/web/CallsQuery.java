package io.bihuan.telephony.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody wants to see of the call log, as it was typed. */
public record CallsQuery(
        @Nullable String state,
        @Nullable String direction,
        @Nullable String staff,
        @Nullable String queue,
        @Nullable String number,
        @Nullable String from,
        @Nullable String until,
        @Nullable String waiting,
        @Nullable String after) {
    public CallsQuery {
        state = plain(state);
        direction = plain(direction);
        staff = plain(staff);
        queue = plain(queue);
        number = plain(number);
        from = plain(from);
        until = plain(until);
        waiting = plain(waiting);
        after = plain(after);
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /** Whether only the calls are asked for that are still to be called back. */
    public boolean isWaiting() {
        return "true".equals(waiting);
    }

    /** Whether it narrows the log. */
    public boolean isNarrowed() {
        return !address(null).equals("/desk/calls");
    }

    /** The same question from another place on. */
    String address(@Nullable String place) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("state", String.valueOf(state));
        parts.put("direction", String.valueOf(direction));
        parts.put("staff", String.valueOf(staff));
        parts.put("queue", String.valueOf(queue));
        parts.put("number", String.valueOf(number));
        parts.put("from", String.valueOf(from));
        parts.put("until", String.valueOf(until));
        parts.put("waiting", isWaiting() ? "true" : "");
        parts.put("after", place == null ? "" : place);
        String query = parts.entrySet().stream()
                .filter(part -> !part.getValue().isEmpty())
                .map(part -> part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "/desk/calls" : "/desk/calls?" + query;
    }
}
