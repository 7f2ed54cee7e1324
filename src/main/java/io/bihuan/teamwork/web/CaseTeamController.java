package io.bihuan.teamwork.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.SentForm;
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
import org.springframework.web.bind.annotation.GetMapping;
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
    Page call(SentForm<WorkForm> sent) {
        return perform(
                sent,
                "call",
                complaint -> teams.call(
                        complaint,
                        sent.form().text(),
                        CaseForms.person("to", sent.form().to()),
                        sent.who()));
    }

    @PostMapping("/members")
    Page join(SentForm<WorkForm> sent) {
        return perform(
                sent,
                "join",
                complaint ->
                        teams.join(complaint, CaseForms.person("to", sent.form().to()), sent.who()));
    }

    @PostMapping("/departures")
    Page leave(SentForm<WorkForm> sent) {
        return perform(
                sent,
                "leave",
                complaint -> teams.leave(
                        complaint,
                        CaseForms.person("to", sent.form().to()),
                        sent.form().text(),
                        sent.who()));
    }

    @PostMapping("/lead")
    Page lead(SentForm<WorkForm> sent) {
        return perform(
                sent,
                "lead",
                complaint -> teams.leadBy(
                        complaint, CaseForms.person("to", sent.form().to()), sent.who()));
    }

    @PostMapping("/start")
    Page start(SentForm<WorkForm> sent) {
        return perform(
                sent, "start", complaint -> teams.start(complaint, sent.form().text(), sent.who()));
    }

    @PostMapping("/steps")
    Page set(SentForm<WorkForm> sent) {
        return perform(
                sent,
                "step",
                complaint -> teams.set(
                        complaint,
                        CaseForms.id(sent.form().id()),
                        sent.form().text(),
                        CaseForms.person("to", sent.form().to()),
                        CaseForms.instant("dueAt", sent.form().dueAt(), sent.t()),
                        sent.who()));
    }

    @PostMapping("/steps/{step}/completion")
    Page done(@PathVariable UUID step, SentForm<WorkForm> sent) {
        return perform(sent, "stepdone-" + step, complaint -> teams.done(complaint, step, sent.who()));
    }

    @PostMapping("/steps/{step}/withdrawal")
    Page drop(@PathVariable UUID step, SentForm<WorkForm> sent) {
        return perform(
                sent,
                "stepdrop-" + step,
                complaint -> teams.drop(complaint, step, sent.form().text(), sent.who()));
    }

    @PostMapping("/plan")
    Page plan(SentForm<WorkForm> sent) {
        return perform(
                sent, "plan", complaint -> teams.plan(complaint, sent.form().text(), sent.who()));
    }

    @PostMapping("/decisions")
    Page decide(SentForm<WorkForm> sent) {
        return perform(
                sent,
                "decide",
                complaint -> teams.decide(
                        complaint, CaseForms.id(sent.form().id()), sent.form().text(), sent.who()));
    }

    @PostMapping("/end")
    Page end(SentForm<WorkForm> sent) {
        return perform(
                sent, "end", complaint -> teams.end(complaint, sent.form().text(), sent.who()));
    }

    private Page perform(SentForm<WorkForm> sent, String name, Function<ComplaintNumber, Complaint> deed) {
        return forms.perform(
                sent,
                name,
                TAB,
                (complaint, filled) -> Page.invalid("teamwork/team", page(complaint, filled, "", sent.who(), sent.t())),
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
