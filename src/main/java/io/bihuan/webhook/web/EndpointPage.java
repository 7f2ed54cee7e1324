package io.bihuan.webhook.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.webhook.Delivery;
import io.bihuan.webhook.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint with its deliveries.
 *
 * @param isRotating whether messages are signed with two secrets now
 * @param state of the deliveries shown; null for all
 */
public record EndpointPage(
        Endpoint endpoint,
        String waiting,
        boolean isRotating,
        EndpointForm form,
        List<Option> lines,
        Delivery.@Nullable State state,
        List<Delivery> deliveries,
        @Nullable String first,
        @Nullable String next,
        String since,
        FieldErrors errors) {
    public static String tone(Delivery.State state) {
        return switch (state) {
            case WAITING -> "yellow";
            case DELIVERED -> "green";
            case FAILED -> "red";
        };
    }
}
