package io.bihuan.complaint.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The address of a list with its filters, so that every view of it is a link; empty parameters are left out. */
record ListAddress(String path, Map<String, String> parameters) {
    /** The first page with one parameter set otherwise; the empty value takes it away. */
    String with(String name, String value) {
        var all = new LinkedHashMap<>(parameters);
        all.put(name, value);
        var parts = new ArrayList<String>();
        all.forEach((key, each) -> {
            if (!each.isEmpty()) {
                parts.add(key + "=" + URLEncoder.encode(each, StandardCharsets.UTF_8));
            }
        });
        return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }

    /** The page that begins after the cursor; null for the first one. */
    String at(@Nullable String cursor) {
        return with("cursor", cursor == null ? "" : cursor);
    }
}
