package io.bihuan.complaint.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.complaint.CaseTelling;
import io.bihuan.complaint.ClockChange;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event of a history as the API gives it: texts are readable, ways of contact masked, erased values null. What
 * colleagues write to each other is null for whoever may not read notes ({@code notes:read}). Of the work of neighbouring
 * modules it gives what kind of thing happened and when, and beyond that only what the customer is told, too.
 */
public record EventView(
        int sequence,
        Instant at,
        People.Doer actor,
        String type,
        String name,
        @Schema(type = "object") JsonNode data,
        List<ClockChange> clocks) {
    /** One page; {@code next} is the {@code after} of the following one, absent on the last. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EventPage")
    public record Page(List<EventView> items, @Nullable Integer next) {}

    private static final JsonMapper READABLE = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .addModule(new SimpleModule().addSerializer(Personal.class, new Opened()))
            .build();
    private static final JsonMapper CLOSED = READABLE.rebuild()
            .addModule(new SimpleModule().addSerializer(Personal.class, new Closed()))
            .build();

    /** @param readsNotes whether the reader may know what colleagues write to each other */
    static EventView of(HistoryEvent event, EventNames names, boolean readsNotes) {
        return new EventView(
                event.sequence(),
                event.at(),
                People.doer(event.actor(), names.people(), names.t()),
                event.type(),
                names.of(event),
                event.event() instanceof ComplaintEvent.CaseEvent work
                        ? told(work, names.telling(), names.t())
                        : data(event, readsNotes),
                event.clocks());
    }

    private static JsonNode data(HistoryEvent event, boolean readsNotes) {
        if (readsNotes || isForOthers(event)) {
            return masked(READABLE.valueToTree(event.event()));
        }
        JsonNode data = CLOSED.valueToTree(event.event());
        if (data instanceof ObjectNode object && event.event() instanceof ComplaintEvent.ClockReplaced) {
            object.remove("reason");
        }
        return data;
    }

    /** Whether its texts were written by the customer, or to him or an authority. */
    private static boolean isForOthers(HistoryEvent event) {
        return switch (event.event()) {
            case ComplaintEvent.Registered e -> true;
            case ComplaintEvent.ArrivedClosed e -> true;
            case ComplaintEvent.CustomerAsked e -> true;
            case ComplaintEvent.ResultTold e -> true;
            case ComplaintEvent.AuthorityAnswered e -> true;
            default -> event.actor().kind() == Actor.Kind.CUSTOMER; // among colleagues, unless he did it himself
        };
    }

    /** What the customer reads of it; nothing where it is none of his business. */
    private static JsonNode told(ComplaintEvent.CaseEvent event, CaseTelling telling, Texts t) {
        ObjectNode data = READABLE.createObjectNode();
        telling.toCustomer(event, t).ifPresent(words -> {
            if (words.sentence() != null) {
                data.put("sentence", words.sentence());
            }
            if (words.quote() != null) {
                data.put("text", words.quote());
            }
        });
        return data;
    }

    private static JsonNode masked(JsonNode data) {
        if (data instanceof ObjectNode object) {
            if (object.has("customerPhone")) {
                object.put(
                        "customerPhone",
                        Masks.phone(object.path("customerPhone").stringValue(null)));
            }
            if (object.has("customerEmail")) {
                object.put(
                        "customerEmail",
                        Masks.email(object.path("customerEmail").stringValue(null)));
            }
        }
        return data;
    }

    private static final class Opened extends ValueSerializer<Personal> {
        @Override
        public void serialize(Personal value, JsonGenerator json, SerializationContext context) {
            String text = value.value();
            if (text == null) {
                json.writeNull();
            } else {
                json.writeString(text);
            }
        }
    }

    private static final class Closed extends ValueSerializer<Personal> {
        @Override
        public void serialize(Personal value, JsonGenerator json, SerializationContext context) {
            json.writeNull();
        }
    }
}
