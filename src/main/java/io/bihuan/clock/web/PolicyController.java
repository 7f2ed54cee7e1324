package io.bihuan.clock.web;

import io.bihuan.calendar.Calendars;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockPolicies;
import io.bihuan.clock.ClockPolicy;
import io.bihuan.clock.ClockTexts;
import io.bihuan.clock.Clocks;
import io.bihuan.clock.DayEnd;
import io.bihuan.clock.PauseFor;
import io.bihuan.clock.Policies;
import io.bihuan.clock.Policies.Published;
import io.bihuan.clock.Policies.Standing;
import io.bihuan.clock.Policies.Versions;
import io.bihuan.clock.PolicyVersion;
import io.bihuan.clock.Unit;
import io.bihuan.clock.WhatIf;
import io.bihuan.clock.WhatIfs;
import io.bihuan.clock.web.PolicyPage.Choices;
import io.bihuan.clock.web.PolicyPage.Compared;
import io.bihuan.clock.web.PolicyPage.Due;
import io.bihuan.clock.web.PolicyPage.Preview;
import io.bihuan.clock.web.PolicyPage.Version;
import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
import org.springframework.web.bind.annotation.RequestParam;

/** The policies, one policy with its versions, and the draft of the next: previewed, run over what was, published. */
@Controller
@RequestMapping("/desk/policies")
class PolicyController {
    private final Packs packs;
    private final Policies policies;
    private final Clocks clocks;
    private final Calendars calendars;
    private final WhatIfs whatIfs;
    private final PolicyWords words;
    private final ActorNames actors;
    private final InstantSource time;

    PolicyController(
            Packs packs,
            Policies policies,
            Clocks clocks,
            Calendars calendars,
            WhatIfs whatIfs,
            PolicyWords words,
            ActorNames actors,
            InstantSource time) {
        this.packs = packs;
        this.policies = policies;
        this.clocks = clocks;
        this.calendars = calendars;
        this.whatIfs = whatIfs;
        this.words = words;
        this.actors = actors;
        this.time = time;
    }

    /** A policy of a pack in force, with what was published of it. */
    private record Known(Pack pack, ClockPolicy stated, Versions versions, String path) {}

    @GetMapping
    Page list(Texts t) {
        var groups = new LinkedHashMap<String, PoliciesPage.Group>();
        for (String line : packs.businessLines()) {
            Pack pack = packs.of(line);
            groups.computeIfAbsent(
                    pack.id(),
                    id -> new PoliciesPage.Group(
                            id,
                            pack.name().in(t.locale()),
                            pack.version(),
                            pack.part(ClockPolicies.class).clocks().stream()
                                    .map(policy -> row(known(id, policy.name()), t))
                                    .toList()));
        }
        return Page.of("clock/policies", new PoliciesPage(List.copyOf(groups.values())));
    }

    private PoliciesPage.Row row(Known known, Texts t) {
        Versions versions = known.versions();
        Published inForce = versions.inForce();
        ClockPolicy terms = inForce.version().terms();
        return new PoliciesPage.Row(
                terms.name(),
                terms.label().in(t.locale()),
                words.milestone(terms.startOn(), t),
                words.milestones(terms.stopOn(), t),
                words.amounts(terms, t),
                words.calendar(terms.calendar(), t),
                t.of(terms.grade()),
                PolicyWords.pausable(terms, t),
                PolicyWords.extensions(terms, t),
                PolicyWords.warnPoints(terms, t),
                ClockTexts.source(terms.source(), t),
                inForce.version().revision(),
                since(inForce),
                inForce.isOwn(),
                versions.isPackNewer(),
                versions.all().stream().anyMatch(each -> versions.standing(each) == Standing.PLANNED));
    }

    /** The first version of a pack holds for all that went before it, too. */
    private static @Nullable Instant since(Published one) {
        Instant from = one.effectiveFrom();
        return from == null || from.equals(Instant.EPOCH) ? null : from;
    }

    @GetMapping("/{pack}/{name}")
    Page show(
            @PathVariable String pack,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable UUID draft,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Known known = known(pack, name);
        ClockPolicy terms = draft == null
                ? known.versions().newest().version().terms()
                : whatIfs.find(draft)
                        .map(WhatIf::draft)
                        .filter(found ->
                                found.pack().equals(pack) && found.name().equals(name))
                        .map(PolicyVersion::terms)
                        .orElseThrow(() -> new NotFound("draft " + draft));
        var form = PolicyForm.of(terms, known.versions().newest().version().revision());
        return page(known, who, form, null, FieldErrors.NONE, t);
    }

    /** What is sent by POST is not read again. */
    @GetMapping({"/{pack}/{name}/versions", "/{pack}/{name}/shipped", "/{pack}/{name}/what-ifs"})
    Page back(@PathVariable String pack, @PathVariable String name) {
        return Page.to(known(pack, name).path());
    }

    /** Shows when complaints would be due under the draft. */
    @PostMapping("/{pack}/{name}")
    Page preview(
            @PathVariable String pack,
            @PathVariable String name,
            @ModelAttribute PolicyForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Known known = known(pack, name);
        var reading = reading(form, binding, t);
        PolicyVersion draft = draft(known, reading);
        Preview preview = draft == null ? null : preview(known, draft, reading, t);
        return page(known, who, form, preview, reading.errors(), t);
    }

    @PostMapping("/{pack}/{name}/versions")
    Page publish(
            @PathVariable String pack,
            @PathVariable String name,
            @ModelAttribute PolicyForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Known known = known(pack, name);
        var reading = reading(form, binding, t);
        PolicyVersion draft = draft(known, reading);
        String reason = reading.reason();
        Instant from = reading.effectiveFrom();
        Preview preview = draft == null ? null : preview(known, draft, reading, t);
        if (draft != null && !reading.errors().any()) {
            try {
                policies.publish(known.pack(), draft.terms(), base(form), from, who.actor(), reason);
                return Page.done(
                        known.path(),
                        "clock.policy.published",
                        known.stated().label().in(t.locale()));
            } catch (Refused refused) {
                reading.wrong("", refused.key(), refused.arguments().toArray());
            }
        }
        return page(known(pack, name), who, form, preview, reading.errors(), t);
    }

    /** Takes what the pack states in place of an own version. */
    @PostMapping("/{pack}/{name}/shipped")
    Page takeShipped(
            @PathVariable String pack,
            @PathVariable String name,
            @ModelAttribute PolicyForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Known known = known(pack, name);
        policies.takeShipped(known.pack(), name, base(form), who.actor(), t.of("clock.policy.take.reason"));
        return Page.done(
                known.path(), "clock.policy.published", known.stated().label().in(t.locale()));
    }

    /** Runs the draft over the clocks of the last days. */
    @PostMapping("/{pack}/{name}/what-ifs")
    Page whatIf(
            @PathVariable String pack,
            @PathVariable String name,
            @ModelAttribute PolicyForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Known known = known(pack, name);
        var reading = reading(form, binding, t);
        PolicyVersion draft = draft(known, reading);
        int days = reading.days();
        Preview preview = draft == null ? null : preview(known, draft, reading, t);
        if (draft == null || reading.errors().any()) {
            return page(known, who, form, preview, reading.errors(), t);
        }
        return Page.to(known.path() + "/what-ifs/" + whatIfs.ask(draft, days, who.actor()));
    }

    // ---- inside ----

    private Known known(String packId, String name) {
        Pack pack = packs.all().stream()
                .filter(each -> each.id().equals(packId))
                .findFirst()
                .orElseThrow(() -> new NotFound("pack " + packId));
        Versions versions =
                policies.versions(pack, name).orElseThrow(() -> new NotFound("clock " + packId + "/" + name));
        return new Known(
                pack,
                pack.part(ClockPolicies.class).find(name).orElseThrow(),
                versions,
                "/desk/policies/" + packId + "/" + name);
    }

    private PolicyReading reading(PolicyForm form, BindingResult binding, Texts t) {
        return new PolicyReading(form, FieldErrors.of(binding, t), calendars, t, time.instant());
    }

    private static @Nullable PolicyVersion draft(Known known, PolicyReading reading) {
        ClockPolicy terms = reading.terms(known.stated());
        return terms == null
                ? null
                : new PolicyVersion(
                        known.pack().id(),
                        known.pack().version(),
                        known.versions().newest().version().revision() + 1,
                        terms);
    }

    private static @Nullable Integer base(PolicyForm form) {
        String base = String.valueOf(form.base());
        return base.matches("[0-9]{1,6}") ? Integer.valueOf(base) : Integer.valueOf(-1);
    }

    private @Nullable Preview preview(Known known, PolicyVersion draft, PolicyReading reading, Texts t) {
        Instant at = reading.previewAt();
        PolicyVersion inForce = known.versions().inForce().version();
        try {
            return new Preview(
                    t.dateTime(at),
                    words.changes(inForce.terms(), draft.terms(), t),
                    Arrays.stream(Severity.values())
                            .map(severity -> compared(inForce, draft, severity, at, t))
                            .toList());
        } catch (IllegalArgumentException | ArithmeticException e) {
            // The calendar has not as much working time in all the years that are counted.
            reading.wrong("calendar", "clock.field.uncountable");
            return null;
        }
    }

    private Compared compared(PolicyVersion inForce, PolicyVersion draft, Severity severity, Instant at, Texts t) {
        Clock now = clocks.preview(inForce, severity, List.of(), at);
        Clock then = clocks.preview(draft, severity, List.of(), at);
        Duration later = Duration.between(now.dueAt(), then.dueAt());
        String difference = later.isZero()
                ? t.of("clock.policy.same")
                : t.of(later.isNegative() ? "clock.policy.earlier" : "clock.policy.later", t.duration(later.abs()));
        return new Compared(t.of(severity), due(now, at, t), due(then, at, t), difference);
    }

    private Due due(Clock clock, Instant at, Texts t) {
        return new Due(
                ClockTexts.amount(clock.amount(), clock.unit(), t),
                ClockTexts.deadline(clock.dueAt(), clock.calendar().zone()),
                clock.assumedYear() == null
                        ? null
                        : t.of("clock.assumed", clock.assumedYear().toString()),
                ClockTexts.lines(clocks.explain(clock, at), t, actor -> actors.name(actor, t)));
    }

    private Page page(
            Known known, SignedIn who, PolicyForm form, @Nullable Preview preview, FieldErrors errors, Texts t) {
        Versions versions = known.versions();
        ClockPolicy inForce = versions.inForce().version().terms();
        var names =
                actors.of(versions.all().stream().map(Published::publishedBy).toList(), t);
        boolean mayChange = PolicyRoutes.mayChange(who);
        var page = new PolicyPage(
                known.path(),
                known.stated().label().in(t.locale()),
                known.pack().name().in(t.locale()),
                words.decided(inForce, t),
                words.stated(inForce, t),
                versions.inForce().isOwn(),
                versions.isPackNewer() ? words.changes(inForce, known.stated(), t) : List.of(),
                versions.isPackNewer(),
                versions.all().stream()
                        .map(each -> version(each, versions, names, t))
                        .toList(),
                versions.newest().version().revision(),
                mayChange ? form : null,
                preview,
                new Choices(
                        Arrays.stream(Unit.values())
                                .map(unit -> new Option(unit.name(), t.of(unit)))
                                .toList(),
                        words.calendars(t),
                        Arrays.stream(DayEnd.values())
                                .map(end -> new Option(end.name(), t.of("clock.policy.ends." + end.name())))
                                .toList(),
                        Arrays.stream(PauseFor.values())
                                .map(reason -> new Option(reason.name(), t.of(reason)))
                                .toList(),
                        PolicyReading.approvers().stream()
                                .map(role -> new Option(role.name(), t.of(role)))
                                .toList()),
                errors);
        return errors.any() ? Page.invalid("clock/policy", page) : Page.of("clock/policy", page);
    }

    private Version version(Published one, Versions versions, ActorNames.Names names, Texts t) {
        Published before = versions.before(one);
        return new Version(
                one.version().packVersion(),
                one.version().revision(),
                one.isOwn(),
                versions.standing(one),
                since(one),
                one.publishedAt(),
                names.of(one.publishedBy()),
                one.publishedBy().equals(Actor.SYSTEM.toString()) ? t.of("clock.policy.shipped") : one.reason(),
                before == null
                        ? List.of()
                        : words.changes(before.version().terms(), one.version().terms(), t));
    }
}
