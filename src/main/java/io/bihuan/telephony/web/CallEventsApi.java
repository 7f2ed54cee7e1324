package io.bihuan.telephony.web;

import io.bihuan.telephony.CallEvent;
import io.bihuan.telephony.Calls;
import io.bihuan.telephony.Direction;
import io.bihuan.telephony.Extensions;
import io.bihuan.web.BadInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What any telephone system tells of calls. */
@RestController
@RequestMapping(
        path = "/api/v1/calls",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Calls")
class CallEventsApi {
    static final int MOST_EVENTS = 200;
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_QUEUE = 100;
    private static final int LONGEST_URL = 2_000;
    private static final Duration OLDEST = Duration.ofDays(400);
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Pattern SOURCE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Schema(
            name = "CallEvents",
            requiredProperties = {"source", "events"})
    record Body(
            @Schema(
                    description = "The telephone system: lower-case letters, digits, dots and hyphens",
                    example = "pbx1")
            @NotNull
            String source,

            @Schema(description = "In any order, at most 200") @NotNull
            List<@Valid @Nullable EventBody> events) {}

    @Schema(
            name = "CallEvent",
            requiredProperties = {"id", "call", "type", "at"})
    record EventBody(
            @Schema(
                    description = "Unique for the source: an event told again is known and changes nothing",
                    maxLength = LONGEST_ID,
                    example = "1763773200.17-answered")
            @NotNull
            String id,

            @Schema(
                    description = "The call's id at the source; all its legs have the same one",
                    maxLength = LONGEST_ID,
                    example = "1763773200.17")
            @NotNull
            String call,

            @Schema(description = "What happened") @NotNull CallEvent.Kind type,

            @Schema(description = "When, by the clock of the source", example = "2026-11-22T09:00:12.5+08:00") @NotNull
            Instant at,

            @Schema(description = "INBOUND when no event of the call says otherwise") @Nullable
            Direction direction,

            @Schema(
                    description = "The customer's; absent when it is withheld",
                    maxLength = LONGEST_NUMBER,
                    example = "13812345678")
            @Nullable
            String number,

            @Schema(maxLength = LONGEST_QUEUE, example = "service") @Nullable
            String queue,

            @Schema(
                    description = "Of the agent: who is rung, who answers, who it is transferred to",
                    maxLength = 64,
                    example = "8001")
            @Nullable
            String extension,

            @Schema(maxLength = LONGEST_URL, example = "https://recordings.example.com/1763773200.17.wav") @Nullable
            String recordingUrl,

            @Schema(description = "Of the recording, lower-case hexadecimal") @Nullable
            String recordingSha256) {}

    @Schema(
            name = "CallEventsTaken",
            requiredProperties = {"taken", "known"})
    record Taken(
            @Schema(description = "Events that were new") int taken,

            @Schema(description = "Events that had been told before")
            int known) {}

    private final Calls calls;
    private final InstantSource time;

    CallEventsApi(Calls calls, InstantSource time) {
        this.calls = calls;
        this.time = time;
    }

    @PostMapping("/events")
    @Operation(
            summary = "Tell what happened to calls",
            description =
                    "Exactly once by the event's id, whatever the order and however often it is told; the call log is what all events"
                            + " of a call add up to. All events are checked before the first is taken; after an error send all again.")
    Taken tellOfCalls(@Valid @RequestBody Body body) {
        List<CallEvent> events = events(body);
        int taken = 0;
        for (CallEvent event : events) {
            taken += calls.record(event) ? 1 : 0;
        }
        return new Taken(taken, events.size() - taken);
    }

    private List<CallEvent> events(Body body) {
        var wrong = new ArrayList<BadInput.Wrong>();
        if (!SOURCE.matcher(body.source()).matches()) {
            wrong.add(wrong("/source", "telephony.field.source"));
        }
        if (body.events().isEmpty() || body.events().size() > MOST_EVENTS) {
            throw new BadInput("/events", "telephony.field.events", MOST_EVENTS);
        }
        var events = new ArrayList<CallEvent>();
        for (int i = 0; i < body.events().size(); i++) {
            EventBody each = body.events().get(i);
            if (each == null) {
                wrong.add(wrong("/events/" + i, "web.field.missing"));
                continue;
            }
            check(each, "/events/" + i + "/", wrong);
            events.add(CallEvent.of(body.source(), each.call(), each.id(), each.type(), each.at())
                    .towards(each.direction())
                    .withNumber(each.number())
                    .inQueue(each.queue())
                    .atExtension(each.extension())
                    .withRecording(each.recordingUrl(), each.recordingSha256()));
        }
        if (!wrong.isEmpty()) {
            throw new BadInput(wrong);
        }
        return events;
    }

    private void check(EventBody event, String at, List<BadInput.Wrong> wrong) {
        id(event.id(), at + "id", wrong);
        id(event.call(), at + "call", wrong);
        length(event.number(), LONGEST_NUMBER, at + "number", wrong);
        length(event.queue(), LONGEST_QUEUE, at + "queue", wrong);
        Instant now = time.instant();
        if (event.at().isAfter(now.plus(AHEAD)) || event.at().isBefore(now.minus(OLDEST))) {
            wrong.add(wrong(at + "at", "telephony.field.at"));
        }
        if (event.extension() != null
                && !Extensions.NAME.matcher(event.extension()).matches()) {
            wrong.add(wrong(at + "extension", "telephony.field.extension"));
        }
        if (event.recordingUrl() != null && !isAddress(event.recordingUrl())) {
            wrong.add(wrong(at + "recordingUrl", "telephony.field.recording"));
        }
        if (event.recordingSha256() != null
                && !SHA256.matcher(event.recordingSha256()).matches()) {
            wrong.add(wrong(at + "recordingSha256", "telephony.field.sha256"));
        }
    }

    private static void id(String id, String pointer, List<BadInput.Wrong> wrong) {
        if (id.isBlank()) {
            wrong.add(wrong(pointer, "web.field.missing"));
        }
        length(id, LONGEST_ID, pointer, wrong);
    }

    private static void length(@Nullable String text, int most, String pointer, List<BadInput.Wrong> wrong) {
        if (text != null && text.length() > most) {
            wrong.add(new BadInput.Wrong(pointer, "web.field.long", List.of(most)));
        }
    }

    /** Agents follow it: anything but a page of the web would be run in their browser. */
    private static boolean isAddress(String url) {
        try {
            URI uri = new URI(url);
            return url.length() <= LONGEST_URL
                    && uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(java.util.Locale.ROOT))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static BadInput.Wrong wrong(String pointer, String key) {
        return new BadInput.Wrong(pointer, key, List.of());
    }
}
