package io.bihuan.screening.web;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.SignedIn;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.MessageHeld;
import io.bihuan.intake.Submission;
import io.bihuan.intake.Waiting;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.FileResponses;
import io.bihuan.screening.Screeners;
import io.bihuan.screening.web.MessagePage.Typed;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A message that waits for a person, and what becomes of it. */
@Controller
@RequestMapping("/desk/screening/{id}")
class MessageController {
    private static final String TEMPLATE = "screening/message";
    private static final int LONGEST_REASON = 500;

    private final MessageViews views;
    private final Decisions decisions;
    private final Inbox inbox;
    private final Complaints complaints;
    private final Screeners screeners;
    private final FileResponses responses;

    MessageController(
            MessageViews views,
            Decisions decisions,
            Inbox inbox,
            Complaints complaints,
            Screeners screeners,
            FileResponses responses) {
        this.views = views;
        this.decisions = decisions;
        this.inbox = inbox;
        this.complaints = complaints;
        this.screeners = screeners;
        this.responses = responses;
    }

    @GetMapping
    Page show(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t) {
        return Page.of(TEMPLATE, views.page(id, who, false, Typed.NOTHING, t));
    }

    @GetMapping("/files/{sha256}")
    ResponseEntity<InputStreamResource> file(@PathVariable UUID id, @PathVariable String sha256) {
        views.waiting(id);
        return inbox.file(id, sha256).map(responses::show).orElseThrow(() -> new NotFound("file " + sha256));
    }

    /** Takes it up, or takes it over from the colleague whom the reader saw there. */
    @PostMapping("/claims")
    Page claim(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID from,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        views.waiting(id);
        return attempt(id, who, typed("claims"), t, () -> {
            if (from == null) {
                decisions.claim(id, who.id());
            } else {
                decisions.takeOver(id, who.id(), from);
            }
            return Page.done(path(id), "screening.claim.done");
        });
    }

    @PostMapping("/forwardings")
    Page forward(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String why,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Waiting waiting = views.waiting(id);
        Optional<UUID> target = target(to, waiting.message());
        var typed = typed("forwardings", "to", to, "why", why);
        typed = required(typed, "why", why, Decisions.LONGEST_NOTE, t);
        if (target.isEmpty()) {
            typed = wrong(typed, "to", t.of("web.field.missing"));
        }
        return attempt(id, who, typed, t, () -> {
            UUID person = target.orElseThrow();
            decisions.forward(id, who.id(), person, why.strip());
            return Page.done(
                    BoardQuery.PATH,
                    "screening.forward.done",
                    screeners.names(List.of(person)).getOrDefault(person, ""));
        });
    }

    private Optional<UUID> target(String to, InboxMessage message) {
        int colon = to.indexOf(':');
        String value = to.substring(colon + 1);
        if (to.startsWith("channel:")) {
            return Arrays.stream(Channel.values())
                    .filter(channel -> channel.name().equals(value))
                    .findFirst()
                    .map(channel -> screeners.next(channel, message.screener()));
        }
        try {
            return Optional.of(UUID.fromString(value)).filter(screeners::may);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Adds it to a complaint that is known. */
    @PostMapping("/joins")
    Page join(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String text,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        InboxMessage message = views.waiting(id).message();
        Optional<ComplaintNumber> to = ComplaintNumber.read(number)
                .flatMap(complaints::find)
                .filter(complaint -> MessageViews.sees(who, complaint.department()))
                .map(Complaint::number);
        var typed = typed("joins", "number", number, "text", text);
        typed = required(typed, "text", text, Submission.LONGEST_CONTENT, t);
        if (to.isEmpty()) {
            typed = wrong(typed, "number", t.of("screening.join.unknown"));
        }
        Submission draft = message.draft();
        return attempt(id, who, typed, t, () -> {
            Complaint joined = decisions.join(
                    id, who.id(), to.orElseThrow(), text.strip(), draft == null ? List.of() : draft.attachments());
            return Page.done(
                    "/desk/complaints/" + joined.number().digits(),
                    "screening.join.done",
                    joined.number().readable());
        });
    }

    /** Decides that nothing comes of it, and tells its sender so where that is wanted and possible. */
    @PostMapping("/rejections")
    Page reject(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "false") boolean tell,
            @RequestParam(defaultValue = "") String reply,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        views.waiting(id);
        Optional<Rejection> chosen = Arrays.stream(Rejection.values())
                .filter(each -> each.name().equals(reason))
                .findFirst();
        var typed = typed("rejections", "reason", reason, "note", note, "tell", tell ? "true" : "", "reply", reply);
        if (chosen.isEmpty()) {
            typed = wrong(typed, "reason", t.of("web.field.missing"));
        } else if (chosen.get() == Rejection.OTHER) {
            typed = required(typed, "note", note, Decisions.LONGEST_NOTE, t);
        }
        if (note.length() > Decisions.LONGEST_NOTE) {
            typed = required(typed, "note", note, Decisions.LONGEST_NOTE, t);
        }
        if (tell) {
            typed = required(typed, "reply", reply, Decisions.LONGEST_NOTE, t);
        }
        return attempt(id, who, typed, t, () -> {
            String why = t.of(chosen.orElseThrow()) + (note.isBlank() ? "" : "\n" + note.strip());
            decisions.reject(id, who.id(), why, tell ? reply.strip() : null);
            return Page.done(BoardQuery.PATH, "screening.reject.done");
        });
    }

    /** A call back: whether somebody was reached, and what was said. */
    @PostMapping("/calls")
    Page call(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        views.waiting(id);
        var typed = typed("calls", "outcome", outcome, "note", note);
        boolean isReached = outcome.equals("reached");
        if (!isReached && !outcome.equals("missed")) {
            typed = wrong(typed, "outcome", t.of("web.field.missing"));
        }
        if (isReached || note.length() > Decisions.LONGEST_NOTE) {
            typed = required(typed, "note", note, Decisions.LONGEST_NOTE, t);
        }
        return attempt(id, who, typed, t, () -> {
            if (isReached) {
                decisions.called(id, who.id(), note.strip());
                return Page.done(BoardQuery.PATH, "screening.call.done");
            }
            decisions.calledInVain(id, who.id(), note.isBlank() ? null : note.strip());
            return Page.done(path(id), "screening.call.again");
        });
    }

    /** Lets its reader read it again. */
    @PostMapping("/readings")
    Page read(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t) {
        views.waiting(id);
        return attempt(id, who, typed("readings"), t, () -> {
            decisions.readAgain(id, who.id());
            return Page.done(BoardQuery.PATH, "screening.read.done");
        });
    }

    /** Shows the contact data and the text of the original, for a reason that is recorded. */
    @PostMapping("/disclosures")
    Page disclose(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String why,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        views.waiting(id);
        var typed = required(typed("disclosures", "why", why), "why", why, LONGEST_REASON, t);
        if (typed.errors().any()) {
            return Page.invalid(TEMPLATE, views.page(id, who, false, typed, t));
        }
        decisions.shown(id, who.id(), false, why.strip());
        return Page.of(TEMPLATE, views.page(id, who, true, Typed.NOTHING, t));
    }

    /** Gives out the original as a file, for a reason that is recorded. */
    @PostMapping("/copies")
    Object copy(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String why,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        InboxMessage message = views.waiting(id).message();
        var typed = required(typed("disclosures", "why", why), "why", why, LONGEST_REASON, t);
        if (typed.errors().any()) {
            return Page.invalid(TEMPLATE, views.page(id, who, false, typed, t));
        }
        decisions.shown(id, who.id(), true, why.strip());
        InputStream content = inbox.open(message);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(message.size())
                .header(
                        "Content-Disposition",
                        ContentDisposition.attachment()
                                .filename("message-" + id + ending(message.mediaType()))
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cache-Control", "no-store")
                .body(new InputStreamResource(content));
    }

    private static String ending(String mediaType) {
        return mediaType.startsWith("message/")
                ? ".eml"
                : mediaType.contains("json")
                        ? ".json"
                        : mediaType.contains("xml") ? ".xml" : mediaType.startsWith("text/") ? ".txt" : ".bin";
    }

    private interface Deed {
        Page carryOut();
    }

    private Page attempt(UUID id, SignedIn who, Typed typed, Texts t, Deed deed) {
        if (typed.errors().any()) {
            return Page.invalid(TEMPLATE, views.page(id, who, false, typed, t));
        }
        try {
            return deed.carryOut();
        } catch (MessageHeld held) {
            return Page.of(TEMPLATE, views.page(id, who, false, wrong(typed, "", t.of(held)), t))
                    .status(HttpStatus.CONFLICT);
        } catch (OptimisticLockingFailureException lost) {
            return Page.of(
                            TEMPLATE,
                            views.page(id, who, false, wrong(typed, "", t.of("intake.refused.message-changed")), t))
                    .status(HttpStatus.CONFLICT);
        } catch (Refused refused) {
            return Page.invalid(TEMPLATE, views.page(id, who, false, wrong(typed, "", t.of(refused)), t));
        }
    }

    private static Typed typed(String deed, String... pairs) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], Objects.requireNonNull(pairs[i + 1]));
        }
        return new Typed(deed, Map.copyOf(values), FieldErrors.NONE);
    }

    private static Typed required(Typed typed, String field, String value, int longest, Texts t) {
        if (value.isBlank()) {
            return wrong(typed, field, t.of("web.field.missing"));
        }
        return value.codePointCount(0, value.length()) > longest
                ? wrong(typed, field, t.of("intake.field.too-long", longest))
                : typed;
    }

    private static Typed wrong(Typed typed, String field, String text) {
        return new Typed(typed.deed(), typed.values(), typed.errors().with(field, text));
    }

    private static String path(UUID id) {
        return BoardQuery.PATH + "/" + id;
    }
}
