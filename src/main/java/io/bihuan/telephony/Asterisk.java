package io.bihuan.telephony;

import io.bihuan.telephony.CallEvent.Kind;
import io.bihuan.telephony.TelephonyProperties.Pbx;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The manager interface of Asterisk (AMI): blocks of {@code Name: value} lines. Calls through queues speak of themselves
 * (QueueCallerJoin, AgentCalled, AgentConnect, QueueCallerAbandon); of others DialBegin and DialEnd tell, and the trunks say who called.
 */
final class Asterisk implements Switchboard {
    private static final int MOST_FILES = 5_000;
    private static final String LOGIN = "bihuan-login";

    private final String source;
    private final Pbx pbx;
    private boolean hasGreeted;
    /** Recordings under way, by call. */
    private final Map<String, String> files = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_FILES;
        }
    };

    Asterisk(String source, Pbx pbx) {
        this.source = source;
        this.pbx = pbx;
    }

    @Override
    public boolean greet(TextLine line) throws IOException {
        if (hasGreeted) {
            return true;
        }
        String banner = line.readLine();
        if (banner == null) {
            return false;
        }
        if (!banner.startsWith("Asterisk Call Manager")) {
            throw new TextLine.Garbled("this is no manager interface of Asterisk");
        }
        hasGreeted = true;
        line.write("Action: Login\r\nActionID: " + LOGIN + "\r\nUsername: " + pbx.user() + "\r\nSecret: "
                + pbx.password() + "\r\nEvents: call,agent,dialplan\r\n\r\n");
        return true;
    }

    @Override
    public @Nullable Map<String, String> read(TextLine line) throws IOException {
        return line.readBlock();
    }

    @Override
    public boolean signOn(Map<String, String> message, TextLine line) throws IOException {
        String response = message.get("Response");
        if (response == null || !LOGIN.equals(message.getOrDefault("ActionID", LOGIN))) {
            return false;
        }
        if (!response.equals("Success")) {
            throw new NotAdmitted("the telephone system refuses user and password");
        }
        return true;
    }

    @Override
    public void ping(TextLine line) throws IOException {
        line.write("Action: Ping\r\nActionID: bihuan-ping\r\n\r\n");
    }

    @Override
    public List<CallEvent> events(Map<String, String> message, Instant receivedAt) {
        String event = message.get("Event");
        if (event == null) {
            return List.of();
        }
        Instant at = at(message, receivedAt);
        return switch (event) {
            case "QueueCallerJoin" -> one(queued(message, Kind.QUEUED, at).withNumber(message.get("CallerIDNum")));
            case "QueueCallerAbandon" -> one(queued(message, Kind.ABANDONED, at));
            case "AgentCalled" -> one(queued(message, Kind.RINGING, at).atExtension(agent(message)));
            case "AgentConnect" -> one(queued(message, Kind.ANSWERED, at).atExtension(agent(message)));
            case "DialBegin" -> dialled(message, Kind.RINGING, at);
            case "DialEnd" ->
                "ANSWER".equals(message.get("DialStatus")) ? dialled(message, Kind.ANSWERED, at) : List.of();
            case "Hold" -> one(call(message, "", Kind.HELD, at));
            case "Unhold" -> one(call(message, "", Kind.RESUMED, at));
            case "BlindTransfer" -> transferred(message, message.get("Extension"), at);
            case "AttendedTransfer" -> transferred(message, endpoint(message.get("TransferTargetChannel")), at);
            case "VarSet" -> {
                if ("MIXMONITOR_FILENAME".equals(message.get("Variable"))) {
                    files.put(id(message, ""), message.getOrDefault("Value", ""));
                }
                yield List.of();
            }
            case "Hangup" -> hungUp(message, at);
            default -> List.of();
        };
    }

    private static List<CallEvent> one(@Nullable CallEvent event) {
        return event == null || event.call().isEmpty() ? List.of() : List.of(event);
    }

    private CallEvent queued(Map<String, String> message, Kind kind, Instant at) {
        return call(message, "", kind, at).towards(Direction.INBOUND).inQueue(message.get("Queue"));
    }

    private CallEvent call(Map<String, String> message, String who, Kind kind, Instant at) {
        String leg = message.getOrDefault("DestUniqueid", message.getOrDefault(who + "Uniqueid", ""));
        return CallEvent.of(
                source,
                id(message, who),
                message.get("Event") + ":" + leg + ":" + at.getEpochSecond() + "." + at.getNano() / 1_000,
                kind,
                at);
    }

    /** All legs of a call carry the id of its first one. */
    private static String id(Map<String, String> message, String who) {
        String linked = message.get(who + "Linkedid");
        return linked == null || linked.isEmpty() ? message.getOrDefault(who + "Uniqueid", "") : linked;
    }

    private List<CallEvent> dialled(Map<String, String> message, Kind kind, Instant at) {
        String from = endpoint(message.get("Channel"));
        String to = endpoint(message.get("DestChannel"));
        if (from == null || to == null) {
            return List.of();
        }
        if (pbx.isTrunk(to)) {
            String dialled = message.getOrDefault("DialString", message.getOrDefault("DestExten", ""));
            int name = dialled.indexOf('@');
            return one(call(message, "", kind, at)
                    .towards(Direction.OUTBOUND)
                    .atExtension(from)
                    .withNumber(
                            name < 0 ? dialled.substring(dialled.lastIndexOf('/') + 1) : dialled.substring(0, name)));
        }
        return pbx.isTrunk(from)
                ? one(call(message, "", kind, at)
                        .towards(Direction.INBOUND)
                        .atExtension(to)
                        .withNumber(message.get("CallerIDNum")))
                : List.of();
    }

    private List<CallEvent> transferred(Map<String, String> message, @Nullable String to, Instant at) {
        if (!"Success".equals(message.get("Result"))) {
            return List.of();
        }
        String who = message.containsKey("TransfereeUniqueid")
                ? "Transferee"
                : message.containsKey("TransfererUniqueid") ? "Transferer" : "OrigTransferer";
        return one(call(message, who, Kind.TRANSFERRED, at).atExtension(to));
    }

    /** A call is over when its first leg is. */
    private List<CallEvent> hungUp(Map<String, String> message, Instant at) {
        String id = id(message, "");
        if (!id.equals(message.get("Uniqueid"))) {
            return List.of();
        }
        var events = new ArrayList<>(one(call(message, "", Kind.ENDED, at)));
        String file = files.remove(id);
        String address = file == null ? null : pbx.recording(file);
        if (address != null) {
            events.add(CallEvent.of(source, id, "recording:" + file, Kind.RECORDING_READY, at)
                    .withRecording(address, null));
        }
        return events;
    }

    private static @Nullable String agent(Map<String, String> message) {
        String named = message.get("Interface");
        return named == null || named.isEmpty() ? endpoint(message.get("DestChannel")) : endpoint(named);
    }

    /** {@code PJSIP/8001-0000002a}, {@code Local/8001@queue/n} and {@code PJSIP/8001} are 8001. */
    static @Nullable String endpoint(@Nullable String channel) {
        if (channel == null) {
            return null;
        }
        String name = channel.substring(channel.indexOf('/') + 1);
        int at = name.indexOf('@');
        if (at >= 0) {
            return name.substring(0, at);
        }
        int dash = name.lastIndexOf('-');
        return dash > 0 && name.substring(dash + 1).matches("[0-9a-f]{8}(;[12])?") ? name.substring(0, dash) : name;
    }

    private static Instant at(Map<String, String> message, Instant receivedAt) {
        try {
            String timestamp = message.get("Timestamp");
            if (timestamp == null) {
                return receivedAt;
            }
            BigDecimal seconds = new BigDecimal(timestamp);
            return Instant.ofEpochSecond(
                    seconds.longValue(),
                    seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
        } catch (NumberFormatException | ArithmeticException e) {
            return receivedAt;
        }
    }
}
