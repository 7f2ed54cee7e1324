package io.bihuan.solution;

import io.bihuan.pack.Texts;
import io.bihuan.platform.Money;
import io.bihuan.standard.Measure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proposal as the customer may know it: nothing internal is in it.
 *
 * @param routes to whom else the customer may turn
 */
public record Offer(
        int number,
        State state,
        String text,
        List<OfferedMeasure> measures,
        Instant sentAt,
        @Nullable Instant answeredAt,
        @Nullable String answerText,
        List<Exchange> questions,
        List<Texts.Body> routes) {
    /** What the customer can do with it. */
    public enum State {
        OPEN,
        ACCEPTED,
        REJECTED,
        WITHDRAWN
    }

    public record OfferedMeasure(
            int number,
            Measure kind,
            String text,
            @Nullable Money amount,
            Instant dueAt,
            boolean isDone,
            boolean isWaived) {}

    /** A question of the customer and what was answered. */
    public record Exchange(
            Instant askedAt, String question, @Nullable String answer) {}

    public Offer {
        measures = List.copyOf(measures);
        questions = List.copyOf(questions);
        routes = List.copyOf(routes);
    }
}
