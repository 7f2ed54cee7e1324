package io.bihuan.statute;

import static io.bihuan.statute.Figure.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The statutory calculators: what each asks, which numbers it needs and which lists. */
public enum Calculator {
    CAR_THREE_GUARANTEES(
            List.of(
                    Input.INVOICED_ON,
                    Input.DELIVERED_ON,
                    Input.KILOMETRES,
                    Input.ENERGY,
                    Input.PRICE,
                    Input.COEFFICIENT,
                    Input.FAULT,
                    Input.ASSEMBLY,
                    Input.REPAIR_DAYS,
                    Input.SAME_FAULT_REPAIRS,
                    Input.SAFETY_FAULT_REMAINS,
                    Input.OWNER_CHANGED,
                    Input.REQUESTED_ON,
                    Input.REPAIRS),
            EnumSet.range(WARRANTY_YEARS, EXCHANGE_WORKING_DAYS),
            Set.of()),
    APPLIANCE_THREE_GUARANTEES(
            List.of(
                    Input.PURCHASED_ON,
                    Input.DELIVERED_ON,
                    Input.INSTALLED_ON,
                    Input.EXCHANGED_ON,
                    Input.PRODUCT_TYPE,
                    Input.FAILED_REPAIRS,
                    Input.PARTS_WAIT_DAYS,
                    Input.REPAIRER_DELAY_DAYS,
                    Input.REPAIRED_ON,
                    Input.PRODUCTION_ENDED_ON,
                    Input.REPAIRS),
            EnumSet.range(RETURN_DAYS, PAUSE),
            Set.of("mainParts")),
    BURDEN_OF_PROOF(
            List.of(Input.ACCEPTED_ON, Input.FOUND_ON, Input.PRODUCT_TYPE), EnumSet.of(PROOF_MONTHS), Set.of("goods")),
    FRAUD(
            List.of(Input.AMOUNT, Input.FRAUD_ESTABLISHED, Input.FOOD_UNSAFE),
            EnumSet.range(FRAUD_TIMES, FOOD_LEAST),
            Set.of("acts")),
    ONLINE_RETURN(
            List.of(
                    Input.SIGNED_ON,
                    Input.RETURN_ASKED_ON,
                    Input.EXCEPTION,
                    Input.GOODS_BACK_ON,
                    Input.REFUNDED_ON,
                    Input.AMOUNT),
            EnumSet.range(ONLINE_RETURN_DAYS, DELAY_DAYS),
            Set.of("exceptions"));

    /** The list of acts of fraud, which a pack may leave out. */
    static final String ACTS = "acts";

    // nobody changes them: inputs is immutable, the other two stay in this package
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Input> inputs;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Figure> figures;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> lists;

    Calculator(List<Input> inputs, Set<Figure> figures, Set<String> lists) {
        this.inputs = inputs;
        this.figures = figures;
        this.lists = lists;
    }

    public List<Input> inputs() {
        return inputs;
    }

    Set<Figure> figures() {
        return figures;
    }

    Set<String> lists() {
        return lists;
    }

    /** As addresses write it: {@code online-return}. */
    public String key() {
        return Words.hyphened(this);
    }

    public static Optional<Calculator> of(String key) {
        return Stream.of(values()).filter(each -> each.key().equals(key)).findFirst();
    }
}
