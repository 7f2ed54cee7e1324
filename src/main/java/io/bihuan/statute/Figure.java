package io.bihuan.statute;

/** The numbers that calculators need; a pack states each with its article. */
public enum Figure {
    // cars
    WARRANTY_YEARS(Measure.YEARS),
    WARRANTY_KILOMETRES(Measure.KILOMETRES),
    FREE_REPAIR_YEARS(Measure.YEARS),
    FREE_REPAIR_KILOMETRES(Measure.KILOMETRES),
    EARLY_DAYS(Measure.DAYS),
    EARLY_KILOMETRES(Measure.KILOMETRES),
    /** Not in the rules of 2013. */
    ASSEMBLY_DAYS(Measure.DAYS, true),
    SAFETY_REPAIRS(Measure.TIMES),
    ASSEMBLY_REPLACEMENTS(Measure.TIMES),
    MAIN_PART_REPLACEMENTS(Measure.TIMES),
    REPAIR_DAYS(Measure.DAYS),
    SAME_FAULT_REPAIRS(Measure.TIMES),
    MOST_COEFFICIENT(Measure.PERCENT),
    LOANER_FROM_DAY(Measure.DAYS, true),
    ANSWER_WORKING_DAYS(Measure.WORKING_DAYS, true),
    EXCHANGE_WORKING_DAYS(Measure.WORKING_DAYS, true),

    // appliances
    RETURN_DAYS(Measure.DAYS),
    EXCHANGE_DAYS(Measure.DAYS),
    WHOLE_YEARS(Measure.YEARS),
    FAILED_REPAIRS(Measure.TIMES),
    MISSING_PARTS_DAYS(Measure.DAYS),
    REPAIRER_DAYS(Measure.DAYS),
    NORMAL_USE_DAYS(Measure.DAYS),
    PARTS_SUPPLY_YEARS(Measure.YEARS),
    /** From which law it comes that the time runs from the installation and stands during repairs; its number is not reckoned with. */
    PAUSE(Measure.TIMES),

    // burden of proof
    PROOF_MONTHS(Measure.MONTHS),

    // fraud
    FRAUD_TIMES(Measure.TIMES),
    FRAUD_LEAST(Measure.YUAN),
    FOOD_TIMES(Measure.TIMES, true),
    FOOD_LEAST(Measure.YUAN, true),

    // return of online orders
    ONLINE_RETURN_DAYS(Measure.DAYS),
    REFUND_DAYS(Measure.DAYS),
    DELAY_DAYS(Measure.DAYS);

    private final Measure measure;
    private final boolean optional;

    Figure(Measure measure) {
        this(measure, false);
    }

    Figure(Measure measure, boolean optional) {
        this.measure = measure;
        this.optional = optional;
    }

    public Measure measure() {
        return measure;
    }

    /** Whether a law need not have it: the rule is then not asked. */
    boolean isOptional() {
        return optional;
    }

    /** As packs write it: {@code warrantyYears}. */
    public String key() {
        return Words.camel(this);
    }
}
