package io.bihuan.solution;

import static io.bihuan.solution.SomePeople.ALL;
import static io.bihuan.solution.SomePeople.HANDLED;
import static io.bihuan.solution.SomePeople.NOW;
import static io.bihuan.solution.SomePeople.measure;
import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Outcome;
import io.bihuan.platform.Refused;
import io.bihuan.solution.SolutionEvent.ApprovalAsked;
import io.bihuan.solution.SolutionEvent.MeasureDone;
import io.bihuan.solution.SolutionEvent.MeasureWaived;
import io.bihuan.solution.SolutionEvent.ProposalAnswered;
import io.bihuan.solution.SolutionEvent.ProposalApproved;
import io.bihuan.solution.SolutionEvent.ProposalDrafted;
import io.bihuan.solution.SolutionEvent.ProposalRewritten;
import io.bihuan.solution.SolutionEvent.ProposalSent;
import io.bihuan.solution.SolutionEvent.ProposalSentBack;
import io.bihuan.solution.SolutionEvent.ProposalWithdrawn;
import io.bihuan.standard.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** No sequence of actions gets around an approval or a measure: judged by what is in the history, without the state. */
class ProposalsProperties {
    private static final int DEEDS = 12;

    /** {@code who} may be nobody of the staff: the customer. */
    record Step(int deed, int who, int back, int measure, int yuan) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, DEEDS - 1),
                        Arbitraries.integers().between(0, ALL.size()),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(6, 0), net.jqwik.api.Tuple.of(1, 1)),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(50, 250, 900, 4_000, 6_000, 30_000))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = 1_000)
    void nothingGetsAroundAnApprovalOrAMeasure(@ForAll("steps") List<Step> steps) {
        Proposals proposals = Proposals.NONE;
        var log = new ArrayList<SolutionEvent>();
        for (Step step : steps) {
            Authority.Person who = step.who() < ALL.size() ? ALL.get(step.who()) : null;
            List<SolutionEvent> decided;
            try {
                decided = proposals.decide(action(step, proposals), who, HANDLED);
            } catch (Refused refused) {
                continue;
            }
            for (SolutionEvent event : decided) {
                judge(event, log);
                log.add(event);
                proposals = proposals.after(event, NOW.plusSeconds(log.size()));
            }
            if (proposals.hindrance(false).isEmpty()) {
                assertThat(unsettled(log)).as("solved with %s", log).isEmpty();
            }
        }
        assertThat(stored(proposals)).isEqualTo(proposals);
    }

    private static SolutionAction action(Step step, Proposals proposals) {
        int number = Math.max(1, proposals.all().size() - step.back());
        int revision = proposals.find(number).map(Proposal::revision).orElse(0);
        var content = new SolutionAction.Content(
                Outcome.ACCEPTED,
                "方案",
                null,
                List.of(measure(1, Measure.REFUND, (long) step.yuan()), measure(2, Measure.REWORK, null)));
        return switch (step.deed()) {
            case 0 -> new SolutionAction.Draft(new UUID(1, proposals.all().size()), content);
            case 1 -> new SolutionAction.Rewrite(number, revision, content);
            case 2, 3 -> new SolutionAction.AskApproval(number);
            case 4, 5 -> new SolutionAction.Approve(number, revision, null);
            case 6 ->
                step.measure() == 1
                        ? new SolutionAction.SendBack(number, "退回")
                        : new SolutionAction.Withdraw(number, "撤回");
            case 7 -> new SolutionAction.Send(number, Contact.SMS);
            case 8 ->
                new SolutionAction.RecordAnswer(
                        number, step.yuan() > 900 ? Answer.REJECTED : Answer.ACCEPTED, "原因", Contact.PHONE);
            case 9, 10 -> new SolutionAction.Finish(number, step.measure(), "凭证", List.of());
            default -> new SolutionAction.Waive(number, step.measure(), "原因"); // the last deed
        };
    }

    /** What an event must not be, by what was before. */
    private static void judge(SolutionEvent event, List<SolutionEvent> log) {
        if (event instanceof ProposalApproved approved) {
            assertThat(writers(log, approved.proposal())).doesNotContain(approved.by());
            assertThat(approvals(log, approved.proposal())).doesNotContain(approved.by());
        }
        if (event instanceof ProposalSent sent) {
            Writing writing = lastWriting(log, sent.proposal());
            int needed = needed(writing);
            List<UUID> approvals = approvals(log, sent.proposal());
            assertThat(new HashSet<>(approvals)).hasSizeGreaterThanOrEqualTo(needed);
            assertThat(approvals).doesNotContainAnyElementsOf(writers(log, sent.proposal()));
            assertThat(approvals).allMatch(by -> mayDecide(by, yuan(writing)));
        }
        if (event instanceof MeasureDone done && done.measure() == 1) {
            assertThat(log)
                    .anyMatch(earlier -> earlier instanceof ProposalAnswered answered
                            && answered.proposal() == done.proposal()
                            && answered.answer() == Answer.ACCEPTED);
        }
    }

    private record Writing(int at, UUID by, List<PlannedMeasure> measures) {}

    private static @Nullable Writing writing(SolutionEvent event, int at) {
        if (event instanceof ProposalDrafted drafted) {
            return new Writing(at, drafted.by(), drafted.measures());
        }
        return event instanceof ProposalRewritten rewritten
                ? new Writing(at, rewritten.by(), rewritten.measures())
                : null;
    }

    private static List<Writing> writings(List<SolutionEvent> log, int proposal) {
        var all = new ArrayList<Writing>();
        for (int i = 0; i < log.size(); i++) {
            Writing writing = writing(log.get(i), i);
            if (writing != null && log.get(i).proposal() == proposal) {
                all.add(writing);
            }
        }
        return all;
    }

    private static Writing lastWriting(List<SolutionEvent> log, int proposal) {
        return writings(log, proposal).getLast();
    }

    private static Set<UUID> writers(List<SolutionEvent> log, int proposal) {
        var writers = new HashSet<UUID>();
        writings(log, proposal).forEach(writing -> writers.add(writing.by()));
        return writers;
    }

    /** Who approved it since it was last written and asked for. */
    private static List<UUID> approvals(List<SolutionEvent> log, int proposal) {
        var by = new ArrayList<UUID>();
        for (SolutionEvent event : log) {
            if (event.proposal() != proposal) {
                continue;
            }
            if (event instanceof ProposalDrafted
                    || event instanceof ProposalRewritten
                    || event instanceof ApprovalAsked
                    || event instanceof ProposalSentBack) {
                by.clear();
            } else if (event instanceof ProposalApproved approved) {
                by.add(approved.by());
            }
        }
        return by;
    }

    private static long yuan(Writing writing) {
        Long fen = writing.measures().getFirst().fen();
        return fen == null ? 0 : fen / 100;
    }

    /** The limits in plain numbers. */
    private static boolean mayDecide(UUID by, long yuan) {
        long limit =
                switch ((int) by.getLeastSignificantBits()) {
                    case 1 -> 300;
                    case 2, 3 -> 20_000;
                    case 4 -> 1_000;
                    default -> Long.MAX_VALUE; // the decision level
                };
        return yuan <= limit;
    }

    private static int needed(Writing writing) {
        long yuan = yuan(writing);
        return yuan > 5_000 ? 2 : mayDecide(writing.by(), yuan) ? 0 : 1;
    }

    /** Proposals that were promised, or wait, and are not settled. */
    private static List<Integer> unsettled(List<SolutionEvent> log) {
        var unsettled = new ArrayList<Integer>();
        for (int proposal = 1; !writings(log, proposal).isEmpty(); proposal++) {
            Writing writing = lastWriting(log, proposal);
            List<SolutionEvent> since = new ArrayList<>();
            for (SolutionEvent event : log.subList(writing.at() + 1, log.size())) {
                if (event.proposal() == proposal) {
                    since.add(event);
                }
            }
            Collections.reverse(since);
            SolutionEvent turn = since.stream()
                    .filter(event -> !(event instanceof MeasureDone) && !(event instanceof MeasureWaived))
                    .findFirst()
                    .orElse(null);
            boolean isOver = turn instanceof ProposalWithdrawn
                    || (turn instanceof ProposalAnswered answered && answered.answer() == Answer.REJECTED);
            boolean isSettledWell =
                    turn instanceof ProposalAnswered || (turn instanceof ProposalApproved approved && approved.last());
            long settled = since.stream()
                    .filter(event -> event instanceof MeasureDone || event instanceof MeasureWaived)
                    .count();
            if (!isOver && (!isSettledWell || settled < writing.measures().size())) {
                unsettled.add(proposal);
            }
        }
        return unsettled;
    }

    /** What the database gives back. */
    private static Proposals stored(Proposals proposals) {
        JsonMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return mapper.readValue(mapper.writeValueAsBytes(proposals), Proposals.class);
    }
}
