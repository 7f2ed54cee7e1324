package io.bihuan.teamwork;

import io.bihuan.complaint.CaseEventWords;
import io.bihuan.complaint.ComplaintEvent.CaseEvent;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells colleagues what happened to the team; the customer hears nothing of it. */
@Component
class TeamWords implements CaseEventWords {
    @Override
    public Class<TeamEvent> family() {
        return TeamEvent.class;
    }

    @Override
    public Set<UUID> people(CaseEvent event) {
        return switch ((TeamEvent) event) {
            case TeamEvent.TeamMemberJoined e -> Set.of(e.person());
            case TeamEvent.TeamMemberLeft e -> Set.of(e.person());
            case TeamEvent.TeamLeadChanged e -> Set.of(e.to());
            case TeamEvent.TeamStepSet e -> Set.of(e.owner());
            case TeamEvent.TeamCalled e -> Set.of();
            case TeamEvent.TeamStarted e -> Set.of();
            case TeamEvent.TeamStepDone e -> Set.of();
            case TeamEvent.TeamStepDropped e -> Set.of();
            case TeamEvent.TeamPlanned e -> Set.of();
            case TeamEvent.TeamDecided e -> Set.of();
            case TeamEvent.TeamEnded e -> Set.of();
        };
    }

    @Override
    public Words words(CaseEvent event, Reader reader) {
        Texts t = reader.t();
        return switch ((TeamEvent) event) {
            case TeamEvent.TeamCalled e ->
                new Words(
                        t.of("teamwork.event.TeamCalled"),
                        "users",
                        "purple",
                        t.of(
                                "teamwork.said.TeamCalled",
                                e.why().stream().map(t::of).collect(Collectors.joining(t.of("teamwork.list")))),
                        TaskWords.quote(e.note()));
            case TeamEvent.TeamMemberJoined e ->
                new Words(
                        t.of("teamwork.event.TeamMemberJoined"),
                        "user",
                        "teal",
                        e.leads()
                                ? t.of("teamwork.said.TeamMemberJoined.leads", reader.staff(e.person()))
                                : reader.staff(e.person()),
                        null);
            case TeamEvent.TeamMemberLeft e ->
                new Words(
                        t.of("teamwork.event.TeamMemberLeft"),
                        "user",
                        "secondary",
                        reader.staff(e.person()),
                        TaskWords.quote(e.reason()));
            case TeamEvent.TeamLeadChanged e ->
                new Words(t.of("teamwork.event.TeamLeadChanged"), "user", "orange", reader.staff(e.to()), null);
            case TeamEvent.TeamStarted e ->
                new Words(t.of("teamwork.event.TeamStarted"), "right", "teal", null, TaskWords.quote(e.note()));
            case TeamEvent.TeamStepSet e ->
                new Words(
                        t.of("teamwork.event.TeamStepSet"),
                        "flag",
                        "blue",
                        t.of("teamwork.said.TeamStepSet", reader.staff(e.owner()), t.dateTime(e.dueAt())),
                        Personal.text(e.text()));
            case TeamEvent.TeamStepDone e ->
                new Words(t.of("teamwork.event.TeamStepDone"), "check", "green", null, null);
            case TeamEvent.TeamStepDropped e ->
                new Words(t.of("teamwork.event.TeamStepDropped"), "x", "secondary", null, TaskWords.quote(e.reason()));
            case TeamEvent.TeamPlanned e ->
                new Words(t.of("teamwork.event.TeamPlanned"), "list", "green", null, TaskWords.quote(e.plan()));
            case TeamEvent.TeamDecided e ->
                new Words(t.of("teamwork.event.TeamDecided"), "check", "purple", null, TaskWords.quote(e.text()));
            case TeamEvent.TeamEnded e ->
                new Words(t.of("teamwork.event.TeamEnded"), "x", "secondary", null, TaskWords.quote(e.reason()));
        };
    }
}
