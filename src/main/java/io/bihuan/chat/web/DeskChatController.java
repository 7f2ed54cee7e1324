package io.bihuan.chat.web;

import io.bihuan.chat.Chat;
import io.bihuan.chat.ChatDuty;
import io.bihuan.chat.ChatFigures;
import io.bihuan.chat.Chats;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.pack.Kind;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.FileResponses;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The chats of an agent: several at once, the queue, and what comes of each. */
@Controller
@RequestMapping("/desk/chats")
class DeskChatController {
    private static final String PATH = "/desk/chats";
    private static final String TEMPLATE = "chat/desk";

    private final Chats chats;
    private final ChatDuty duty;
    private final ChatFigures figures;
    private final Staff staff;
    private final FileResponses files;
    private final InstantSource time;

    DeskChatController(
            Chats chats, ChatDuty duty, ChatFigures figures, Staff staff, FileResponses files, InstantSource time) {
        this.chats = chats;
        this.duty = duty;
        this.figures = figures;
        this.files = files;
        this.staff = staff;
        this.time = time;
    }

    @GetMapping
    Page list(@AuthenticationPrincipal SignedIn who, Texts t) {
        duty.agentSeen(who.id());
        return Page.of(TEMPLATE, page(who, null, null, t));
    }

    /** The lists beside an open chat, which change by themselves. */
    @GetMapping("/lists")
    Page lists(@RequestParam(required = false) @Nullable UUID open, @AuthenticationPrincipal SignedIn who, Texts t) {
        duty.agentSeen(who.id());
        return Page.of(
                "chat/lists", page(who, open == null ? null : chats.find(open).orElse(null), null, t));
    }

    @PostMapping("/readiness")
    Page readiness(
            @RequestParam(defaultValue = "false") boolean available,
            @RequestParam(defaultValue = "4") int most,
            @AuthenticationPrincipal SignedIn who) {
        duty.ready(who.id(), new ChatDuty.Readiness(available, most));
        return Page.done(PATH, available ? "chat.desk.ready.on" : "chat.desk.ready.off");
    }

    @GetMapping("/{id}")
    Page show(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t) {
        Chat chat = chat(id);
        chats.agentRead(id, who.id());
        return Page.of(TEMPLATE, page(who, chat, null, t));
    }

    @GetMapping("/{id}/lines")
    Page lines(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t) {
        Chat chat = chat(id);
        chats.agentRead(id, who.id());
        return Page.of("chat/desklines", page(who, chat, null, t));
    }

    @GetMapping("/{id}/files/{sha256}")
    ResponseEntity<InputStreamResource> file(@PathVariable UUID id, @PathVariable String sha256) {
        return chats.file(id, sha256).map(files::show).orElseThrow(() -> new NotFound("file " + sha256));
    }

    @PostMapping("/{id}/lines")
    Page say(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "false") boolean note,
            @RequestParam UUID token,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return done(id, who, t, () -> {
            chats.agentSays(id, who.id(), token, text, note);
            return Page.to(PATH + "/" + id);
        });
    }

    @PostMapping("/{id}/taking")
    Page take(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t) {
        return done(id, who, t, () -> {
            duty.take(id, who.id());
            return Page.to(PATH + "/" + id);
        });
    }

    @PostMapping("/{id}/transfer")
    Page transfer(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return done(id, who, t, () -> {
            chats.transfer(id, who.id(), to.isEmpty() ? null : colleague(to), note);
            return Page.done(PATH, "chat.desk.transferred");
        });
    }

    private UUID colleague(String typed) {
        try {
            return staff.find(UUID.fromString(typed))
                    .filter(StaffMember::active)
                    .map(StaffMember::id)
                    .orElseThrow(() -> new Refused("chat.refused.colleague"));
        } catch (IllegalArgumentException e) {
            throw new Refused("chat.refused.colleague");
        }
    }

    @PostMapping("/{id}/registration")
    Page register(@PathVariable UUID id, @RequestParam Kind kind, @AuthenticationPrincipal SignedIn who, Texts t) {
        return done(id, who, t, () -> {
            Complaint made = chats.register(id, who.id(), kind);
            return Page.done(
                    PATH + "/" + id, "chat.desk.registered", made.number().readable());
        });
    }

    @PostMapping("/{id}/case")
    Page join(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String number,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return done(id, who, t, () -> {
            ComplaintNumber read = ComplaintNumber.read(number).orElseThrow(() -> new Refused("chat.refused.number"));
            chats.join(id, who.id(), read);
            return Page.done(PATH + "/" + id, "chat.desk.joined", read.readable());
        });
    }

    @PostMapping("/{id}/end")
    Page end(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who, Texts t) {
        return done(id, who, t, () -> {
            chats.end(id, who.id());
            return Page.done(PATH, "chat.desk.ended");
        });
    }

    private Page done(UUID id, SignedIn who, Texts t, Supplier<Page> action) {
        try {
            return action.get();
        } catch (InvalidSubmission invalid) {
            InvalidSubmission.Problem first = invalid.problems().getFirst();
            return Page.invalid(
                    TEMPLATE,
                    page(
                            who,
                            chat(id),
                            t.of(first.messageKey(), first.arguments().toArray()),
                            t));
        } catch (Refused refused) {
            return Page.invalid(TEMPLATE, page(who, chat(id), t.of(refused), t));
        }
    }

    private Chat chat(UUID id) {
        return chats.find(id).orElseThrow(() -> new NotFound("chat " + id));
    }

    private DeskChatsPage page(SignedIn who, @Nullable Chat open, @Nullable String error, Texts t) {
        List<Chat.Line> lines = open == null ? List.of() : chats.lines(open.id(), true);
        var writers = new HashSet<UUID>();
        lines.forEach(line -> {
            UUID writer = line.staff();
            if (writer != null) {
                writers.add(writer);
            }
        });
        Map<UUID, String> names = new HashMap<>();
        staff.names(writers).forEach((id, member) -> names.put(id, member.name()));
        return new DeskChatsPage(
                duty.of(who.id()),
                duty.waiting(),
                duty.readiness(who.id()),
                open,
                open != null && who.id().equals(open.agent()),
                lines,
                names,
                staff.withRole(Role.AGENT, null).stream()
                        .filter(member -> !member.id().equals(who.id()))
                        .map(member -> new Option(member.id().toString(), member.name()))
                        .toList(),
                Arrays.stream(Kind.values())
                        .map(kind -> new Option(kind.name(), t.of(kind)))
                        .toList(),
                UUID.randomUUID().toString(),
                figures.since(time.instant().minus(Duration.ofDays(1))),
                figures.since(time.instant().minus(Duration.ofDays(30))),
                error);
    }
}
