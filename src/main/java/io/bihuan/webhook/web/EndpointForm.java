package io.bihuan.webhook.web;

import io.bihuan.webhook.Endpoint;
import io.bihuan.webhook.EndpointSettings;
import io.bihuan.webhook.EventType;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An endpoint as an administrator writes it down. */
public record EndpointForm(
        @NotBlank @Size(max = 1_000) String url,
        @Size(max = 200) String description,
        Set<EventType> types,
        Set<String> businessLines) {
    static final EndpointForm EMPTY = new EndpointForm("", "", Set.of(), Set.of());

    public EndpointForm(
            @Nullable String url,
            @Nullable String description,
            @Nullable Set<EventType> types,
            @Nullable Set<String> businessLines) {
        this.url = url == null ? "" : url.strip();
        this.description = description == null ? "" : description.strip();
        this.types = types == null ? Set.of() : Set.copyOf(types);
        this.businessLines = businessLines == null ? Set.of() : Set.copyOf(businessLines);
    }

    static EndpointForm of(Endpoint endpoint) {
        return new EndpointForm(
                endpoint.url().toString(), endpoint.description(), endpoint.types(), endpoint.businessLines());
    }

    EndpointSettings settings() {
        return new EndpointSettings(url, description, types, businessLines, Set.of());
    }
}
