package io.bihuan.telephony;

import io.bihuan.telephony.CallEvent.Kind;
import io.bihuan.telephony.TelephonyProperties.Pbx;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event socket of FreeSWITCH (ESL, inbound): headers, an empty line and, where {@code Content-Length} says so, a body, which for an
 * event is headers again with values encoded as in addresses. Queues are those of mod_callcenter; the trunks say who called whom.
 */
final class FreeSwitch implements Switchboard {
    private static final String EVENTS =
            "event plain CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_HANGUP_COMPLETE"
                    + " CHANNEL_HOLD CHANNEL_UNHOLD RECORD_STOP HEARTBEAT CUSTOM callcenter::info\n\n";

    private final String source;
    private final Pbx pbx;
    private @Nullable Map<String, String> head;
    private boolean isAdmitted;

    FreeSwitch(String source, Pbx pbx) {
        this.source = source;
        this.pbx = pbx;
    }

    @Override
    public boolean greet(TextLine line) {
        return true;
    }

    @Override
    public @Nullable Map<String, String> read(TextLine line) throws IOException {
        Map<String, String> headers = head == null ? line.readBlock() : head;
        if (headers == null) {
            return null;
        }
        String length = headers.get("Content-Length");
        if (length == null) {
            return headers;
        }
        head = headers;
        byte[] body = line.readBody(number(length));
        if (body == null) {
            return null;
        }
        head = null;
        return "text/event-plain".equals(headers.get("Content-Type")) ? event(body) : headers;
    }

    private static int number(String length) throws TextLine.Garbled {
        try {
            return Integer.parseInt(length);
        } catch (NumberFormatException e) {
            throw new TextLine.Garbled("a body of unreadable length");
        }
    }

    private static Map<String, String> event(byte[] body) throws TextLine.Garbled {
        var event = new HashMap<String, String>();
        int lines = 0;
        for (String text : new String(body, StandardCharsets.UTF_8).split("\n", -1)) {
            if (text.isBlank()) {
                break; // what an event carries of its own comes after it
            }
            if (++lines > TextLine.MOST_LINES * 5) {
                throw new TextLine.Garbled("an event of too many lines");
            }
            TextLine.put(event, text);
        }
        event.replaceAll((name, value) -> decoded(value));
        return event;
    }

    private static String decoded(String value) {
        try {
            // A plus is a plus here: +8613812345678.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    @Override
    public boolean signOn(Map<String, String> message, TextLine line) throws IOException {
        String type = message.getOrDefault("Content-Type", "");
        String reply = message.getOrDefault("Reply-Text", "");
        switch (type) {
            case "auth/request" -> line.write("auth " + pbx.password() + "\n\n");
            case "text/rude-rejection" -> throw new NotAdmitted("the telephone system does not accept this address");
            case "command/reply" -> {
                if (!reply.startsWith("+OK")) {
                    throw new NotAdmitted(
                            isAdmitted
                                    ? "the telephone system does not give its events"
                                    : "the telephone system refuses the password");
                }
                if (isAdmitted) {
                    return true;
                }
                isAdmitted = true;
                line.write(EVENTS);
            }
            default -> {
                // what else comes before we are in does not concern us
            }
        }
        return false;
    }

    @Override
    public void ping(TextLine line) throws IOException {
        line.write("api uptime\n\n");
    }

    @Override
    public List<CallEvent> events(Map<String, String> message, Instant receivedAt) {
        String name = message.get("Event-Name");
        if (name == null) {
            return List.of();
        }
        Instant at = at(message, receivedAt);
        return switch (name) {
            case "CUSTOM" -> "callcenter::info".equals(message.get("Event-Subclass")) ? queued(message, at) : List.of();
            case "CHANNEL_PROGRESS", "CHANNEL_PROGRESS_MEDIA" -> bridged(message, Kind.RINGING, at);
            case "CHANNEL_ANSWER" -> bridged(message, Kind.ANSWERED, at);
            case "CHANNEL_HOLD" -> one(event(message, call(message), Kind.HELD, at));
            case "CHANNEL_UNHOLD" -> one(event(message, call(message), Kind.RESUMED, at));
            case "CHANNEL_HANGUP_COMPLETE" ->
                // The leg that came in carries the call; those that went out end before or with it.
                "inbound".equals(message.get("Call-Direction"))
                        ? one(event(message, message.getOrDefault("Unique-ID", ""), Kind.ENDED, at))
                        : List.of();
            case "RECORD_STOP" -> {
                String address = pbx.recording(message.getOrDefault("Record-File-Path", ""));
                yield address == null
                        ? List.of()
                        : one(event(message, call(message), Kind.RECORDING_READY, at)
                                .withRecording(address, null));
            }
            default -> List.of();
        };
    }

    private static List<CallEvent> one(CallEvent event) {
        return event.call().isEmpty() ? List.of() : List.of(event);
    }

    private List<CallEvent> queued(Map<String, String> message, Instant at) {
        Kind kind =
                switch (message.getOrDefault("CC-Action", "")) {
                    case "member-queue-start" -> Kind.QUEUED;
                    case "agent-offering" -> Kind.RINGING;
                    case "bridge-agent-start" -> Kind.ANSWERED;
                    // Whoever is sent on after a time-out has not given up: the end of the call will tell.
                    case "member-queue-end" ->
                        "Cancel".equals(message.get("CC-Cause")) && "BREAK_OUT".equals(message.get("CC-Cancel-Reason"))
                                ? Kind.ABANDONED
                                : null;
                    default -> null;
                };
        return kind == null
                ? List.of()
                : one(event(message, message.getOrDefault("CC-Member-Session-UUID", ""), kind, at)
                        .towards(Direction.INBOUND)
                        .withNumber(message.get("CC-Member-CID-Number"))
                        .inQueue(beforeAt(message.get("CC-Queue")))
                        .atExtension(beforeAt(message.get("CC-Agent"))));
    }

    /** The leg to whoever is called tells, and names the leg that came in. */
    private List<CallEvent> bridged(Map<String, String> message, Kind kind, Instant at) {
        String call = message.get("Other-Leg-Unique-ID");
        if (call == null || !"outbound".equals(message.get("Call-Direction"))) {
            return List.of();
        }
        String destination = message.get("Caller-Destination-Number");
        String caller = message.get("Caller-Caller-ID-Number");
        if (isTrunk(message.get("Channel-Name"))) {
            return one(event(message, call, kind, at)
                    .towards(Direction.OUTBOUND)
                    .withNumber(destination)
                    .atExtension(caller));
        }
        return isTrunk(message.get("Other-Leg-Channel-Name"))
                ? one(event(message, call, kind, at)
                        .towards(Direction.INBOUND)
                        .withNumber(caller)
                        .atExtension(destination))
                : List.of();
    }

    /** {@code sofia/external/139…@host} goes through the profile external, {@code sofia/gateway/line1/139…} through the gateway line1. */
    private boolean isTrunk(@Nullable String channel) {
        if (channel == null) {
            return false;
        }
        String[] parts = channel.split("/", -1);
        return parts.length > 2 && pbx.isTrunk(parts[1].equals("gateway") ? parts[2] : parts[1]);
    }

    private static String call(Map<String, String> message) {
        String other = message.get("Other-Leg-Unique-ID");
        return "outbound".equals(message.get("Call-Direction")) && other != null
                ? other
                : message.getOrDefault("Unique-ID", "");
    }

    private CallEvent event(Map<String, String> message, String call, Kind kind, Instant at) {
        String number = message.get("Event-Sequence");
        String id = number == null
                ? message.get("Event-Name") + ":" + message.getOrDefault("Unique-ID", call) + ":" + at
                : message.getOrDefault("Core-UUID", "") + "/" + number;
        return CallEvent.of(source, call, id, kind, at);
    }

    private static @Nullable String beforeAt(@Nullable String name) {
        int at = name == null ? -1 : name.indexOf('@');
        return name == null || at < 0 ? name : name.substring(0, at);
    }

    private static Instant at(Map<String, String> message, Instant receivedAt) {
        try {
            String micros = message.get("Event-Date-Timestamp");
            return micros == null
                    ? receivedAt
                    : Instant.EPOCH.plusNanos(Math.multiplyExact(Long.parseLong(micros), 1_000L));
        } catch (NumberFormatException | ArithmeticException e) {
            return receivedAt;
        }
    }
}
