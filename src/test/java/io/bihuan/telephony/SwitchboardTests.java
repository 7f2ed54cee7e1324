package io.bihuan.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.privacy.Personal;
import io.bihuan.telephony.ScriptedServer.Peer;
import io.bihuan.telephony.ScriptedServer.Script;
import io.bihuan.telephony.TelephonyProperties.Kind;
import io.bihuan.telephony.TelephonyProperties.Pbx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The telephone systems' own languages, spoken by scripted servers. */
class SwitchboardTests {
    private static final Instant NINE = Instant.parse("2026-11-22T01:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final SwitchboardLink.Pace QUICK = new SwitchboardLink.Pace(
            Duration.ofSeconds(5),
            Duration.ofMillis(150),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMillis(20));

    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isOurTurn = new AtomicBoolean(true);
    private final AtomicInteger failures = new AtomicInteger();
    private @Nullable SwitchboardLink link;
    private @Nullable ScriptedServer server;

    @AfterEach
    void close() throws IOException {
        if (link != null) {
            link.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void connect(Kind kind, Script... scripts) {
        server = new ScriptedServer(scripts);
        var pbx = new Pbx(
                kind,
                "localhost",
                server.port(),
                kind == Kind.ASTERISK ? "bihuan" : null,
                "se cret",
                List.of("trunk1", "external"),
                "https://recordings.example.com/");
        link = new SwitchboardLink(
                "pbx1",
                pbx,
                new SwitchboardLink.Log() {
                    @Override
                    public boolean knows(String call) {
                        return calls.containsKey(call);
                    }

                    @Override
                    public void record(CallEvent event) {
                        if (failures.getAndDecrement() > 0) {
                            throw new IllegalStateException("the database is away");
                        }
                        calls.merge(
                                event.call(),
                                Call.unknown("pbx1", event.call()).after(event),
                                (before, first) -> before.after(event));
                    }
                },
                new SwitchboardLink.Health() {
                    @Override
                    public void working() {
                        said.add("working");
                    }

                    @Override
                    public void failing(String reason) {
                        said.add("failing: " + reason);
                    }

                    @Override
                    public void stopped() {
                        said.add("stopped");
                    }
                },
                new SwitchboardLink.Turn() {
                    @Override
                    public boolean hold() {
                        return isOurTurn.get();
                    }

                    @Override
                    public void release() {}
                },
                QUICK,
                InstantSource.fixed(NINE));
        link.start();
    }

    private static void await(BooleanSupplier isSo) throws InterruptedException {
        for (long end = System.nanoTime() + LONG.toNanos(); !isSo.getAsBoolean(); ) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
            Thread.sleep(10);
        }
    }

    private Call awaited(String id, Call.State state) throws InterruptedException {
        await(() -> calls.containsKey(id) && calls.get(id).state() == state);
        return Objects.requireNonNull(calls.get(id));
    }

    // ---- Asterisk

    private static String message(String event, int second, String... fields) {
        var text = new StringBuilder("Event: " + event + "\r\nPrivilege: call,all\r\nTimestamp: "
                + (NINE.getEpochSecond() + second) + ".250000\r\n");
        for (int i = 0; i < fields.length; i += 2) {
            text.append(fields[i]).append(": ").append(fields[i + 1]).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    private static void signOn(Peer peer) throws IOException {
        peer.say("Asterisk Call Manager/9.0.0\r\n");
        peer.hear("Action: Login");
        peer.hear("Username: bihuan");
        peer.hear("Secret: se cret");
        peer.hear("Events: call,agent");
        peer.say("Response: Success\r\nActionID: bihuan-login\r\nMessage: Authentication accepted\r\n\r\n");
        peer.say("Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n");
    }

    private static String joined(int second, String id) {
        return message(
                "QueueCallerJoin",
                second,
                "Channel",
                "PJSIP/trunk1-0000001a",
                "CallerIDNum",
                "13812345678",
                "CallerIDName",
                "<unknown>",
                "Uniqueid",
                id,
                "Linkedid",
                id,
                "Queue",
                "service",
                "Position",
                "1");
    }

    @Test
    void anAsteriskQueueCallIsFollowedFromTheQueueToItsRecording() throws Exception {
        connect(Kind.ASTERISK, peer -> {
            signOn(peer);
            peer.say(joined(0, "1.1"));
            peer.say(message(
                    "AgentCalled",
                    2,
                    "Uniqueid",
                    "1.1",
                    "Linkedid",
                    "1.1",
                    "DestUniqueid",
                    "1.2",
                    "Queue",
                    "service",
                    "Interface",
                    "PJSIP/8001"));
            peer.say(message(
                    "AgentCalled",
                    2,
                    "Uniqueid",
                    "1.1",
                    "Linkedid",
                    "1.1",
                    "DestUniqueid",
                    "1.3",
                    "Queue",
                    "service",
                    "Interface",
                    "Local/8002@agents/n"));
            peer.sayInPieces(
                    message(
                            "AgentConnect",
                            12,
                            "Uniqueid",
                            "1.1",
                            "Linkedid",
                            "1.1",
                            "DestUniqueid",
                            "1.2",
                            "Queue",
                            "service",
                            "Interface",
                            "PJSIP/8001",
                            "HoldTime",
                            "12",
                            "RingTime",
                            "10"),
                    7);
            peer.say(message(
                    "VarSet",
                    12,
                    "Uniqueid",
                    "1.1",
                    "Linkedid",
                    "1.1",
                    "Variable",
                    "MIXMONITOR_FILENAME",
                    "Value",
                    "/var/spool/monitor/a b-1.1.wav"));
            peer.say(message("Hold", 60, "Uniqueid", "1.2", "Linkedid", "1.1"));
            peer.say(message("Unhold", 90, "Uniqueid", "1.2", "Linkedid", "1.1"));
            peer.say(message("Hangup", 199, "Uniqueid", "1.2", "Linkedid", "1.1", "Cause", "16"));
            peer.say(message("Hangup", 200, "Uniqueid", "1.1", "Linkedid", "1.1", "Cause", "16"));
            peer.listen();
        });
        Call call = awaited("1.1", Call.State.ENDED);
        await(() -> Objects.requireNonNull(calls.get("1.1")).recording() != null);
        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
        assertThat(Personal.text(call.number())).isEqualTo("13812345678");
        assertThat(call.queue()).isEqualTo("service");
        assertThat(call.extension()).isEqualTo("8001");
        assertThat(call.waited()).isEqualTo(Duration.ofSeconds(12));
        assertThat(call.talked()).isEqualTo(Duration.ofSeconds(188));
        assertThat(call.held()).isEqualTo(Duration.ofSeconds(30));
        assertThat(call.startedAt()).isEqualTo(NINE.plusMillis(250));
        CallEvent recording =
                Objects.requireNonNull(Objects.requireNonNull(calls.get("1.1")).recording());
        assertThat(Personal.text(recording.recording())).isEqualTo("https://recordings.example.com/a%20b-1.1.wav");
        assertThat(said).contains("working").noneMatch(each -> each.startsWith("failing"));
    }

    @Test
    void anAsteriskCallerWhoGivesUpIsAnAbandonedCall() throws Exception {
        connect(Kind.ASTERISK, peer -> {
            signOn(peer);
            peer.say(joined(0, "2.1"));
            peer.say(message(
                    "QueueCallerAbandon",
                    41,
                    "Uniqueid",
                    "2.1",
                    "Linkedid",
                    "2.1",
                    "Queue",
                    "service",
                    "HoldTime",
                    "41"));
            peer.say(message("Hangup", 41, "Uniqueid", "2.1", "Linkedid", "2.1"));
            peer.listen();
        });
        Call call = awaited("2.1", Call.State.ABANDONED);
        assertThat(call.waited()).isEqualTo(Duration.ofSeconds(41));
        assertThat(call.isShortAbandon()).isFalse();
    }

    @Test
    void anAsteriskTransferMovesTheCallToTheNextOne() throws Exception {
        connect(Kind.ASTERISK, peer -> {
            signOn(peer);
            peer.say(message(
                    "DialBegin",
                    0,
                    "Channel",
                    "PJSIP/trunk1-0000001a",
                    "CallerIDNum",
                    "13812345678",
                    "Uniqueid",
                    "3.1",
                    "Linkedid",
                    "3.1",
                    "DestChannel",
                    "PJSIP/8001-0000001b",
                    "DestUniqueid",
                    "3.2"));
            peer.say(message(
                    "DialEnd",
                    5,
                    "Channel",
                    "PJSIP/trunk1-0000001a",
                    "CallerIDNum",
                    "13812345678",
                    "Uniqueid",
                    "3.1",
                    "Linkedid",
                    "3.1",
                    "DestChannel",
                    "PJSIP/8001-0000001b",
                    "DestUniqueid",
                    "3.2",
                    "DialStatus",
                    "ANSWER"));
            peer.say(message(
                    "BlindTransfer",
                    50,
                    "Result",
                    "Fail",
                    "TransfereeUniqueid",
                    "3.1",
                    "TransfereeLinkedid",
                    "3.1",
                    "Extension",
                    "8009"));
            peer.say(message(
                    "BlindTransfer",
                    60,
                    "Result",
                    "Success",
                    "TransfereeUniqueid",
                    "3.1",
                    "TransfereeLinkedid",
                    "3.1",
                    "Extension",
                    "8002"));
            peer.say(message("Hangup", 90, "Uniqueid", "3.1", "Linkedid", "3.1"));
            peer.listen();
        });
        Call call = awaited("3.1", Call.State.ENDED);
        assertThat(call.extension()).isEqualTo("8002");
        assertThat(call.transfers()).isEqualTo(1);
        assertThat(call.direction()).isEqualTo(Direction.INBOUND);
    }

    @Test
    void anAsteriskCallToTheOutsideIsOutgoingAndOneWithinTheHouseIsNotKept() throws Exception {
        connect(Kind.ASTERISK, peer -> {
            signOn(peer);
            peer.say(message(
                    "DialBegin",
                    0,
                    "Channel",
                    "PJSIP/8001-0000001a",
                    "Uniqueid",
                    "4.1",
                    "Linkedid",
                    "4.1",
                    "DestChannel",
                    "PJSIP/8002-0000001b",
                    "DestUniqueid",
                    "4.2"));
            peer.say(message("Hangup", 9, "Uniqueid", "4.1", "Linkedid", "4.1"));
            peer.say(message(
                    "DialBegin",
                    0,
                    "Channel",
                    "PJSIP/8001-0000001a",
                    "Uniqueid",
                    "4.5",
                    "Linkedid",
                    "4.5",
                    "DestChannel",
                    "PJSIP/trunk1-0000001b",
                    "DestUniqueid",
                    "4.6",
                    "DialString",
                    "13912345678@trunk1"));
            peer.say(message("Hangup", 30, "Uniqueid", "4.5", "Linkedid", "4.5"));
            peer.listen();
        });
        Call call = awaited("4.5", Call.State.NOT_REACHED);
        assertThat(call.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(call.extension()).isEqualTo("8001");
        assertThat(Personal.text(call.number())).isEqualTo("13912345678");
        assertThat(calls).doesNotContainKey("4.1");
    }

    @Test
    void aConnectionThatBreaksInMidMessageIsMadeAnewAndTheCallGoesOn() throws Exception {
        connect(
                Kind.ASTERISK,
                peer -> {
                    signOn(peer);
                    peer.say(joined(0, "5.1"));
                    peer.say(message("AgentConnect", 9, "Uniqueid", "5.1", "Linkedid", "5.1", "Interface", "PJSIP/8001")
                            .substring(0, 60));
                    peer.drop();
                },
                peer -> {
                    signOn(peer);
                    peer.say(message(
                            "AgentConnect",
                            9,
                            "Uniqueid",
                            "5.1",
                            "Linkedid",
                            "5.1",
                            "Queue",
                            "service",
                            "Interface",
                            "PJSIP/8001"));
                    peer.say(message("Hangup", 80, "Uniqueid", "5.1", "Linkedid", "5.1"));
                    peer.listen();
                });
        assertThat(awaited("5.1", Call.State.ENDED).extension()).isEqualTo("8001");
        assertThat(said).anyMatch(each -> each.startsWith("failing: the connection was closed"));
        assertThat(said.getLast()).isEqualTo("working");
    }

    @Test
    void aWrongPasswordIsSaidAndTriedAgainLater() throws Exception {
        connect(
                Kind.ASTERISK,
                peer -> {
                    peer.say("Asterisk Call Manager/9.0.0\r\n");
                    peer.hear("Action: Login");
                    peer.say("Response: Error\r\nActionID: bihuan-login\r\nMessage: Authentication failed\r\n\r\n");
                    peer.listen();
                },
                peer -> {
                    signOn(peer);
                    peer.say(joined(0, "6.1"));
                    peer.listen();
                });
        awaited("6.1", Call.State.QUEUED);
        assertThat(said.getFirst()).isEqualTo("failing: the telephone system refuses user and password");
        assertThat(said).noneMatch(each -> each.contains("se cret"));
    }

    @Test
    void whoFallsSilentIsAskedAndThenLeft() throws Exception {
        connect(
                Kind.ASTERISK,
                peer -> {
                    signOn(peer);
                    peer.listen();
                },
                peer -> {
                    signOn(peer);
                    peer.say(joined(0, "7.1"));
                    for (int i = 0; i < 20; i++) {
                        peer.hear("Action: Ping");
                        peer.say("Response: Success\r\nActionID: bihuan-ping\r\nPing: Pong\r\n\r\n");
                    }
                });
        awaited("7.1", Call.State.QUEUED);
        ScriptedServer asked = Objects.requireNonNull(server);
        await(() -> asked.heard().stream().filter("Action: Ping"::equals).count() > 8);
        assertThat(asked.connections()).as("whoever answers is not left").isEqualTo(2);
        assertThat(said).contains("failing: the telephone system has fallen silent");
    }

    @Test
    void whatIsTooLongOrNoMessageIsRefused() throws Exception {
        connect(
                Kind.ASTERISK,
                peer -> peer.say("HTTP/1.1 400 Bad Request\r\n\r\n"),
                peer -> {
                    signOn(peer);
                    peer.say("Event: " + "x".repeat(TextLine.LONGEST_LINE + 10));
                    peer.listen();
                },
                peer -> {
                    signOn(peer);
                    peer.say("Event: Other\r\n" + "a: b\r\n".repeat(TextLine.MOST_LINES + 1));
                    peer.listen();
                },
                peer -> {
                    signOn(peer);
                    peer.say("no colon at all\r\n\u0000\u0001\r\n: nothing\r\n\r\n\r\n");
                    peer.say(message("QueueCallerJoin", 0, "Uniqueid", "", "Linkedid", ""));
                    peer.say(joined(0, "8.1"));
                    peer.listen();
                });
        awaited("8.1", Call.State.QUEUED);
        assertThat(calls).hasSize(1);
        assertThat(said.stream().filter(each -> each.startsWith("failing")).toList())
                .containsExactly(
                        "failing: this is no manager interface of Asterisk",
                        "failing: a line of more than " + TextLine.LONGEST_LINE + " bytes",
                        "failing: a message of more than " + TextLine.MOST_LINES + " lines");
    }

    @Test
    void anEventThatCannotBeKeptIsKeptAsSoonAsItCan() throws Exception {
        failures.set(4);
        connect(Kind.ASTERISK, peer -> {
            signOn(peer);
            peer.say(joined(0, "9.1"));
            peer.listen();
        });
        awaited("9.1", Call.State.QUEUED);
    }

    @Test
    void onlyWhoseTurnItIsConnectsAndWhoLosesItLeaves() throws Exception {
        isOurTurn.set(false);
        connect(Kind.ASTERISK, peer -> {
            signOn(peer);
            peer.say(joined(0, "10.1"));
            peer.listen();
        });
        ScriptedServer asked = Objects.requireNonNull(server);
        Thread.sleep(200);
        assertThat(asked.connections()).isZero();
        isOurTurn.set(true);
        awaited("10.1", Call.State.QUEUED);
        isOurTurn.set(false);
        int before = asked.connections();
        Thread.sleep(500);
        assertThat(asked.connections()).isEqualTo(before);
    }

    // ---- FreeSWITCH

    private static void admit(Peer peer) throws IOException {
        peer.say("Content-Type: auth/request\n\n");
        peer.hear("auth se cret");
        peer.say("Content-Type: command/reply\nReply-Text: +OK accepted\n\n");
        peer.hear("event plain CHANNEL_PROGRESS");
        peer.say("Content-Type: command/reply\nReply-Text: +OK event listener enabled plain\n\n");
    }

    private static String event(String name, int second, int sequence, String... fields) {
        var body = new LinkedHashMap<String, String>();
        body.put("Event-Name", name);
        body.put("Core-UUID", "core-1");
        body.put("Event-Sequence", String.valueOf(sequence));
        body.put("Event-Date-Timestamp", String.valueOf((NINE.getEpochSecond() + second) * 1_000_000L));
        for (int i = 0; i < fields.length; i += 2) {
            body.put(fields[i], fields[i + 1]);
        }
        var text = new StringBuilder();
        body.forEach((key, value) -> text.append(key)
                .append(": ")
                .append(value.replace("%", "%25")
                        .replace("@", "%40")
                        .replace("::", "%3A%3A")
                        .replace(" ", "%20"))
                .append('\n'));
        text.append('\n');
        return "Content-Length: " + text.length() + "\nContent-Type: text/event-plain\n\n" + text;
    }

    private static String queue(String action, int second, int sequence, String... fields) {
        var all = new java.util.ArrayList<>(List.of(
                "Event-Subclass", "callcenter::info",
                "CC-Queue", "service@default",
                "CC-Action", action,
                "CC-Member-Session-UUID", "a-1",
                "CC-Member-CID-Number", "+8613812345678"));
        all.addAll(List.of(fields));
        return event("CUSTOM", second, sequence, all.toArray(String[]::new));
    }

    @Test
    void aFreeSwitchQueueCallIsFollowedToItsEnd() throws Exception {
        connect(Kind.FREESWITCH, peer -> {
            admit(peer);
            peer.sayInPieces(queue("member-queue-start", 0, 1), 11);
            peer.say(queue("agent-offering", 3, 2, "CC-Agent", "8001@default"));
            peer.say(queue("bridge-agent-start", 8, 3, "CC-Agent", "8001@default"));
            peer.say(queue("bridge-agent-start", 8, 3, "CC-Agent", "8001@default"));
            peer.say(queue("member-queue-end", 70, 4, "CC-Cause", "Terminated"));
            peer.say(event(
                    "CHANNEL_HOLD",
                    20,
                    5,
                    "Unique-ID",
                    "b-1",
                    "Call-Direction",
                    "outbound",
                    "Other-Leg-Unique-ID",
                    "a-1"));
            peer.say(event(
                    "CHANNEL_UNHOLD",
                    30,
                    6,
                    "Unique-ID",
                    "b-1",
                    "Call-Direction",
                    "outbound",
                    "Other-Leg-Unique-ID",
                    "a-1"));
            peer.say(event(
                    "RECORD_STOP",
                    70,
                    7,
                    "Unique-ID",
                    "a-1",
                    "Call-Direction",
                    "inbound",
                    "Record-File-Path",
                    "/rec/a-1.wav"));
            peer.say(event("CHANNEL_HANGUP_COMPLETE", 70, 8, "Unique-ID", "a-1", "Call-Direction", "inbound"));
            peer.listen();
        });
        Call call = awaited("a-1", Call.State.ENDED);
        assertThat(Personal.text(call.number())).isEqualTo("+8613812345678");
        assertThat(call.queue()).isEqualTo("service");
        assertThat(call.extension()).isEqualTo("8001");
        assertThat(call.waited()).isEqualTo(Duration.ofSeconds(8));
        assertThat(call.talked()).isEqualTo(Duration.ofSeconds(62));
        assertThat(call.held()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Personal.text(Objects.requireNonNull(call.recording()).recording()))
                .isEqualTo("https://recordings.example.com/a-1.wav");
        assertThat(call.events()).hasSize(7);
    }

    @Test
    void aFreeSwitchCallerWhoGivesUpIsAbandonedAndOneWhoIsSentOnIsNot() throws Exception {
        connect(Kind.FREESWITCH, peer -> {
            admit(peer);
            peer.say(queue("member-queue-start", 0, 1));
            peer.say(queue("member-queue-end", 30, 2, "CC-Cause", "Cancel", "CC-Cancel-Reason", "TIMEOUT"));
            peer.say(queue("member-queue-start", 31, 3, "CC-Queue", "second@default"));
            peer.say(event("HEARTBEAT", 32, 4));
            peer.hear("api uptime");
            peer.say("Content-Type: api/response\nContent-Length: 3\n\n42\n");
            peer.say(queue("member-queue-end", 60, 5, "CC-Cause", "Cancel", "CC-Cancel-Reason", "BREAK_OUT"));
            peer.listen();
        });
        Call call = awaited("a-1", Call.State.ABANDONED);
        assertThat(call.waited()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void freeSwitchCallsThroughTrunksAreInOrOutAndTheNextWhoAnswersHasTheCall() throws Exception {
        connect(Kind.FREESWITCH, peer -> {
            admit(peer);
            peer.say(event(
                    "CHANNEL_PROGRESS",
                    0,
                    1,
                    "Unique-ID",
                    "b-2",
                    "Call-Direction",
                    "outbound",
                    "Channel-Name",
                    "sofia/internal/8001@10.0.0.1",
                    "Other-Leg-Unique-ID",
                    "a-2",
                    "Other-Leg-Channel-Name",
                    "sofia/external/13812345678@carrier",
                    "Caller-Caller-ID-Number",
                    "13812345678",
                    "Caller-Destination-Number",
                    "8001"));
            peer.say(event(
                    "CHANNEL_ANSWER",
                    4,
                    2,
                    "Unique-ID",
                    "b-2",
                    "Call-Direction",
                    "outbound",
                    "Channel-Name",
                    "sofia/internal/8001@10.0.0.1",
                    "Other-Leg-Unique-ID",
                    "a-2",
                    "Other-Leg-Channel-Name",
                    "sofia/external/13812345678@carrier",
                    "Caller-Caller-ID-Number",
                    "13812345678",
                    "Caller-Destination-Number",
                    "8001"));
            peer.say(event(
                    "CHANNEL_ANSWER",
                    40,
                    3,
                    "Unique-ID",
                    "b-3",
                    "Call-Direction",
                    "outbound",
                    "Channel-Name",
                    "sofia/internal/8002@10.0.0.1",
                    "Other-Leg-Unique-ID",
                    "a-2",
                    "Other-Leg-Channel-Name",
                    "sofia/external/13812345678@carrier",
                    "Caller-Caller-ID-Number",
                    "13812345678",
                    "Caller-Destination-Number",
                    "8002"));
            peer.say(event("CHANNEL_HANGUP_COMPLETE", 41, 4, "Unique-ID", "b-2", "Call-Direction", "outbound"));
            peer.say(event(
                    "CHANNEL_PROGRESS_MEDIA",
                    0,
                    5,
                    "Unique-ID",
                    "b-4",
                    "Call-Direction",
                    "outbound",
                    "Channel-Name",
                    "sofia/gateway/trunk1/13912345678",
                    "Other-Leg-Unique-ID",
                    "a-4",
                    "Other-Leg-Channel-Name",
                    "sofia/internal/8001@10.0.0.1",
                    "Caller-Caller-ID-Number",
                    "8001",
                    "Caller-Destination-Number",
                    "13912345678"));
            peer.say(event("CHANNEL_HANGUP_COMPLETE", 41, 6, "Unique-ID", "a-4", "Call-Direction", "inbound"));
            peer.listen();
        });
        Call out = awaited("a-4", Call.State.NOT_REACHED);
        assertThat(out.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(out.extension()).isEqualTo("8001");
        Call in = Objects.requireNonNull(calls.get("a-2"));
        assertThat(in.state()).isEqualTo(Call.State.TALKING);
        assertThat(in.extension()).isEqualTo("8002");
        assertThat(in.transfers()).isEqualTo(1);
    }

    @Test
    void whatFreeSwitchRefusesOrBreaksIsSaidAndTriedAgain() throws Exception {
        connect(
                Kind.FREESWITCH,
                peer -> {
                    peer.say("Content-Type: auth/request\n\n");
                    peer.hear("auth ");
                    peer.say("Content-Type: command/reply\nReply-Text: -ERR invalid\n\n");
                    peer.listen();
                },
                peer -> peer.say("Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n"),
                peer -> {
                    admit(peer);
                    peer.say("Content-Length: 999999999\nContent-Type: text/event-plain\n\n");
                    peer.listen();
                },
                peer -> {
                    admit(peer);
                    peer.say(queue("member-queue-start", 0, 1).substring(0, 120));
                    peer.drop();
                },
                peer -> {
                    admit(peer);
                    peer.say(queue("member-queue-start", 0, 1));
                    peer.listen();
                });
        awaited("a-1", Call.State.QUEUED);
        assertThat(said.stream().filter(each -> each.startsWith("failing")).toList())
                .containsExactly(
                        "failing: the telephone system refuses the password",
                        "failing: the telephone system does not accept this address",
                        "failing: a body of 999999999 bytes",
                        "failing: the connection was closed");
    }

    // ---- settings

    @Test
    void aSettingThatCannotBeIsRefusedWithItsName() {
        assertThatThrownBy(() -> new Pbx(Kind.ASTERISK, "pbx", null, null, "x", null, null))
                .hasMessageContaining("user");
        assertThatThrownBy(() -> new Pbx(Kind.FREESWITCH, "pbx", null, null, "x\ny", null, null))
                .hasMessageContaining("password");
        assertThatThrownBy(() -> new Pbx(Kind.FREESWITCH, "pbx", 70_000, null, "x", null, null))
                .hasMessageContaining("port");
        assertThatThrownBy(() -> new Pbx(Kind.FREESWITCH, "pbx", null, null, "x", null, "javascript:alert(1)"))
                .hasMessageContaining("recordings");
        var good = new Pbx(Kind.FREESWITCH, "pbx", null, null, "geheim", null, null);
        assertThat(good.portToUse()).isEqualTo(8021);
        assertThat(good.toString()).doesNotContain("geheim");
    }
}
