package io.bihuan.solution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Outcome;
import io.bihuan.privacy.Personal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One proposal: what is to be done, who approved it, what the customer says to it.
 *
 * @param revision how often it was written
 * @param author who wrote it last, and answers for it by the own authority
 * @param authors everybody who wrote it; none of them may approve it
 * @param text what the customer reads
 * @param grounds what only colleagues read
 * @param approvers how many people must approve it as it is now
 * @param approvedBy who has, in the round that is open or was the last one
 * @param returned why it was sent back
 * @param heard how the answer came; {@link Contact#ONLINE}: in the customer's own words
 */
public record Proposal(
        UUID id,
        int number,
        ProposalState state,
        int revision,
        UUID author,
        Set<UUID> authors,
        Outcome outcome,
        Personal text,
        @Nullable Personal grounds,
        List<PlannedWork> works,
        int approvers,
        List<UUID> approvedBy,
        List<Round> rounds,
        @Nullable Personal returned,
        @Nullable Instant sentAt,
        @Nullable Instant answeredAt,
        @Nullable Personal answer,
        @Nullable Contact heard,
        @Nullable UUID higher,
        List<Question> questions) {
    /** A time in which it waited for approval; {@code decidedAt} is null while it does. */
    public record Round(Instant askedAt, UUID by, @Nullable Instant decidedAt) {}

    /** What the customer asked, and what he was answered. */
    public record Question(
            Instant at, Personal text, @Nullable Personal answer) {}

    public Proposal {
        authors = Set.copyOf(authors);
        works = List.copyOf(works);
        approvedBy = List.copyOf(approvedBy);
        rounds = List.copyOf(rounds);
        questions = List.copyOf(questions);
    }

    public List<PlannedMeasure> measures() {
        return works.stream().map(PlannedWork::plan).toList();
    }

    public Optional<PlannedWork> work(int measure) {
        return works.stream().filter(work -> work.plan().number() == measure).findFirst();
    }

    /** How many measures are neither done nor waived. */
    public int open() {
        return (int) works.stream().filter(PlannedWork::isOpen).count();
    }

    /** Whether it may be sent without another approval. */
    @JsonIgnore
    public boolean isReleased() {
        return state == ProposalState.APPROVED || (state == ProposalState.DRAFT && approvers == 0);
    }

    public boolean mayApprove(UUID person) {
        return state == ProposalState.ASKED
                && !authors.contains(person)
                && !isAskedBy(person)
                && !approvedBy.contains(person);
    }

    /** Whether the person put it forward in the last round. */
    boolean isAskedBy(UUID person) {
        return !rounds.isEmpty() && rounds.getLast().by().equals(person);
    }

    public boolean hasOpenQuestion() {
        return questions.stream().anyMatch(question -> question.answer() == null);
    }

    /** How long it waited for approval, all rounds together. */
    public Duration waited(Instant now) {
        return rounds.stream()
                .map(round -> {
                    Instant end = round.decidedAt() == null ? now : round.decidedAt();
                    return end.isBefore(round.askedAt()) ? Duration.ZERO : Duration.between(round.askedAt(), end);
                })
                .reduce(Duration.ZERO, Duration::plus);
    }
}
