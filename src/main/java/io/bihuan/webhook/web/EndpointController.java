package io.bihuan.webhook.web;

import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.web.Cursor;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import io.bihuan.webhook.Deliveries;
import io.bihuan.webhook.Delivery;
import io.bihuan.webhook.Endpoint;
import io.bihuan.webhook.Endpoints;
import jakarta.validation.Valid;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Endpoints on the desk: where other systems hear of complaints, and what became of every message. */
@Controller
@RequestMapping("/desk/webhooks")
class EndpointController {
    private static final String PATH = "/desk/webhooks/";
    private static final int COUNTED = 1_000;

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final Packs packs;
    private final InstantSource time;

    EndpointController(Endpoints endpoints, Deliveries deliveries, Packs packs, InstantSource time) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.packs = packs;
        this.time = time;
    }

    @GetMapping
    Page list(Texts t) {
        return Page.of("webhook/endpoints", page(EndpointForm.EMPTY, FieldErrors.NONE, t));
    }

    @PostMapping
    Page create(@Valid @ModelAttribute EndpointForm form, BindingResult binding, Texts t) {
        FieldErrors errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            try {
                Endpoints.Issued issued = endpoints.create(form.settings(), null);
                return Page.of("webhook/secret", new SecretPage(issued.id(), issued.secret(), true))
                        .status(HttpStatus.CREATED);
            } catch (Refused refused) {
                errors = errors.with("url", t.of(refused));
            }
        }
        return Page.invalid("webhook/endpoints", page(form, errors, t));
    }

    @GetMapping("/{id}")
    Page show(
            @PathVariable UUID id,
            @RequestParam(required = false) Delivery.@Nullable State state,
            @RequestParam(required = false) @Nullable String cursor,
            Texts t) {
        Endpoint endpoint = found(id);
        return Page.of(
                "webhook/endpoint", page(endpoint, EndpointForm.of(endpoint), state, cursor, FieldErrors.NONE, t));
    }

    @PostMapping("/{id}")
    Page update(@PathVariable UUID id, @Valid @ModelAttribute EndpointForm form, BindingResult binding, Texts t) {
        Endpoint endpoint = found(id);
        FieldErrors errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            try {
                endpoints.change(id, form.settings());
                return Page.done(PATH + id, "webhook.changed");
            } catch (Refused refused) {
                errors = errors.with("url", t.of(refused));
            }
        }
        return Page.invalid("webhook/endpoint", page(endpoint, form, null, null, errors, t));
    }

    @PostMapping("/{id}/activation")
    Page enable(@PathVariable UUID id) {
        endpoints.enable(found(id).id());
        return Page.done(PATH + id, "webhook.enabled");
    }

    @PostMapping("/{id}/deactivation")
    Page disable(@PathVariable UUID id) {
        endpoints.disable(found(id).id(), Endpoint.Reason.BY_HAND);
        return Page.done(PATH + id, "webhook.disabled");
    }

    @PostMapping("/{id}/removal")
    Page remove(@PathVariable UUID id) {
        endpoints.remove(found(id).id());
        return Page.done("/desk/webhooks", "webhook.removed");
    }

    @PostMapping("/{id}/secret")
    Page rotate(@PathVariable UUID id) {
        Endpoints.Issued issued = endpoints.rotate(found(id).id());
        return Page.of("webhook/secret", new SecretPage(id, issued.secret(), false));
    }

    @PostMapping("/{id}/tests")
    Page test(@PathVariable UUID id) {
        UUID delivery = deliveries.test(found(id).id());
        return Page.done(PATH + id + "/deliveries/" + delivery, "webhook.tested");
    }

    @PostMapping("/{id}/replays")
    Page replay(@PathVariable UUID id, @RequestParam(defaultValue = "") String since, Texts t) {
        Endpoint endpoint = found(id);
        try {
            Instant from = LocalDateTime.parse(since).atZone(t.zone()).toInstant();
            return Page.done(PATH + id, "webhook.replayed", deliveries.replaySince(id, from));
        } catch (DateTimeException e) {
            FieldErrors errors = FieldErrors.NONE.with("since", t.of("web.field.unreadable"));
            return Page.invalid("webhook/endpoint", page(endpoint, EndpointForm.of(endpoint), null, null, errors, t));
        }
    }

    @GetMapping("/{id}/deliveries/{delivery}")
    Page delivery(@PathVariable UUID id, @PathVariable UUID delivery) {
        Endpoint endpoint = found(id);
        Delivery shown = deliveries.find(id, delivery).orElseThrow(() -> new NotFound("delivery " + delivery));
        return Page.of("webhook/delivery", new DeliveryPage(endpoint, shown, deliveries.attempts(delivery)));
    }

    @PostMapping("/{id}/deliveries/{delivery}/replays")
    Page replay(@PathVariable UUID id, @PathVariable UUID delivery) {
        deliveries.replay(found(id).id(), delivery);
        return Page.done(PATH + id + "/deliveries/" + delivery, "webhook.replayed.one");
    }

    private Endpoint found(UUID id) {
        return endpoints.find(id, null).orElseThrow(() -> new NotFound("endpoint " + id));
    }

    private EndpointsPage page(EndpointForm form, FieldErrors errors, Texts t) {
        return new EndpointsPage(
                endpoints.list(null).stream()
                        .map(each -> new EndpointsPage.Line(each, waiting(each)))
                        .toList(),
                form,
                lines(t),
                errors);
    }

    private EndpointPage page(
            Endpoint endpoint,
            EndpointForm form,
            Delivery.@Nullable State state,
            @Nullable String cursor,
            FieldErrors errors,
            Texts t) {
        Cursor from = Cursor.read(cursor, 1);
        Deliveries.Page page = deliveries.list(endpoint.id(), state, from == null ? null : from.id(0));
        String same = PATH + endpoint.id() + "?state=" + (state == null ? "" : state.name());
        Instant oldUntil = endpoint.oldSecretUntil();
        return new EndpointPage(
                endpoint,
                waiting(endpoint),
                oldUntil != null && oldUntil.isAfter(time.instant()),
                form,
                lines(t),
                state,
                page.deliveries(),
                from == null ? null : same,
                page.next() == null ? null : same + "&cursor=" + Cursor.after(page.next()),
                time.instant()
                        .minus(Duration.ofDays(1))
                        .atZone(t.zone())
                        .toLocalDateTime()
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString(),
                errors);
    }

    private String waiting(Endpoint endpoint) {
        int count = deliveries.waiting(endpoint.id());
        return count < COUNTED ? Integer.toString(count) : COUNTED + "+";
    }

    private List<Option> lines(Texts t) {
        return packs.lines().stream()
                .map(line -> new Option(line.code(), line.name().in(t.locale())))
                .toList();
    }
}
