package io.bihuan.webhook;

import java.util.Set;

/** An endpoint as somebody asks for it. */
public record EndpointSettings(
        String url, String description, Set<EventType> types, Set<String> businessLines, Set<String> channels) {
    public EndpointSettings {
        url = url.strip();
        description = description.strip();
        types = Set.copyOf(types);
        businessLines = Set.copyOf(businessLines);
        channels = Set.copyOf(channels);
    }
}
