package io.bihuan.solution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bihuan.compensation.Catalogue;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Measure;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for the customer, as a proposal says it.
 *
 * @param id unlike that of any other measure
 * @param number within the proposal, from 1
 * @param department its code in the pack
 * @param person who does it; null: whoever the department sends
 * @param fen the money or value given, in hundredths of a yuan; null where it costs nothing that is counted
 * @param item of the compensation that the pack allows, or {@link Catalogue#GOODWILL}; null where it is none
 * @param internal nothing that the customer is told, such as the training of somebody
 */
public record PlannedMeasure(
        UUID id,
        int number,
        Measure kind,
        String department,
        @Nullable UUID person,
        Instant dueAt,
        @Nullable Long fen,
        @Nullable String item,
        boolean internal,
        Personal text) {
    /** What is given beyond what the customer has paid, and so must say what for. */
    private static final Set<Measure> GIFTS = Set.of(Measure.COUPON, Measure.COMPENSATION);

    /** What is paid or credited. */
    private static final Set<Measure> PAID =
            Set.of(Measure.REFUND, Measure.PRICE_DIFFERENCE, Measure.COUPON, Measure.COMPENSATION, Measure.CREDIT);

    /** What has a value that somebody must answer for. */
    private static final Set<Measure> VALUABLE = Set.of(Measure.EXCHANGE, Measure.RETURN, Measure.FREE_SERVICE);

    /** Whether it is paid or credited, and so needs a decision about the responsibility. */
    @JsonIgnore
    public boolean isPaid() {
        return isPaid(kind);
    }

    @JsonIgnore
    public boolean isGoodwill() {
        return item != null && Catalogue.isGoodwill(item);
    }

    /** The same, by others or at another time. */
    PlannedMeasure moved(String toDepartment, @Nullable UUID toPerson, Instant toDueAt) {
        return new PlannedMeasure(id, number, kind, toDepartment, toPerson, toDueAt, fen, item, internal, text);
    }

    /** Whether what such a measure gives is paid or credited. */
    public static boolean isPaid(Measure kind) {
        return PAID.contains(kind);
    }

    /** Whether an item must say what for it is given; what was paid goes back without one. */
    public static boolean needsItem(Measure kind) {
        return GIFTS.contains(kind);
    }

    /** Whether its amount must be told. */
    public static boolean needsAmount(Measure kind) {
        return PAID.contains(kind) || VALUABLE.contains(kind);
    }
}
