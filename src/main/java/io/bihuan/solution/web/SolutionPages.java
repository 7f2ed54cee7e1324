package io.bihuan.solution.web;

import io.bihuan.compensation.Catalogue;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.Stage;
import io.bihuan.identity.Post;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Money;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.Authority;
import io.bihuan.solution.PlannedMeasure;
import io.bihuan.solution.PlannedWork;
import io.bihuan.solution.Proposal;
import io.bihuan.solution.ProposalLinks;
import io.bihuan.solution.ProposalState;
import io.bihuan.solution.Proposals;
import io.bihuan.solution.Solutions;
import io.bihuan.solution.StandardMeasures;
import io.bihuan.solution.web.SolutionPage.FormView;
import io.bihuan.solution.web.SolutionPage.May;
import io.bihuan.solution.web.SolutionPage.ProposalView;
import io.bihuan.solution.web.SolutionPage.Solving;
import io.bihuan.solution.web.SolutionPage.Typed;
import io.bihuan.solution.web.SolutionPage.WorkView;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Measure;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the page of a solution together. */
@Component
class SolutionPages {
    static final String TAB = "solution";
    private static final String CASE = "/desk/complaints/";
    private static final int BLANK_ROWS = 2;
    /** So many names help; more are a list. */
    private static final int NAMED = 5;

    /**
     * A form of a proposal that was refused: 0 for a new one.
     *
     * @param isOvertaken whether somebody else was faster; both texts are shown then
     */
    record Refusal(int proposal, ProposalForm form, FieldErrors errors, boolean isOvertaken) {}

    private final Solutions solutions;
    private final StandardMeasures standards;
    private final ProposalLinks links;
    private final CasePages casePages;
    private final Packs packs;
    private final Staff staff;
    private final InstantSource time;

    SolutionPages(
            Solutions solutions,
            StandardMeasures standards,
            ProposalLinks links,
            CasePages casePages,
            Packs packs,
            Staff staff,
            InstantSource time) {
        this.solutions = solutions;
        this.standards = standards;
        this.links = links;
        this.casePages = casePages;
        this.packs = packs;
        this.staff = staff;
        this.time = time;
    }

    /** What all parts of one page need. */
    private record Reading(
            Complaint complaint,
            Pack pack,
            SignedIn who,
            Texts t,
            Authority authority,
            Map<UUID, StaffMember> names,
            List<Option> departments,
            List<Option> people,
            @Nullable Refusal refusal) {
        String name(@Nullable UUID id) {
            StaffMember member = id == null ? null : names.get(id);
            return member == null ? t.of("solution.somebody") : member.name();
        }

        String names(Set<UUID> ids) {
            return ids.stream().map(this::name).sorted().collect(Collectors.joining(t.of("standard.list")));
        }

        String in(Label label) {
            return label.in(t.locale());
        }

        String department(String code) {
            return pack.departments().find(code).map(each -> in(each.label())).orElse(code);
        }
    }

    SolutionPage page(Complaint complaint, SignedIn who, Typed typed, @Nullable Refusal refusal, Texts t) {
        Proposals proposals = solutions.of(complaint.id());
        Pack pack = packs.get(complaint.pack(), complaint.packVersion());
        boolean mayAct = SolutionRoutes.mayAct(who) && complaint.isOpen() && complaint.erasedAt() == null;
        List<StaffMember> active = mayAct ? staff.active() : List.of();
        boolean isAsked = proposals.all().stream().anyMatch(each -> each.state() == ProposalState.ASKED);
        List<StaffMember> deciding =
                mayAct && isAsked ? staff.withAnyRole(List.of(SolutionRoutes.DECIDING)) : List.of();
        var reading = new Reading(
                complaint,
                pack,
                who,
                t,
                solutions.authority(complaint),
                staff.names(people(proposals, who)),
                pack.departments().all().stream()
                        .map(each -> new Option(each.code(), each.label().in(t.locale())))
                        .toList(),
                active.stream()
                        .map(member -> new Option(member.login(), member.name()))
                        .toList(),
                refusal);
        Duration waited = proposals.approvalWaiting(time.instant());
        List<ProposalView> views = proposals.all().stream()
                .sorted(Comparator.comparingInt(Proposal::number).reversed())
                .map(proposal -> view(
                        proposal,
                        reading,
                        mayAct,
                        proposal.number() == proposals.all().getLast().number(),
                        deciding))
                .toList();
        FormView fresh = mayAct && mayPropose(complaint) && proposals.current().isEmpty() ? blank(reading) : null;
        return new SolutionPage(
                casePages.head(complaint, TAB, who, t),
                views,
                waited.isZero() ? null : t.duration(waited),
                fresh,
                pack.texts().bodies().stream()
                        .map(body -> Stream.of(reading.in(body.name()), body.phone(), body.url())
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(" ")))
                        .toList(),
                mayAct ? solving(proposals, reading) : null,
                refusal == null || isShown(refusal, fresh, views) ? null : refusal.form(),
                typed);
    }

    private static boolean isShown(Refusal refusal, @Nullable FormView fresh, List<ProposalView> views) {
        return refusal.proposal() == 0
                ? fresh != null
                : views.stream()
                        .anyMatch(view -> view.proposal().number() == refusal.proposal() && view.form() != null);
    }

    private static boolean mayPropose(Complaint complaint) {
        return complaint.stage() == Stage.VERIFY || complaint.stage() == Stage.HANDLE;
    }

    private static Set<UUID> people(Proposals proposals, SignedIn who) {
        var people = new HashSet<UUID>(Set.of(who.id()));
        for (Proposal proposal : proposals.all()) {
            people.addAll(proposal.authors());
            people.addAll(proposal.approvedBy());
            Stream.ofNullable(proposal.higher()).forEach(people::add);
            for (PlannedWork work : proposal.works()) {
                Stream.ofNullable(work.plan().person()).forEach(people::add);
                Stream.ofNullable(work.settledBy()).forEach(people::add);
            }
        }
        return people.stream().limit(500).collect(Collectors.toSet());
    }

    // ---- one proposal ----

    /** @param isLast whether no later one takes its place */
    private ProposalView view(
            Proposal proposal, Reading reading, boolean mayAct, boolean isLast, List<StaffMember> deciding) {
        Texts t = reading.t();
        Complaint complaint = reading.complaint();
        ProposalState state = proposal.state();
        boolean isSent = proposal.sentAt() != null;
        long total = Authority.total(proposal.measures());
        boolean mayWrite = mayAct
                && mayPropose(complaint)
                && state.isWritable()
                && proposal.works().stream().allMatch(PlannedWork::isOpen);
        UUID higher = proposal.higher();
        May may = may(proposal, reading, mayAct, isLast);
        return new ProposalView(
                proposal,
                tone(state),
                reading.names(proposal.authors()),
                approval(proposal, reading, deciding),
                total == 0 ? null : money(total, t),
                proposal.works().stream()
                        .map(work -> view(proposal, work, reading))
                        .toList(),
                may,
                isSent && state == ProposalState.SENT ? links.url(complaint.number(), proposal.number()) : null,
                higher == null ? null : reading.name(higher),
                contacts(
                        t,
                        Arrays.stream(Contact.values())
                                .filter(Contact::isTelling)
                                .toList()),
                contacts(
                        t,
                        Arrays.stream(Contact.values())
                                .filter(way -> way.isTelling() && way != Contact.ONLINE)
                                .toList()),
                may.escalate()
                        ? staff.withAnyRole(List.of(Role.MANAGER)).stream()
                                .map(member -> new Option(member.id().toString(), member.name()))
                                .toList()
                        : List.of(),
                mayWrite ? written(proposal, reading) : null);
    }

    private static List<Option> contacts(Texts t, List<Contact> ways) {
        return ways.stream().map(way -> new Option(way.name(), t.of(way))).toList();
    }

    private static May may(Proposal proposal, Reading reading, boolean mayAct, boolean isLast) {
        UUID me = reading.who().id();
        ProposalState state = proposal.state();
        boolean isDecidable = state == ProposalState.ASKED && SolutionRoutes.mayDecide(reading.who());
        String whyNot = null;
        if (isDecidable && !proposal.mayApprove(me)) {
            whyNot = reading.t()
                    .of(proposal.approvedBy().contains(me) ? "solution.decide.already" : "solution.decide.own");
        } else if (isDecidable && !covers(proposal, reading)) {
            whyNot = reading.t().of("solution.decide.above");
        }
        return new May(
                mayAct && state == ProposalState.DRAFT,
                isDecidable && whyNot == null,
                mayAct && proposal.isReleased() && reading.complaint().stage() == Stage.HANDLE,
                mayAct && state == ProposalState.SENT,
                mayAct && !state.isOver() && state != ProposalState.ACCEPTED,
                mayAct && isLast && state == ProposalState.REJECTED && proposal.higher() == null,
                mayAct,
                whyNot);
    }

    private static boolean covers(Proposal proposal, Reading reading) {
        StaffMember me = reading.names().get(reading.who().id());
        return covers(reading.who().id(), reading.who().roles(), me == null ? Set.of() : me.posts(), proposal, reading);
    }

    private static boolean covers(UUID id, Set<Role> roles, Set<Post> posts, Proposal proposal, Reading reading) {
        return reading.authority().covers(new Authority.Person(id, roles, posts), proposal.measures());
    }

    private static @Nullable String approval(Proposal proposal, Reading reading, List<StaffMember> deciding) {
        Texts t = reading.t();
        String by = reading.names(Set.copyOf(proposal.approvedBy()));
        if (proposal.state() == ProposalState.ASKED) {
            String waits = proposal.approvedBy().isEmpty()
                    ? t.of("solution.approval.waits", proposal.approvers())
                    : t.of(
                            "solution.approval.oneMore",
                            by,
                            proposal.approvers() - proposal.approvedBy().size());
            return deciding.isEmpty()
                    ? waits
                    : t.of("solution.approval.with", waits, deciders(proposal, reading, deciding));
        }
        if (!proposal.approvedBy().isEmpty()) {
            return t.of("solution.approval.by", by);
        }
        return proposal.approvers() == 0
                ? t.of("solution.approval.own")
                : t.of("solution.approval.needs", proposal.approvers());
    }

    /** Whom one may turn to: who may still approve it. */
    private static String deciders(Proposal proposal, Reading reading, List<StaffMember> deciding) {
        Texts t = reading.t();
        List<String> names = deciding.stream()
                .filter(member -> proposal.mayApprove(member.id()))
                .filter(member -> covers(member.id(), member.roles(), member.posts(), proposal, reading))
                .map(StaffMember::name)
                .sorted()
                .toList();
        return names.isEmpty()
                ? t.of("solution.approval.nobody")
                : names.size() > NAMED
                        ? t.of("solution.approval.among", joined(names.subList(0, NAMED), t), names.size())
                        : t.of("solution.approval.who", joined(names, t));
    }

    private static String joined(List<String> names, Texts t) {
        return String.join(t.of("standard.list"), names);
    }

    static String tone(ProposalState state) {
        return switch (state) {
            case DRAFT -> "secondary";
            case ASKED -> "yellow";
            case SENT_BACK -> "orange";
            case APPROVED -> "blue";
            case SENT -> "teal";
            case ACCEPTED -> "green";
            case REJECTED -> "red";
            case WITHDRAWN -> "secondary";
        };
    }

    private WorkView view(Proposal proposal, PlannedWork work, Reading reading) {
        PlannedMeasure plan = work.plan();
        Texts t = reading.t();
        SignedIn who = reading.who();
        boolean isOpen = proposal.state().isBinding()
                && work.isOpen()
                && reading.complaint().isOpen();
        Long fen = plan.fen();
        UUID person = plan.person();
        UUID settledBy = work.settledBy();
        return new WorkView(
                work,
                reading.department(plan.department()),
                person == null ? null : reading.name(person),
                login(person, reading),
                fen == null ? null : money(fen, t),
                item(plan, reading),
                settledBy == null ? null : reading.name(settledBy),
                proposal.state().isBinding(),
                isOpen && SolutionRoutes.mayWork(who),
                isOpen && SolutionRoutes.mayWork(who),
                isOpen && SolutionRoutes.mayWork(who),
                "p" + proposal.number() + "m" + plan.number(),
                local(plan.dueAt(), t),
                reading.departments(),
                reading.people());
    }

    private static String login(@Nullable UUID person, Reading reading) {
        StaffMember member = person == null ? null : reading.names().get(person);
        return member == null ? "" : member.login();
    }

    private static @Nullable String item(PlannedMeasure plan, Reading reading) {
        if (plan.isGoodwill()) {
            return reading.t().of("solution.goodwill");
        }
        return reading.authority().matrix().stream()
                .filter(each -> each.name().equals(plan.item()))
                .map(each -> reading.in(each.label()))
                .findFirst()
                .orElse(null);
    }

    static String money(long fen, Texts t) {
        return t.of("standard.money", Money.ofFen(fen).yuan());
    }

    static String local(Instant at, Texts t) {
        return LocalDateTime.ofInstant(at, t.zone())
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    // ---- forms ----

    private FormView blank(Reading reading) {
        Refusal refused = reading.refusal();
        ProposalForm form;
        if (refused != null && refused.proposal() == 0) {
            form = refused.form();
        } else {
            List<PlannedMeasure> measures = standards.of(
                    reading.complaint(),
                    reading.pack(),
                    time.instant(),
                    reading.t().locale());
            form = new ProposalForm("", "", "", "", rows(measures, reading));
        }
        return form(
                CASE + reading.complaint().number().digits() + "/solution/proposals",
                form,
                refused != null && refused.proposal() == 0 ? refused.errors() : FieldErrors.NONE,
                null,
                reading);
    }

    /** What the standard says the customer is told. */
    private static String told(Reading reading) {
        var standard =
                Guidance.of(reading.pack(), reading.complaint().category()).standard();
        return standard == null ? "" : reading.in(standard.tell());
    }

    private FormView written(Proposal proposal, Reading reading) {
        Refusal refused = reading.refusal();
        boolean isRefused = refused != null && refused.proposal() == proposal.number();
        ProposalForm form = isRefused
                ? Objects.requireNonNull(refused).form()
                : new ProposalForm(
                        Integer.toString(proposal.revision()),
                        proposal.outcome().name(),
                        Personal.text(proposal.text()),
                        Personal.text(proposal.grounds()),
                        rows(proposal.measures(), reading));
        return form(
                CASE + reading.complaint().number().digits() + "/solution/proposals/" + proposal.number()
                        + "/revisions",
                form,
                isRefused ? Objects.requireNonNull(refused).errors() : FieldErrors.NONE,
                isRefused && Objects.requireNonNull(refused).isOvertaken() ? theirs(proposal, reading) : null,
                reading);
    }

    private static SolutionPage.Theirs theirs(Proposal proposal, Reading reading) {
        Texts t = reading.t();
        return new SolutionPage.Theirs(
                reading.name(proposal.author()),
                t.of(proposal.outcome()),
                Personal.text(proposal.text()),
                Personal.text(proposal.grounds()),
                proposal.measures().stream()
                        .map(measure -> t.of(
                                "solution.merge.measure",
                                t.of(measure.kind()),
                                measure.fen() == null
                                        ? ""
                                        : t.of(
                                                "solution.merge.amount",
                                                Money.ofFen(measure.fen()).yuan()),
                                Personal.text(measure.text())))
                        .toList());
    }

    private List<MeasureRow> rows(List<PlannedMeasure> measures, Reading reading) {
        Map<UUID, StaffMember> people = staff.names(measures.stream()
                .flatMap(each -> Stream.ofNullable(each.person()))
                .toList());
        var rows = new ArrayList<MeasureRow>();
        for (PlannedMeasure measure : measures) {
            UUID person = measure.person();
            StaffMember member = person == null ? null : people.get(person);
            Long fen = measure.fen();
            rows.add(new MeasureRow(
                    measure.kind().name(),
                    measure.department(),
                    member == null ? "" : member.login(),
                    local(measure.dueAt(), reading.t()),
                    fen == null ? "" : Money.ofFen(fen).yuan(),
                    measure.item(),
                    measure.internal() ? "true" : "",
                    Personal.text(measure.text())));
        }
        return rows;
    }

    private static FormView form(
            String action,
            ProposalForm form,
            FieldErrors errors,
            SolutionPage.@Nullable Theirs theirs,
            Reading reading) {
        Texts t = reading.t();
        var rows = new ArrayList<>(form.rows());
        for (int i = 0; i < BLANK_ROWS; i++) {
            rows.add(MeasureRow.BLANK);
        }
        var items = new ArrayList<Option>();
        for (Compensation each : reading.authority().matrix()) {
            items.add(new Option(each.name(), t.of("solution.item", t.of(each.measure()), reading.in(each.label()))));
        }
        if (items.stream().noneMatch(each -> each.value().equals(Catalogue.GOODWILL))) {
            items.add(new Option(Catalogue.GOODWILL, t.of("solution.goodwill")));
        }
        return new FormView(
                action,
                told(reading),
                new ProposalForm(form.revision(), form.outcome(), form.text(), form.grounds(), rows),
                errors,
                Arrays.stream(Outcome.values())
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                Arrays.stream(Measure.values())
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                reading.departments(),
                reading.people(),
                items,
                theirs);
    }

    // ---- what comes of it ----

    /** With what the complaint can be called solved, from what was promised and done; the customer reads it. */
    private static @Nullable Solving solving(Proposals proposals, Reading reading) {
        Complaint complaint = reading.complaint();
        List<Proposal> done = proposals.all().stream()
                .filter(each -> each.state() == ProposalState.ACCEPTED || each.state() == ProposalState.APPROVED)
                .toList();
        if (complaint.stage() != Stage.HANDLE
                || done.isEmpty()
                || proposals.hindrance(false).isPresent()) {
            return null;
        }
        Texts t = reading.t();
        String measures = done.stream()
                .flatMap(each -> each.works().stream())
                .filter(work ->
                        work.state() == PlannedWork.State.DONE && !work.plan().internal())
                .map(work -> {
                    Long fen = work.plan().fen();
                    String kind = t.of(work.plan().kind());
                    return t.of(
                            "solution.solving.line",
                            fen == null ? kind : kind + " " + money(fen, t),
                            Personal.text(work.plan().text()),
                            t.date(work.settledAt()));
                })
                .collect(Collectors.joining("\n"));
        return new Solving(
                complaint.version(),
                done.getLast().outcome().name(),
                Arrays.stream(Outcome.values())
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                measures,
                reading.pack().texts().bodies().stream()
                        .map(body -> reading.in(body.name()))
                        .collect(Collectors.joining(t.of("standard.list"))));
    }
}
