package io.bihuan.teamwork.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Pack;
import io.bihuan.platform.Ids;
import io.bihuan.teamwork.By;
import io.bihuan.teamwork.Team;
import io.bihuan.teamwork.TeamReason;
import io.bihuan.teamwork.Teams;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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

/** The team over departments of a complaint: called, begun, its plan, what it decides. */
@Controller
@RequestMapping("/desk/complaints/{number}/team")
class CaseTeamController {
    private static final String TAB = "team";
    private static final String START = "team-start";
    private static final String PLAN = "team-plan";
    private static final Duration USUAL = Duration.ofDays(2);

    private final Teams teams;
    private final CasePages pages;
    private final CaseForms forms;
    private final Workers workers;
    private final InstantSource time;

    CaseTeamController(Teams teams, CasePages pages, CaseForms forms, Workers workers, InstantSource time) {
        this.teams = teams;
        this.pages = pages;
        this.forms = forms;
        this.workers = workers;
        this.time = time;
    }

    @GetMapping
    Page show(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String done,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return Page.of("teamwork/team", page(pages.complaint(number, who), Filled.NONE, done, who, t));
    }

    @PostMapping
    Page call(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                "call",
                form,
                binding,
                who,
                t,
                complaint -> teams.call(complaint, form.text(), CaseForms.person("to", form.to()), who));
    }

    @PostMapping("/members")
    Page join(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                "join",
                form,
                binding,
                who,
                t,
                complaint -> teams.join(complaint, CaseForms.person("to", form.to()), who));
    }

    @PostMapping("/departures")
    Page leave(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                "leave",
                form,
                binding,
                who,
                t,
                complaint -> teams.leave(complaint, CaseForms.person("to", form.to()), form.text(), who));
    }

    @PostMapping("/lead")
    Page lead(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                "lead",
                form,
                binding,
                who,
                t,
                complaint -> teams.leadBy(complaint, CaseForms.person("to", form.to()), who));
    }

    @PostMapping("/start")
    Page start(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(number, "start", form, binding, who, t, complaint -> teams.start(complaint, form.text(), who));
    }

    @PostMapping("/steps")
    Page set(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                "step",
                form,
                binding,
                who,
                t,
                complaint -> teams.set(
                        complaint,
                        CaseForms.id(form.id()),
                        form.text(),
                        CaseForms.person("to", form.to()),
                        CaseForms.instant("dueAt", form.dueAt(), t),
                        who));
    }

    @PostMapping("/steps/{step}/completion")
    Page done(
            @PathVariable String number,
            @PathVariable UUID step,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number, "stepdone-" + step, form, binding, who, t, complaint -> teams.done(complaint, step, who));
    }

    @PostMapping("/steps/{step}/withdrawal")
    Page drop(
            @PathVariable String number,
            @PathVariable UUID step,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                "stepdrop-" + step,
                form,
                binding,
                who,
                t,
                complaint -> teams.drop(complaint, step, form.text(), who));
    }

    @PostMapping("/plan")
    Page plan(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(number, "plan", form, binding, who, t, complaint -> teams.plan(complaint, form.text(), who));
    }

    @PostMapping("/decisions")
    Page decide(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(
                number,
                "decide",
                form,
                binding,
                who,
                t,
                complaint -> teams.decide(complaint, CaseForms.id(form.id()), form.text(), who));
    }

    @PostMapping("/end")
    Page end(
            @PathVariable String number,
            @Valid @ModelAttribute WorkForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return perform(number, "end", form, binding, who, t, complaint -> teams.end(complaint, form.text(), who));
    }

    private Page perform(
            String number,
            String form,
            WorkForm values,
            BindingResult binding,
            SignedIn who,
            Texts t,
            Function<ComplaintNumber, Complaint> deed) {
        return forms.perform(
                number,
                TAB,
                new CaseForms.Sent(form, values, binding),
                who,
                t,
                (complaint, filled) -> Page.invalid("teamwork/team", page(complaint, filled, "", who, t)),
                deed);
    }

    private CaseTeamPage page(Complaint complaint, Filled filled, String done, SignedIn who, Texts t) {
        Team team = teams.of(complaint.id()).orElse(null);
        Pack pack = workers.pack(complaint);
        boolean mayAct = TeamworkRoutes.mayAct(who) && complaint.isOpen() && !complaint.isJoined();
        Map<UUID, String> names = workers.names(people(team));
        boolean isAtWork = team != null && team.isAtWork();
        Collection<TeamReason> reasons = team != null && team.isAtWork() ? team.why() : teams.proposed(complaint);
        Instant now = time.instant();
        boolean mayLead = mayAct && team != null && team.mayBeLedOnBy(By.of(who, complaint.owner()));
        return new CaseTeamPage(
                pages.head(complaint, TAB, who, t),
                team,
                reasons.stream().sorted().map(t::of).collect(Collectors.joining(t.of("teamwork.list"))),
                stand(team),
                team == null ? "" : names.getOrDefault(team.calledBy(), ""),
                complaint.runningClocks().get(START),
                complaint.runningClocks().get(PLAN),
                team == null
                        ? List.of()
                        : team.present().stream()
                                .map(member -> new CaseTeamPage.MemberLine(
                                        Workers.PERSON + member.person(),
                                        names.getOrDefault(member.person(), ""),
                                        Workers.department(pack, member.department(), t),
                                        member.leads()))
                                .toList(),
                team == null
                        ? List.of()
                        : team.steps().stream()
                                .map(step -> step(step, names, now, t))
                                .toList(),
                team == null
                        ? List.of()
                        : team.decisions().reversed().stream()
                                .map(each -> new CaseTeamPage.DecisionLine(
                                        each.text(), names.getOrDefault(each.by(), ""), each.at()))
                                .toList(),
                mayAct && !isAtWork,
                mayLead,
                mayAct ? workers.people(pack, t) : List.of(),
                team == null || !mayLead ? List.of() : List.of(members(team, names, t)),
                Ids.next().toString(),
                CaseForms.local(now.plus(USUAL), t),
                filled,
                done);
    }

    private static ChoiceGroup members(Team team, Map<UUID, String> names, Texts t) {
        return new ChoiceGroup(
                t.of("teamwork.team.members"),
                team.present().stream()
                        .map(member ->
                                new Option(Workers.PERSON + member.person(), names.getOrDefault(member.person(), "")))
                        .toList());
    }

    private static CaseTeamPage.StepLine step(Team.Step step, Map<UUID, String> names, Instant now, Texts t) {
        UUID doneBy = step.doneBy();
        return new CaseTeamPage.StepLine(
                step.id().toString(),
                step.text(),
                names.getOrDefault(step.owner(), ""),
                step.dueAt(),
                CaseTasksController.look(step.dueAt(), now),
                doneBy == null
                        ? null
                        : t.of("teamwork.item.done", names.getOrDefault(doneBy, ""), t.dateTime(step.doneAt())),
                step.droppedAt() != null);
    }

    private static Collection<@Nullable UUID> people(@Nullable Team team) {
        var people = new HashSet<@Nullable UUID>();
        if (team != null) {
            people.add(team.calledBy());
            team.members().forEach(member -> people.add(member.person()));
            team.steps().forEach(step -> {
                people.add(step.owner());
                people.add(step.doneBy());
            });
            team.decisions().forEach(decision -> people.add(decision.by()));
        }
        return people;
    }

    private static String stand(@Nullable Team team) {
        if (team == null) {
            return "";
        }
        return team.endedAt() != null
                ? "ended"
                : team.plannedAt() != null ? "planned" : team.startedAt() != null ? "started" : "called";
    }
}
