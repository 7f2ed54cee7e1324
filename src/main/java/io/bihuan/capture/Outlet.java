package io.bihuan.capture;

import io.bihuan.complaint.Channel;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place with a complaint box, or a community station.
 *
 * @param code stands in the address of its form and on its poster
 * @param channel {@link Channel#ONSITE} or {@link Channel#COMMUNITY}
 */
public record Outlet(
        String code, String name, @Nullable String address, Channel channel, String businessLine, boolean active) {
    static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
}
