package io.bihuan.routing.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Factor;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.routing.About;
import io.bihuan.routing.AssessmentTrail;
import io.bihuan.routing.Assignments;
import io.bihuan.routing.Exclusion;
import io.bihuan.routing.Ranking;
import io.bihuan.routing.Recusals;
import io.bihuan.routing.Routing;
import io.bihuan.routing.Seat;
import io.bihuan.web.BadInput;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** How a complaint was assessed, who could handle it by which points, and who must keep out of it. */
@Controller
@RequestMapping("/desk/complaints/{number}/routing")
class RoutingController {
    private static final int EVENTS = 500;
    private static final int PAGES = 4;

    record HandlerForm(
            @NotBlank String version,
            @NotBlank String handler,
            @Nullable @Size(max = 2_000) String note) {}

    record RecusalForm(
            @NotBlank String version,
            @Nullable String about,
            @Nullable String person,
            @Nullable String department,
            @Nullable @Size(max = 64) String outlet,
            @Nullable @Size(max = 2_000) String reason) {}

    record EndForm(
            @NotBlank String version,
            @Nullable @Size(max = 2_000) String reason) {}

    private final CasePages casePages;
    private final Complaints complaints;
    private final Routing routing;
    private final Recusals recusals;
    private final Assignments assignments;
    private final Staff staff;
    private final Packs packs;

    RoutingController(
            CasePages casePages,
            Complaints complaints,
            Routing routing,
            Recusals recusals,
            Assignments assignments,
            Staff staff,
            Packs packs) {
        this.casePages = casePages;
        this.complaints = complaints;
        this.routing = routing;
        this.recusals = recusals;
        this.assignments = assignments;
        this.staff = staff;
        this.packs = packs;
    }

    @GetMapping
    Page show(@PathVariable String number, @AuthenticationPrincipal SignedIn who, Texts t) {
        return page(casePages.complaint(number, who), who, Map.of(), FieldErrors.NONE, t);
    }

    /** Gives it to somebody of the table. */
    @PostMapping("/handlers")
    Page assign(
            @PathVariable String number,
            @Valid @ModelAttribute HandlerForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = casePages.complaint(number, who);
        FieldErrors errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            try {
                assignments.assign(
                        complaint.number(), version(form.version()), id(form.handler()), form.note(), who.actor());
                return done(complaint, who, "routing.assigned");
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        return page(complaint, who, typed("note", form.note()), errors, t);
    }

    /** Somebody or something is complained about. */
    @PostMapping("/recusals")
    Page name(
            @PathVariable String number,
            @Valid @ModelAttribute RecusalForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = casePages.complaint(number, who);
        FieldErrors errors = FieldErrors.of(binding, t);
        About about = Arrays.stream(About.values())
                .filter(each -> each.name().equals(form.about()))
                .findFirst()
                .orElse(null);
        if (about == null) {
            errors = errors.with("about", t.of("web.field.missing"));
        }
        String reason = Objects.requireNonNullElse(form.reason(), "");
        if (reason.isBlank()) {
            errors = errors.with("reason", t.of("web.field.missing"));
        }
        if (about != null && !errors.any()) {
            try {
                recusals.name(
                        complaint.number(),
                        version(form.version()),
                        about,
                        about == About.PERSON ? person(form.person()) : null,
                        code(complaint, about, form),
                        reason,
                        who.actor());
                return done(complaint, who, "routing.named");
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        var typed = new HashMap<String, String>();
        typed.put("about", Objects.requireNonNullElse(form.about(), ""));
        typed.put("person", Objects.requireNonNullElse(form.person(), ""));
        typed.put("department", Objects.requireNonNullElse(form.department(), ""));
        typed.put("outlet", Objects.requireNonNullElse(form.outlet(), ""));
        typed.put("reason", reason);
        return page(complaint, who, typed, errors, t);
    }

    /** It was not about that one after all. */
    @PostMapping("/recusals/{id}/end")
    Page end(
            @PathVariable String number,
            @PathVariable UUID id,
            @Valid @ModelAttribute EndForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = casePages.complaint(number, who);
        FieldErrors errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            try {
                recusals.lift(
                        complaint.number(),
                        version(form.version()),
                        id,
                        Objects.requireNonNullElse(form.reason(), ""),
                        who.actor());
                return done(complaint, who, "routing.lifted");
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        return page(complaint, who, typed("end-" + id, form.reason()), errors, t);
    }

    private static Map<String, String> typed(String field, @Nullable String value) {
        return Map.of(field, Objects.requireNonNullElse(value, ""));
    }

    private Page done(Complaint before, SignedIn who, String key) {
        // Who gave it away may not see it any more.
        boolean sees = complaints
                .find(before.number())
                .filter(after -> casePages.sees(who, after))
                .isPresent();
        return Page.done(
                sees ? "/desk/complaints/" + before.number().digits() + "/routing" : "/desk/complaints",
                key,
                before.number().readable());
    }

    private static int version(String typed) {
        try {
            return Integer.parseInt(typed);
        } catch (NumberFormatException e) {
            throw new BadInput("/version", "web.field.unreadable");
        }
    }

    private static UUID id(@Nullable String typed) {
        try {
            return UUID.fromString(Objects.requireNonNullElse(typed, ""));
        } catch (IllegalArgumentException e) {
            throw new BadInput("/handler", "web.field.unreadable");
        }
    }

    private @Nullable UUID person(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        return staff.find(id(typed))
                .map(StaffMember::id)
                .orElseThrow(() -> new BadInput("/person", "web.field.unreadable"));
    }

    private @Nullable String code(Complaint complaint, About about, RecusalForm form) {
        return switch (about) {
            case PERSON -> null;
            case OUTLET -> text(form.outlet());
            case DEPARTMENT -> {
                String code = text(form.department());
                if (code != null && pack(complaint).departments().find(code).isEmpty()) {
                    throw new BadInput("/department", "web.field.unreadable");
                }
                yield code;
            }
        };
    }

    private static @Nullable String text(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    private Pack pack(Complaint complaint) {
        return packs.get(complaint.pack(), complaint.packVersion());
    }

    private Page page(Complaint seen, SignedIn who, Map<String, String> typed, FieldErrors errors, Texts t) {
        Complaint complaint = complaints.find(seen.number()).orElse(seen);
        Pack pack = pack(complaint);
        Ranking ranking = routing.rank(complaint, Seat.HANDLER);
        boolean mayAct = RoutingRoutes.mayAct(who) && complaint.erasedAt() == null && !complaint.isJoined();
        var page = new RoutingPage(
                casePages.head(complaint, RoutingTab.PATH, who, t),
                complaint,
                complaint.factors(),
                assessments(complaint, pack, t),
                department(complaint.department(), pack, t),
                ranking.weights(),
                ranking.proposed().stream()
                        .map(each -> candidate(each, complaint))
                        .toList(),
                ranking.excluded().stream().map(each -> out(each, t)).toList(),
                recusals.of(complaint.id()).stream()
                        .map(each -> named(each, pack, t))
                        .toList(),
                !recusals.recusal(complaint).deciders().isEmpty(),
                mayAct,
                mayAct && Recusals.mayBeAssessed(complaint),
                mayAct
                        ? staff.active().stream()
                                .map(each -> new Option(each.id().toString(), each.name()))
                                .toList()
                        : List.of(),
                pack.departments().all().stream()
                        .map(each -> new Option(each.code(), each.label().in(t.locale())))
                        .toList(),
                typed,
                errors);
        return errors.any() ? Page.invalid("routing/routing", page) : Page.of("routing/routing", page);
    }

    private static RoutingPage.Candidate candidate(Ranking.Scored scored, Complaint complaint) {
        var candidate = scored.candidate();
        return new RoutingPage.Candidate(
                candidate.id().toString(),
                candidate.name(),
                scored.total(),
                scored.points(),
                candidate.open(),
                candidate.recent(),
                candidate.id().equals(complaint.handler()));
    }

    private static RoutingPage.Out out(Ranking.Excluded excluded, Texts t) {
        var certificate = excluded.certificate();
        return new RoutingPage.Out(
                excluded.candidate().name(),
                excluded.why() == Exclusion.NO_CERTIFICATE && certificate != null
                        ? t.of(
                                "routing.exclusion.certificate",
                                certificate.label().in(t.locale()))
                        : t.of(excluded.why()));
    }

    private RoutingPage.Named named(Recusals.Named named, Pack pack, Texts t) {
        UUID person = named.staff();
        String name = person == null
                ? named.about() == About.DEPARTMENT ? department(named.code(), pack, t) : String.valueOf(named.code())
                : staff.find(person).map(StaffMember::name).orElse("—");
        return new RoutingPage.Named(named.id().toString(), t.of(named.about()), name, named.since());
    }

    private List<RoutingPage.Assessment> assessments(Complaint complaint, Pack pack, Texts t) {
        var steps = AssessmentTrail.of(history(complaint));
        var ids = new HashSet<UUID>();
        for (AssessmentTrail.Step step : steps) {
            person(step.by()).ifPresent(ids::add);
            step.changes().stream()
                    .filter(change -> change.field() == AssessmentTrail.Field.HANDLER)
                    .forEach(change -> {
                        add(ids, change.before());
                        add(ids, change.after());
                    });
        }
        Map<UUID, StaffMember> people = staff.names(ids);
        return steps.reversed().stream()
                .map(step -> new RoutingPage.Assessment(
                        step.at(),
                        by(step.by(), people, t),
                        step.isFirst(),
                        step.changes().stream()
                                .map(change -> new RoutingPage.Change(
                                        label(change.field(), t),
                                        value(change.field(), change.before(), pack, people, t),
                                        value(change.field(), change.after(), pack, people, t)))
                                .toList(),
                        step.note()))
                .toList();
    }

    private List<HistoryEvent> history(Complaint complaint) {
        var assessing = new ArrayList<HistoryEvent>();
        int after = 0;
        for (int page = 0; page < PAGES; page++) {
            List<HistoryEvent> events = complaints.history(complaint.number(), after, EVENTS);
            events.stream()
                    .filter(event -> event.event() instanceof ComplaintEvent.Registered
                            || event.event() instanceof ComplaintEvent.Assessed
                            || event.event() instanceof ComplaintEvent.SeverityRaised
                            || event.event() instanceof ComplaintEvent.KindConverted
                            || event.event() instanceof ComplaintEvent.JoinedBy)
                    .forEach(assessing::add);
            if (events.size() < EVENTS) {
                break;
            }
            after = events.getLast().sequence();
        }
        return assessing;
    }

    private static void add(Set<UUID> ids, @Nullable String id) {
        if (id != null) {
            ids.add(UUID.fromString(id));
        }
    }

    private static Optional<UUID> person(Actor actor) {
        return actor.kind() == Actor.Kind.STAFF ? Optional.of(UUID.fromString(actor.id())) : Optional.empty();
    }

    private static String by(Actor actor, Map<UUID, StaffMember> people, Texts t) {
        return switch (actor.kind()) {
            case STAFF -> name(actor.id(), people, t);
            case TOKEN -> t.of("complaint.actor.token");
            case CUSTOMER -> t.of("complaint.actor.customer");
            case SYSTEM -> t.of("complaint.actor.system");
        };
    }

    private static String name(String id, Map<UUID, StaffMember> people, Texts t) {
        StaffMember member = people.get(UUID.fromString(id));
        return member == null ? t.of("complaint.actor.unknown") : member.name();
    }

    private static String label(AssessmentTrail.Field field, Texts t) {
        return switch (field) {
            case KIND -> t.of("complaint.word.kind");
            case CATEGORY -> t.of("complaint.word.category");
            case SEVERITY -> t.of("complaint.word.severity");
            case PRIORITY -> t.of("complaint.word.priority");
            case DEPARTMENT -> t.of("complaint.word.department");
            case HANDLER -> t.of("complaint.word.handler");
            case FACTOR_SEVERITY -> t.of(Factor.SEVERITY);
            case FACTOR_SAFETY -> t.of(Factor.SAFETY);
            case FACTOR_COMPLEXITY -> t.of(Factor.COMPLEXITY);
            case FACTOR_IMPACT -> t.of(Factor.IMPACT);
            case FACTOR_IMMEDIACY -> t.of(Factor.IMMEDIACY);
        };
    }

    private static String value(
            AssessmentTrail.Field field, @Nullable String value, Pack pack, Map<UUID, StaffMember> people, Texts t) {
        if (value == null) {
            return "";
        }
        return switch (field) {
            case KIND -> t.of(Kind.valueOf(value));
            case CATEGORY ->
                pack.categories()
                        .find(value)
                        .map(each -> each.label().in(t.locale()))
                        .orElse(value);
            case SEVERITY -> t.of(Severity.valueOf(value));
            case PRIORITY -> t.of(Priority.valueOf(value));
            case DEPARTMENT -> department(value, pack, t);
            case HANDLER -> name(value, people, t);
            case FACTOR_SEVERITY, FACTOR_SAFETY, FACTOR_COMPLEXITY, FACTOR_IMPACT, FACTOR_IMMEDIACY -> value;
        };
    }

    private static String department(@Nullable String code, Pack pack, Texts t) {
        return code == null
                ? ""
                : pack.departments()
                        .find(code)
                        .map(each -> each.label().in(t.locale()))
                        .orElse(code);
    }
}
