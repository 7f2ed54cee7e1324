package io.bihuan.webhook.web;

import io.bihuan.identity.OutOfReach;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.web.BadInput;
import io.bihuan.web.Cursor;
import io.bihuan.web.NotFound;
import io.bihuan.webhook.Deliveries;
import io.bihuan.webhook.Delivery;
import io.bihuan.webhook.Endpoint;
import io.bihuan.webhook.EndpointSettings;
import io.bihuan.webhook.Endpoints;
import io.bihuan.webhook.EventType;
import io.bihuan.webhook.Outcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks through the API: a token manages those it made, and hears of no complaint that it does not reach. */
@RestController
@RequestMapping(path = "/api/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Webhooks")
class WebhooksApi {
    private static final int MOST_NAMED = 100;

    /** Where messages shall go. No types and no business lines: all that the token reaches. */
    @Schema(
            name = "WebhookSettings",
            requiredProperties = {"url"})
    record SettingsBody(
            @Schema(description = "https", example = "https://crm.example.cn/hooks/complaints")
            @NotBlank
            @Size(max = 1_000)
            String url,

            @Nullable @Size(max = 200) String description,

            @Schema(example = "[\"complaint.registered\", \"complaint.solved\"]") @Nullable @Size(max = MOST_NAMED)
            List<@NotNull String> types,

            @Nullable @Size(max = MOST_NAMED) List<@NotNull String> businessLines) {}

    /** An endpoint; {@code secret} only in the answer that made it. */
    @Schema(name = "Webhook")
    record View(
            UUID id,
            String url,
            String description,
            List<String> types,
            List<String> businessLines,
            boolean enabled,
            Endpoint.@Nullable Reason disabledFor,
            @Nullable Instant disabledAt,
            @Nullable Instant failingSince,
            Instant createdAt,
            @Nullable String secret) {}

    /** All endpoints of the token. */
    @Schema(name = "Webhooks")
    record ViewPage(List<View> items) {}

    /** The secret by which messages are signed. */
    @Schema(name = "WebhookSecret")
    record SecretView(String secret, @Nullable Instant oldSecretUntil) {}

    /** One message to one endpoint. */
    @Schema(name = "WebhookDelivery")
    record DeliveryView(
            UUID id,
            UUID message,
            String type,
            @Nullable String number,
            Delivery.State state,
            int attempts,
            Instant createdAt,
            @Nullable Instant dueAt,
            @Nullable Instant doneAt,
            @Nullable List<AttemptView> log) {}

    /** One attempt. */
    @Schema(name = "WebhookAttempt")
    record AttemptView(
            Instant at,
            int milliseconds,
            Outcome outcome,
            @Nullable Integer status,
            String answer) {}

    /** A page of deliveries, the newest first. */
    @Schema(name = "WebhookDeliveries")
    record DeliveryPageView(
            List<DeliveryView> items, @Nullable String next) {}

    /** Everything since a time is sent again. */
    @Schema(name = "WebhookReplay")
    record ReplayBody(@NotNull Instant since) {}

    /** How many messages are sent again. */
    @Schema(name = "WebhookReplayed")
    record ReplayView(int messages) {}

    private final Endpoints endpoints;
    private final Deliveries deliveries;

    WebhooksApi(Endpoints endpoints, Deliveries deliveries) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
    }

    @GetMapping
    @Operation(operationId = "listWebhooks", summary = "List the webhooks that this token made")
    ViewPage list(@AuthenticationPrincipal TokenPrincipal token) {
        return new ViewPage(endpoints.list(token.id()).stream()
                .map(endpoint -> view(endpoint, null))
                .toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "makeWebhook",
            summary = "Make a webhook",
            description =
                    "Messages follow Standard Webhooks 1.0.0 with CloudEvents 1.0.2 bodies. The answer holds the `secret`; it is not"
                            + " shown again.")
    @ApiResponse(responseCode = "201", description = "Made; `Location` is its address")
    ResponseEntity<View> create(@AuthenticationPrincipal TokenPrincipal token, @Valid @RequestBody SettingsBody body) {
        Endpoints.Issued issued = endpoints.create(settings(token, body), token.id());
        return ResponseEntity.created(URI.create("/api/v1/webhooks/" + issued.id()))
                .body(view(found(token, issued.id()), issued.secret()));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readWebhook", summary = "Read a webhook")
    View show(@AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id) {
        return view(found(token, id), null);
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "changeWebhook", summary = "Change a webhook")
    View update(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable UUID id,
            @Valid @RequestBody SettingsBody body) {
        endpoints.change(found(token, id).id(), settings(token, body));
        return view(found(token, id), null);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeWebhook", summary = "Remove a webhook")
    void destroy(@AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id) {
        endpoints.remove(found(token, id).id());
    }

    @PostMapping("/{id}/activation")
    @Operation(operationId = "switchWebhookOn", summary = "Switch a webhook on again; what waited for it is sent")
    View enable(@AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id) {
        endpoints.enable(found(token, id).id());
        return view(found(token, id), null);
    }

    @PostMapping("/{id}/deactivation")
    @Operation(
            operationId = "switchWebhookOff",
            summary = "Switch a webhook off; messages wait for it, for thirty days")
    View disable(@AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id) {
        endpoints.disable(found(token, id).id(), Endpoint.Reason.BY_HAND);
        return view(found(token, id), null);
    }

    @PostMapping("/{id}/secret")
    @Operation(
            operationId = "changeWebhookSecret",
            summary = "Change the secret; for 24 hours messages carry the signatures of both")
    SecretView rotate(@AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id) {
        Endpoints.Issued issued = endpoints.rotate(found(token, id).id());
        return new SecretView(issued.secret(), found(token, id).oldSecretUntil());
    }

    @PostMapping("/{id}/tests")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "testWebhook", summary = "Send a test message")
    DeliveryView test(@AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id) {
        return delivery(found(token, id), deliveries.test(id));
    }

    @GetMapping("/{id}/deliveries")
    @Operation(operationId = "listWebhookDeliveries", summary = "List what was sent, the newest first")
    DeliveryPageView deliveries(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable UUID id,
            @RequestParam(required = false) Delivery.@Nullable State state,
            @Parameter(description = "`next` of the page before") @RequestParam(required = false) @Nullable
                    String cursor) {
        Cursor after = Cursor.read(cursor, 1);
        Deliveries.Page page = deliveries.list(found(token, id).id(), state, after == null ? null : after.id(0));
        return new DeliveryPageView(
                page.deliveries().stream().map(each -> view(each, null)).toList(),
                page.next() == null ? null : Cursor.after(page.next()));
    }

    @GetMapping("/{id}/deliveries/{delivery}")
    @Operation(operationId = "readWebhookDelivery", summary = "Read a message with all attempts to deliver it")
    DeliveryView delivery(
            @AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id, @PathVariable UUID delivery) {
        return delivery(found(token, id), delivery);
    }

    @PostMapping("/{id}/deliveries/{delivery}/replays")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "replayWebhookDelivery", summary = "Send a message again, under the same id")
    DeliveryView replay(
            @AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id, @PathVariable UUID delivery) {
        Endpoint endpoint = found(token, id);
        delivery(endpoint, delivery);
        deliveries.replay(id, delivery);
        return delivery(endpoint, delivery);
    }

    @PostMapping(path = "/{id}/replays", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "replayWebhook", summary = "Send everything since a time again, under the same ids")
    ReplayView replay(
            @AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id, @Valid @RequestBody ReplayBody body) {
        return new ReplayView(deliveries.replaySince(found(token, id).id(), body.since()));
    }

    private Endpoint found(TokenPrincipal token, UUID id) {
        return endpoints.find(id, token.id()).orElseThrow(() -> new NotFound("webhook " + id));
    }

    private DeliveryView delivery(Endpoint endpoint, UUID id) {
        Delivery found = deliveries.find(endpoint.id(), id).orElseThrow(() -> new NotFound("delivery " + id));
        return view(found, deliveries.attempts(id));
    }

    /** A token that is restricted hears of nothing else; what it names must lie within that. */
    private static EndpointSettings settings(TokenPrincipal token, SettingsBody body) {
        var types = EnumSet.noneOf(EventType.class);
        List<String> named = body.types() == null ? List.of() : body.types();
        for (int i = 0; i < named.size(); i++) {
            String pointer = "/types/" + i;
            types.add(EventType.ofCode(named.get(i)).orElseThrow(() -> new BadInput(pointer, "webhook.field.type")));
        }
        var lines = new LinkedHashSet<>(body.businessLines() == null ? List.of() : body.businessLines());
        if (!lines.stream().allMatch(token.reach()::hasLine)) {
            throw new OutOfReach();
        }
        return new EndpointSettings(
                body.url(),
                body.description() == null ? "" : body.description(),
                types,
                lines.isEmpty() ? token.reach().businessLines() : Set.copyOf(lines),
                token.reach().channels());
    }

    private static View view(Endpoint endpoint, @Nullable String secret) {
        Endpoint.Disabled disabled = endpoint.disabled();
        return new View(
                endpoint.id(),
                endpoint.url().toString(),
                endpoint.description(),
                endpoint.types().stream().sorted().map(EventType::code).toList(),
                endpoint.businessLines().stream().sorted().toList(),
                endpoint.isEnabled(),
                disabled == null ? null : disabled.reason(),
                disabled == null ? null : disabled.at(),
                endpoint.failingSince(),
                endpoint.createdAt(),
                secret);
    }

    private static DeliveryView view(Delivery delivery, @Nullable List<Delivery.Attempt> attempts) {
        return new DeliveryView(
                delivery.id(),
                delivery.message(),
                delivery.type(),
                delivery.number(),
                delivery.state(),
                delivery.attempts(),
                delivery.createdAt(),
                delivery.state() == Delivery.State.WAITING ? delivery.dueAt() : null,
                delivery.doneAt(),
                attempts == null
                        ? null
                        : attempts.stream()
                                .map(each -> new AttemptView(
                                        each.at(), each.milliseconds(), each.outcome(), each.status(), each.answer()))
                                .toList());
    }
}
