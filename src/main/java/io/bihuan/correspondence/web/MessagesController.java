package io.bihuan.correspondence.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Stage;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Correspondence.Preview;
import io.bihuan.correspondence.Notice;
import io.bihuan.correspondence.PlannedNotice;
import io.bihuan.correspondence.Said;
import io.bihuan.correspondence.Saying;
import io.bihuan.correspondence.web.MessagesPage.Composer;
import io.bihuan.correspondence.web.MessagesPage.Field;
import io.bihuan.correspondence.web.MessagesPage.NoticeLine;
import io.bihuan.correspondence.web.MessagesPage.SaidLine;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.message.Way;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.Placeholder;
import io.bihuan.web.BadInput;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is said to the customer of a complaint: planned, written, looked at, sent, and what became of it. */
@Controller
class MessagesController {
    private static final String TEMPLATE = "correspondence/messages";
    private static final int MOST_SAID = 100;

    /** A colleague has told the customer himself: the ways that are no ways of sending, as the form names them. */
    private static final Map<String, Contact> TOLD = Map.of(
            "SPOKEN", Contact.PHONE, "MET", Contact.IN_PERSON, "POSTED", Contact.LETTER, "ONLINE", Contact.ONLINE);

    private static final String CHINESE = "zh";
    private static final String ENGLISH = "en";

    /** What somebody writes himself; the complaint knows the rest. */
    private static final Map<Placeholder, String> WRITTEN = new EnumMap<>(Map.of(
            Placeholder.FINDINGS, "findings",
            Placeholder.MEASURES, "measures",
            Placeholder.GUARANTEE, "guarantee",
            Placeholder.ROUTES, "routes"));

    record TimeForm(
            @NotBlank String notice,
            @NotBlank String at,
            @NotBlank @Size(max = 500) String why) {}

    record ExcuseForm(@NotBlank @Size(max = 2_000) String reason) {}

    private final CasePages pages;
    private final Correspondence correspondence;
    private final Staff staff;
    private final InstantSource time;

    MessagesController(CasePages pages, Correspondence correspondence, Staff staff, InstantSource time) {
        this.pages = pages;
        this.correspondence = correspondence;
        this.staff = staff;
        this.time = time;
    }

    @GetMapping("/desk/complaints/{number}/messages")
    Page show(
            @PathVariable String number,
            @ModelAttribute MessageForm form,
            @RequestParam(required = false) @Nullable Purpose sent,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = pages.complaint(number, who);
        MessagesPage page = page(complaint, form, false, "", FieldErrors.NONE, who, t);
        return Page.of(TEMPLATE, sent == null ? page : page.sent(draft(complaint, sent)));
    }

    @PostMapping("/desk/complaints/{number}/messages")
    Page create(
            @PathVariable String number,
            @Valid @ModelAttribute MessageForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = pages.complaint(number, who);
        if (result.hasErrors()) {
            return Page.invalid(TEMPLATE, page(complaint, form, true, "", FieldErrors.of(result, t), who, t));
        }
        if (!form.preview().isEmpty()) {
            return Page.of(TEMPLATE, page(complaint, form, true, "", FieldErrors.NONE, who, t));
        }
        try {
            Letter letter =
                    letter(complaint, form).orElseThrow(() -> new BadInput("/letter", "correspondence.refused.letter"));
            Saying saying = saying(complaint, letter, form, true);
            Contact told = TOLD.get(form.way());
            if (told != null) {
                correspondence.spoken(complaint.number(), saying, told, who.actor());
            } else if (correspondence
                    .say(complaint.number(), saying, who.actor())
                    .isEmpty()) {
                throw new Refused("correspondence.refused.unreachable");
            }
            // A browser keeps the place in the page to which the form was sent, and that is below what it is told.
            return Page.done(
                    path(complaint) + "?sent=" + letter.purpose() + "#notices",
                    told != null ? "correspondence.done.spoken" : "correspondence.done.sent",
                    complaint.number().readable());
        } catch (Refused refused) {
            return Page.invalid(
                    TEMPLATE, page(complaint, form, true, "", FieldErrors.NONE.with("", t.of(refused)), who, t));
        }
    }

    @PostMapping("/desk/complaints/{number}/notice-times")
    Page move(
            @PathVariable String number,
            @Valid @ModelAttribute TimeForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = pages.complaint(number, who);
        try {
            if (result.hasErrors()) {
                throw new Refused("correspondence.refused.time-and-reason");
            }
            correspondence.plan(
                    complaint.number(),
                    constant(Notice.class, "notice", form.notice()),
                    instant(form.at(), t),
                    form.why(),
                    who.actor());
            return Page.done(
                    path(complaint),
                    "correspondence.done.moved",
                    complaint.number().readable());
        } catch (Refused refused) {
            return refused(complaint, "", refused, who, t);
        }
    }

    @PostMapping("/desk/complaints/{number}/notice-excuses")
    Page excuse(
            @PathVariable String number,
            @Valid @ModelAttribute ExcuseForm form,
            BindingResult result,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = pages.complaint(number, who);
        try {
            if (result.hasErrors()) {
                throw new Refused("correspondence.refused.reason");
            }
            correspondence.excuse(complaint.number(), form.reason(), who.actor());
            return Page.done(
                    path(complaint),
                    "correspondence.done.excused",
                    complaint.number().readable());
        } catch (Refused refused) {
            return refused(complaint, form.reason() == null ? "" : form.reason(), refused, who, t);
        }
    }

    // ---- the page ----

    private Page refused(Complaint complaint, String reason, Refused refused, SignedIn who, Texts t) {
        var none = new MessageForm(null, null, null, null, null, null, null, null, null, null);
        return Page.invalid(
                TEMPLATE, page(complaint, none, false, reason, FieldErrors.NONE.with("", t.of(refused)), who, t));
    }

    private MessagesPage page(
            Complaint complaint,
            MessageForm form,
            boolean isTyped,
            String reason,
            FieldErrors errors,
            SignedIn who,
            Texts t) {
        boolean maySpeak = CorrespondenceRoutes.maySpeak(who)
                && complaint.isOpen()
                && !complaint.isJoined()
                && complaint.erasedAt() == null;
        List<PlannedNotice> notices = correspondence.notices(complaint.id());
        List<Said> said = correspondence.said(complaint.id(), MOST_SAID);
        Map<UUID, StaffMember> people = staff.names(said.stream()
                .map(Said::by)
                .filter(actor -> actor.kind() == Actor.Kind.STAFF)
                .map(actor -> UUID.fromString(actor.id()))
                .collect(Collectors.toSet()));
        return new MessagesPage(
                pages.head(complaint, CorrespondencePart.PATH, who, t),
                maySpeak,
                notices.stream().map(each -> line(each, maySpeak, t)).toList(),
                notices.stream().filter(PlannedNotice::isTold).count(),
                result(complaint),
                maySpeak ? composer(complaint, form, isTyped, t) : null,
                said.stream().map(each -> line(each, people, t)).toList(),
                maySpeak && correspondence.needsExcuse(complaint),
                reason,
                null,
                errors);
    }

    private SaidLine line(Said said, Map<UUID, StaffMember> people, Texts t) {
        Correspondence.Held held = correspondence.held(said).orElse(null);
        String why = held == null ? null : held.reason();
        return new SaidLine(
                said,
                name(said.by(), people, t),
                tone(said),
                held == null ? null : held.until(),
                why != null && t.has(why) ? t.of(why) : "");
    }

    private NoticeLine line(PlannedNotice planned, boolean maySpeak, Texts t) {
        Instant now = time.instant();
        String state;
        String tone;
        if (planned.deliveredAt() != null) {
            state = "delivered";
            tone = planned.isLate(now) ? "orange" : "green";
        } else if (planned.isTold()) {
            state = "sent";
            tone = planned.isLate(now) ? "orange" : "blue";
        } else if (planned.state().isOpen()) {
            state = planned.isLate(now) ? "late" : "open";
            tone = planned.isLate(now) ? "red" : "secondary";
        } else if (planned.isOvertaken()) {
            state = "overtaken";
            tone = "secondary";
        } else {
            state = "missed";
            tone = "red";
        }
        return new NoticeLine(
                planned,
                t.of("correspondence.notice.state." + state),
                tone,
                maySpeak && planned.isOpen() && !planned.isLate(now),
                LocalDateTime.ofInstant(planned.plannedAt(), t.zone())
                        .withSecond(0)
                        .withNano(0)
                        .toString());
    }

    /** By which letter the result is told, as long as there is one that was not. */
    private @Nullable String result(Complaint complaint) {
        if (complaint.stage() != Stage.FEEDBACK || !complaint.isOpen() || complaint.toldAt() != null) {
            return null;
        }
        Purpose purpose = complaint.outcome() == Outcome.REJECTED ? Purpose.REJECTION : Purpose.RESULT;
        return ofPurpose(correspondence.letters(complaint.number()), purpose);
    }

    private static @Nullable String ofPurpose(List<Letter> letters, Purpose purpose) {
        return letters.stream()
                .filter(letter -> letter.purpose() == purpose)
                .findFirst()
                .map(Letter::name)
                .orElse(null);
    }

    private Composer composer(Complaint complaint, MessageForm form, boolean isTyped, Texts t) {
        List<Letter> letters = correspondence.letters(complaint.number());
        List<Option> choices = letters.stream()
                .map(letter -> new Option(
                        letter.name(), t.of("standard.letter.choice", t.of(letter.purpose()), t.of(letter.channel()))))
                .toList();
        String wanted = form.letter();
        if (wanted.isEmpty() && !form.notice().isEmpty()) {
            String ofNotice = ofPurpose(
                    letters, constant(Notice.class, "notice", form.notice()).purpose());
            wanted = ofNotice == null ? "" : ofNotice;
        }
        MessageForm asked = with(complaint, form, wanted);
        Optional<Letter> letter = letter(complaint, asked);
        if (letter.isEmpty()) {
            return new Composer(
                    choices,
                    with(complaint, asked, ""),
                    "",
                    isTyped,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    List.of(),
                    false);
        }
        Purpose purpose = letter.get().purpose();
        Saying saying = saying(complaint, letter.get(), asked, isTyped);
        Map<Placeholder, String> values = correspondence.values(complaint.number(), saying);
        Set<Placeholder> places = places(letters, purpose, language(complaint, asked));
        // As it will be sent: with what stands in the form, also where nobody has typed it.
        var filled = new EnumMap<Placeholder, String>(Placeholder.class);
        places.forEach(place -> filled.put(place, values.getOrDefault(place, "")));
        Contact told = TOLD.get(form.way());
        Saying whole = with(saying, filled);
        Optional<Preview> preview = told == null
                ? correspondence.preview(complaint.number(), whole, true)
                : Optional.of(correspondence.previewSpoken(complaint.number(), whole, told, true));
        Set<Placeholder> needed = new HashSet<>(
                preview.map(Preview::places).orElseGet(() -> letter.get().places(language(complaint, asked))));
        needed.addAll(Said.partsOf(purpose));
        List<Field> fields = places.stream()
                .map(place -> new Field(
                        WRITTEN.getOrDefault(place, ""),
                        t.of(place),
                        values.getOrDefault(place, ""),
                        needed.contains(place)))
                .toList();
        return new Composer(
                choices,
                asked,
                draft(complaint, purpose),
                isTyped,
                ways(complaint, t),
                fields,
                preview.map(each -> t.of(told == null ? Correspondence.contact(each.way()) : told))
                        .orElse(null),
                preview.map(Preview::subject).orElse(null),
                preview.map(Preview::text).orElse(null),
                preview.map(Preview::missing).orElse(Set.of()).stream()
                        .sorted()
                        .map(t::of)
                        .toList(),
                preview.isPresent() && complaint.customer().name() != null);
    }

    private static Saying with(Saying saying, Map<Placeholder, String> values) {
        return new Saying(
                saying.purpose(),
                saying.notice(),
                saying.occasion(),
                saying.language(),
                saying.letter(),
                saying.way(),
                values,
                saying.words());
    }

    private MessageForm with(Complaint complaint, MessageForm form, String letter) {
        return new MessageForm(
                form.occasion().isEmpty() ? Ids.next().toString() : form.occasion(),
                form.notice(),
                letter,
                language(complaint, form).getLanguage(),
                form.way(),
                form.findings(),
                form.measures(),
                form.guarantee(),
                form.routes(),
                "");
    }

    /** What has to be written for a letter: its places, whichever way it goes, and the parts of a result. */
    private static Set<Placeholder> places(List<Letter> letters, Purpose purpose, Locale language) {
        var places = new LinkedHashSet<Placeholder>();
        letters.stream()
                .filter(letter -> letter.purpose() == purpose)
                .forEach(letter -> places.addAll(letter.places(language)));
        places.addAll(Said.partsOf(purpose));
        return places.stream()
                .filter(WRITTEN::containsKey)
                .sorted()
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Option> ways(Complaint complaint, Texts t) {
        var ways = new ArrayList<Option>();
        correspondence
                .ways(complaint)
                .forEach(way -> ways.add(new Option(way.name(), t.of(Correspondence.contact(way)))));
        List.of("SPOKEN", "MET", "POSTED", "ONLINE")
                .forEach(way -> ways.add(new Option(way, t.of("correspondence.way." + way))));
        return ways;
    }

    private static String name(Actor actor, Map<UUID, StaffMember> people, Texts t) {
        if (actor.kind() != Actor.Kind.STAFF) {
            return t.of("correspondence.by.system");
        }
        StaffMember member = people.get(UUID.fromString(actor.id()));
        return member == null ? t.of("correspondence.by.unknown") : member.name();
    }

    private static String tone(Said said) {
        return switch (said.state()) {
            case DELIVERED, READ -> "green";
            case SENT -> "blue";
            case FAILED -> "red";
            case CALL, HELD -> "orange";
            case PLANNED, SENDING, SUPPRESSED, CANCELLED -> "secondary";
        };
    }

    // ---- what was typed ----

    private Optional<Letter> letter(Complaint complaint, MessageForm form) {
        return correspondence.letters(complaint.number()).stream()
                .filter(each -> each.name().equals(form.letter()))
                .findFirst();
    }

    /** @param isTyped whether what stands in the form holds, also where it is empty */
    private Saying saying(Complaint complaint, Letter letter, MessageForm form, boolean isTyped) {
        var values = new EnumMap<Placeholder, String>(Placeholder.class);
        if (isTyped) {
            Locale language = language(complaint, form);
            Set<Placeholder> asked = places(correspondence.letters(complaint.number()), letter.purpose(), language);
            Map.of(
                            Placeholder.FINDINGS, form.findings(),
                            Placeholder.MEASURES, form.measures(),
                            Placeholder.GUARANTEE, form.guarantee(),
                            Placeholder.ROUTES, form.routes())
                    .forEach((place, value) -> {
                        if (asked.contains(place)) {
                            values.put(place, value.strip());
                        }
                    });
        }
        Notice notice = form.notice().isEmpty()
                ? open(complaint, letter.purpose())
                : constant(Notice.class, "notice", form.notice());
        return new Saying(
                letter.purpose(),
                notice,
                form.occasion().isEmpty() ? Ids.next() : id(form.occasion()),
                language(complaint, form),
                letter.name(),
                way(form),
                values,
                null);
    }

    private static @Nullable Way way(MessageForm form) {
        return form.way().isEmpty() || TOLD.containsKey(form.way()) ? null : constant(Way.class, "way", form.way());
    }

    /** Whoever writes what a notice is for tells the notice. */
    private @Nullable Notice open(Complaint complaint, Purpose purpose) {
        return correspondence.notices(complaint.id()).stream()
                .filter(PlannedNotice::isOpen)
                .map(PlannedNotice::notice)
                .filter(notice -> notice.purpose() == purpose)
                .findFirst()
                .orElse(null);
    }

    /** The one that was chosen, else the customer's. */
    private Locale language(Complaint complaint, MessageForm form) {
        return switch (form.in()) {
            case ENGLISH -> Locale.ENGLISH;
            case CHINESE -> Locale.SIMPLIFIED_CHINESE;
            default -> correspondence.language(complaint); // nothing, or nothing that is known
        };
    }

    /** One for all letters of a purpose: who takes another one goes on with what he wrote. */
    private static String draft(Complaint complaint, Purpose purpose) {
        return "complaint-" + complaint.id() + "-message-" + purpose;
    }

    private static String path(Complaint complaint) {
        return "/desk/complaints/" + complaint.number().digits() + "/" + CorrespondencePart.PATH;
    }

    private static UUID id(String typed) {
        try {
            return UUID.fromString(typed);
        } catch (IllegalArgumentException e) {
            throw new BadInput("/occasion", "web.field.unreadable");
        }
    }

    private static Instant instant(String local, Texts t) {
        try {
            return LocalDateTime.parse(local.strip()).atZone(t.zone()).toInstant();
        } catch (DateTimeException e) {
            throw new Refused("correspondence.refused.time-and-reason");
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String field, String typed) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(typed))
                .findFirst()
                .orElseThrow(() -> new BadInput("/" + field, "web.field.unreadable"));
    }
}
