package io.bihuan.telephony.web;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Worklist;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Refused;
import io.bihuan.telephony.Call;
import io.bihuan.telephony.CallBacks;
import io.bihuan.telephony.CallBacks.CallBack;
import io.bihuan.telephony.CallEvent;
import io.bihuan.telephony.CallLog;
import io.bihuan.telephony.Calls;
import io.bihuan.telephony.Direction;
import io.bihuan.telephony.LoggedCall;
import io.bihuan.telephony.Outcome;
import io.bihuan.telephony.WrapUps;
import io.bihuan.web.Cursor;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Notice;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The call log, one call, the calls of whoever looks, and what is written down after them. */
@Controller
@RequestMapping("/desk/calls")
class CallController {
    private static final int OPEN = 20;

    private final Calls calls;
    private final CallLog log;
    private final WrapUps wrapUps;
    private final CallBacks callBacks;
    private final Worklist worklist;
    private final Staff staff;

    CallController(Calls calls, CallLog log, WrapUps wrapUps, CallBacks callBacks, Worklist worklist, Staff staff) {
        this.calls = calls;
        this.log = log;
        this.wrapUps = wrapUps;
        this.callBacks = callBacks;
        this.worklist = worklist;
        this.staff = staff;
    }

    @GetMapping
    Page index(@ModelAttribute CallsQuery query, @AuthenticationPrincipal SignedIn who, Texts t) {
        var errors = FieldErrors.NONE;
        Instant from = null;
        Instant until = null;
        try {
            from = day(query.from(), 0, t);
        } catch (DateTimeException e) {
            errors = errors.with("from", t.of("telephony.field.day"));
        }
        try {
            until = day(query.until(), 1, t);
        } catch (DateTimeException e) {
            errors = errors.with("until", t.of("telephony.field.day"));
        }
        String number = null;
        if (!String.valueOf(query.number()).isEmpty()) {
            number = PhoneNumbers.readAny(String.valueOf(query.number())).orElse(null);
            if (number == null) {
                errors = errors.with("number", t.of("telephony.field.number"));
            }
        }
        var place = Cursor.read(query.after(), 2);
        CallLog.Found found = errors.any()
                ? new CallLog.Found(List.of(), null)
                : log.page(
                        new CallLog.Filter(
                                constant(Call.State.class, query.state()),
                                constant(Direction.class, query.direction()),
                                id(query.staff()),
                                String.valueOf(query.queue()).isEmpty() ? null : query.queue(),
                                number,
                                from,
                                until,
                                query.isWaiting()),
                        place == null ? null : new CallLog.Place(place.instant(0), place.id(1)));
        CallLog.Place next = found.next();
        var page = new CallsPage(
                query,
                lines(found.calls(), who, t),
                options(Call.State.class, t),
                options(Direction.class, t),
                people(),
                next == null ? null : query.address(Cursor.after(next.at(), next.id())),
                place == null ? null : query.address(null),
                TelephonyRoutes.mayPlan(who),
                TelephonyRoutes.mayArrange(who),
                errors);
        return errors.any() ? Page.invalid("telephony/calls", page) : Page.of("telephony/calls", page);
    }

    /** A part of every page of the desk. */
    @GetMapping("/current")
    Page current(@AuthenticationPrincipal SignedIn who, Texts t) {
        List<LoggedCall> current = calls.current(who.id());
        return Page.of(
                "telephony/current",
                new CurrentCallsPage(lines(current, who, t).stream()
                        .map(line -> current(line, who))
                        .toList()));
    }

    private CurrentCallsPage.Current current(CallLine line, SignedIn who) {
        List<Worklist.Row> known = known(line.call(), who);
        List<Worklist.Row> open =
                known.stream().filter(row -> row.archivedAt() == null).toList();
        return new CurrentCallsPage.Current(
                line,
                line.call().id() + "/" + (line.call().state().isLive() ? "live" : "over"),
                known.stream()
                        .map(Worklist.Row::customerName)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(""),
                open,
                known.size() - open.size(),
                register(line.call(), who));
    }

    /** The complaints of the number that the reader may see, the newest first. */
    private List<Worklist.Row> known(LoggedCall call, SignedIn who) {
        String number = call.number();
        return number == null
                ? List.of()
                : worklist.withPhone(number, OPEN).stream()
                        .filter(row -> who.reach().all()
                                || Objects.equals(row.department(), who.reach().department()))
                        .toList();
    }

    /** The form of a new complaint, with what is known of the call. */
    private static String register(LoggedCall call, SignedIn who) {
        String number = call.number();
        return "/desk/registrations/new?call=" + call.id()
                + (number == null || !call.isOf(who.id())
                        ? ""
                        : "&phone=" + URLEncoder.encode(number, StandardCharsets.UTF_8));
    }

    @GetMapping("/{id}")
    Page show(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String complaint,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        LoggedCall call = call(id);
        List<WrapUps.WrapUp> written = wrapUps.of(call);
        List<Worklist.Row> open = open(call, who);
        var about = ComplaintNumber.read(complaint)
                .or(() -> open.size() == 1 ? Optional.of(open.getFirst().number()) : Optional.empty());
        var form = new WrapUpForm(
                String.valueOf(written.size()),
                complaint.isEmpty() ? "" : Outcome.REGISTERED.name(),
                "",
                about.map(ComplaintNumber::readable).orElse(""),
                "");
        return Page.of("telephony/call", page(call, form, written, FieldErrors.NONE, who, t));
    }

    @PostMapping("/{id}/wrap-ups")
    Page create(
            @PathVariable UUID id, @ModelAttribute WrapUpForm form, @AuthenticationPrincipal SignedIn who, Texts t) {
        LoggedCall call = call(id);
        var errors = FieldErrors.NONE;
        Outcome outcome = constant(Outcome.class, form.outcome());
        if (outcome == null) {
            errors = errors.with("outcome", t.of("telephony.field.outcome"));
        }
        String note = String.valueOf(form.note()).strip();
        if (note.codePointCount(0, note.length()) > WrapUps.LONGEST_NOTE) {
            errors = errors.with("note", t.of("web.field.long", WrapUps.LONGEST_NOTE));
        }
        ComplaintNumber about = null;
        if (!String.valueOf(form.complaint()).isEmpty()) {
            about = ComplaintNumber.read(String.valueOf(form.complaint())).orElse(null);
            if (about == null) {
                errors = errors.with("complaint", t.of("telephony.field.complaint"));
            }
        }
        if (outcome != null && !errors.any()) {
            try {
                wrapUps.write(
                        call,
                        written(form),
                        outcome,
                        note,
                        about,
                        entry(call, outcome, note, t),
                        !String.valueOf(form.isNew()).isEmpty(),
                        who);
                return Page.done("/desk/calls/" + id, "telephony.call.written");
            } catch (WrapUps.Written e) {
                errors = errors.with("", t.of(e));
            } catch (Refused e) {
                errors = errors.with("complaint", t.of(e));
            }
        }
        return Page.invalid("telephony/call", page(call, form, wrapUps.of(call), errors, who, t));
    }

    /** Whoever takes a call-back over sees the number, and nobody else need dial it. */
    @PostMapping("/{id}/call-backs")
    Page callBack(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who) {
        LoggedCall call = call(id);
        if (call.callBack() != null && callBacks.take(call.callBack(), who.id())) {
            return Page.done("/desk/calls/" + id, "telephony.call-back.taken");
        }
        return Page.to("/desk/calls/" + id, Notice.of(Notice.Tone.INFORMATION, "telephony.call-back.gone"));
    }

    private static int written(WrapUpForm form) {
        try {
            return Integer.parseInt(String.valueOf(form.written()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** What the history of the complaint says of the call: with its id and the way to its recording. */
    private static String entry(LoggedCall call, Outcome outcome, String note, Texts t) {
        String head = t.of(
                call.direction() == Direction.INBOUND ? "telephony.entry.inbound" : "telephony.entry.outbound",
                t.dateTime(call.startedAt()),
                CallLine.clock(call.talked()),
                t.of(outcome));
        String way = t.of(
                call.recording() == null ? "telephony.entry.call" : "telephony.entry.recording",
                call.source() + "/" + call.callId(),
                "/desk/calls/" + call.id());
        return note.isEmpty() ? head + "\n" + way : head + "\n" + note + "\n" + way;
    }

    private CallPage page(
            LoggedCall call, WrapUpForm form, List<WrapUps.WrapUp> written, FieldErrors errors, SignedIn who, Texts t) {
        var ids = new HashSet<UUID>();
        written.forEach(each -> ids.add(each.staff()));
        if (call.staff() != null) {
            ids.add(call.staff());
        }
        Map<UUID, StaffMember> people = staff.names(ids);
        CallBack callBack =
                call.callBack() == null ? null : callBacks.find(call.callBack()).orElse(null);
        return new CallPage(
                CallLine.of(call, who.id(), people, callBack != null && callBack.isOf(who.id()), t),
                calls.history(call).events().stream()
                        .map(event -> step(event, t))
                        .toList(),
                open(call, who),
                written.stream()
                        .map(each -> new CallPage.Written(
                                name(people.get(each.staff()), t),
                                each.at(),
                                t.of(each.outcome()),
                                each.note(),
                                each.complaint()))
                        .toList(),
                callBack,
                callBack != null && TelephonyRoutes.mayTalk(who) && callBack.isFree(),
                options(Outcome.class, t),
                TelephonyRoutes.mayTalk(who) ? form : null,
                register(call, who),
                errors);
    }

    private static String name(@Nullable StaffMember member, Texts t) {
        return member == null ? t.of("identity.actor.unknown") : member.name();
    }

    private List<Worklist.Row> open(LoggedCall call, SignedIn who) {
        return known(call, who).stream().filter(row -> row.archivedAt() == null).toList();
    }

    private static CallPage.Step step(CallEvent event, Texts t) {
        String detail = event.extension() != null
                ? t.of("telephony.step.extension", event.extension())
                : event.queue() != null ? t.of("telephony.step.queue", event.queue()) : "";
        return new CallPage.Step(event.at(), event.isUntold() ? t.of("telephony.untold") : t.of(event.kind()), detail);
    }

    private LoggedCall call(UUID id) {
        return calls.find(id).orElseThrow(() -> new NotFound("call"));
    }

    private List<CallLine> lines(List<LoggedCall> found, SignedIn who, Texts t) {
        Set<UUID> ids = new HashSet<>();
        found.forEach(call -> {
            if (call.staff() != null) {
                ids.add(call.staff());
            }
        });
        Map<UUID, StaffMember> people = ids.isEmpty() ? Map.of() : staff.names(ids);
        return found.stream()
                .map(call -> CallLine.of(call, who.id(), people, t))
                .toList();
    }

    private List<Option> people() {
        Map<UUID, StaffMember> people = new LinkedHashMap<>();
        for (Role role : TelephonyRoutes.TALKING) {
            staff.withRole(role, null).forEach(member -> people.put(member.id(), member));
        }
        return people.values().stream()
                .sorted(Comparator.comparing(StaffMember::name))
                .map(member -> new Option(member.id().toString(), member.name()))
                .toList();
    }

    private static <E extends Enum<E>> List<Option> options(Class<E> type, Texts t) {
        return Arrays.stream(type.getEnumConstants())
                .map(each -> new Option(each.name(), t.of(each)))
                .toList();
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Instant day(@Nullable String typed, int later, Texts t) {
        return typed == null || typed.isEmpty()
                ? null
                : LocalDate.parse(typed).plusDays(later).atStartOfDay(t.zone()).toInstant();
    }
}
