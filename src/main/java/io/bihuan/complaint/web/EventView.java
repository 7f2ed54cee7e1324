package io.bihuan.complaint.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.complaint.ClockChange;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.identity.StaffMember;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** One event of a history as the API gives it: texts are readable, ways of contact masked, erased values null. */
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

    static EventView of(HistoryEvent event, Map<UUID, StaffMember> people, Texts t) {
        return new EventView(
                event.sequence(),
                event.at(),
                People.doer(event.actor(), people, t),
                event.type(),
                t.of("complaint.event." + event.type()),
                masked(READABLE.valueToTree(event.event())),
                event.clocks());
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
}
