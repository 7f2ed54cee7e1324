package io.bihuan.webhook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a message: CloudEvents 1.0.2 in JSON. It says that something happened to which complaint and how that stands, never who
 * complained or what was written: the receiver asks for that with its token.
 */
final class CloudEvent {
    static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** How a complaint stands. */
    record Standing(
            String number,
            String businessLine,
            String channel,
            String kind,
            String stage,
            String severity,
            String priority,
            @Nullable String category,
            Instant receivedAt,
            @Nullable Instant dueAt,
            @Nullable Instant archivedAt,
            @Nullable String externalNumber) {}

    private CloudEvent() {}

    /** @param sequence of the event in the history of the complaint: receivers order by it */
    static String of(UUID id, EventType type, Instant at, int sequence, Standing complaint, String publicUrl) {
        var data = new LinkedHashMap<String, Object>();
        data.put("number", complaint.number());
        data.put("sequence", sequence);
        data.put("businessLine", complaint.businessLine());
        data.put("channel", complaint.channel());
        data.put("kind", complaint.kind());
        data.put("stage", complaint.stage());
        data.put("severity", complaint.severity());
        data.put("priority", complaint.priority());
        put(data, "category", complaint.category());
        data.put("receivedAt", complaint.receivedAt().toString());
        put(data, "dueAt", complaint.dueAt());
        put(data, "archivedAt", complaint.archivedAt());
        put(data, "externalNumber", complaint.externalNumber());
        String address = publicUrl + "/api/v1/complaints/" + complaint.number();
        data.put("links", Map.of("complaint", address, "history", address + "/history?after=" + (sequence - 1)));
        return JSON.writeValueAsString(envelope(id, type.code(), at, publicUrl, complaint.number(), data));
    }

    static String test(UUID id, Instant at, String publicUrl) {
        return JSON.writeValueAsString(envelope(id, "webhook.test", at, publicUrl, null, Map.of()));
    }

    private static Map<String, Object> envelope(
            UUID id, String type, Instant at, String publicUrl, @Nullable String subject, Map<String, Object> data) {
        var event = new LinkedHashMap<String, Object>();
        event.put("specversion", "1.0");
        event.put("id", id.toString());
        event.put("source", publicUrl.isEmpty() ? "/complaints" : publicUrl);
        event.put("type", type);
        put(event, "subject", subject);
        event.put("time", at.toString());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return event;
    }

    private static void put(Map<String, Object> into, String name, @Nullable Object value) {
        if (value != null) {
            into.put(name, value.toString());
        }
    }
}
