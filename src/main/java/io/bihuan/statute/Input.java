package io.bihuan.statute;

/** What calculators ask for. */
public enum Input {
    // cars
    INVOICED_ON(Answer.DATE),
    DELIVERED_ON(Answer.DATE),
    KILOMETRES(Answer.WHOLE),
    ENERGY(Answer.WORD, Energy.class),
    PRICE(Answer.MONEY),
    COEFFICIENT(Answer.NUMBER),
    FAULT(Answer.WORD, CarFault.class),
    ASSEMBLY(Answer.WORD, Assembly.class),
    REPAIR_DAYS(Answer.WHOLE),
    SAME_FAULT_REPAIRS(Answer.WHOLE),
    SAFETY_FAULT_REMAINS(Answer.FLAG),
    OWNER_CHANGED(Answer.FLAG),
    REQUESTED_ON(Answer.DATE),
    REPAIRS(Answer.REPAIRS),

    // appliances
    PURCHASED_ON(Answer.DATE),
    INSTALLED_ON(Answer.DATE),
    EXCHANGED_ON(Answer.DATE),
    PRODUCT_TYPE(Answer.WORD),
    FAILED_REPAIRS(Answer.WHOLE),
    PARTS_WAIT_DAYS(Answer.WHOLE),
    REPAIRER_DELAY_DAYS(Answer.WHOLE),
    REPAIRED_ON(Answer.DATE),
    PRODUCTION_ENDED_ON(Answer.DATE),

    // burden of proof
    ACCEPTED_ON(Answer.DATE),
    FOUND_ON(Answer.DATE),

    // fraud
    AMOUNT(Answer.MONEY),
    FRAUD_ESTABLISHED(Answer.FLAG),
    FOOD_UNSAFE(Answer.FLAG),

    // return of online orders
    SIGNED_ON(Answer.DATE),
    RETURN_ASKED_ON(Answer.DATE),
    GOODS_BACK_ON(Answer.DATE),
    REFUNDED_ON(Answer.DATE),
    EXCEPTION(Answer.WORD);

    /** How an answer is written. */
    public enum Answer {
        DATE,
        WHOLE,
        NUMBER,
        MONEY,
        WORD,
        FLAG,
        REPAIRS
    }

    private final Answer answer;
    private final Class<? extends Enum<?>> words;

    Input(Answer answer) {
        this(answer, Verdict.class);
    }

    Input(Answer answer, Class<? extends Enum<?>> words) {
        this.answer = answer;
        this.words = words;
    }

    public Answer answer() {
        return answer;
    }

    /** The constants a word may be; empty where the pack says which words there are. */
    public Enum<?>[] words() {
        return words == Verdict.class ? new Enum<?>[0] : words.getEnumConstants();
    }

    /** As packs and addresses write it: {@code invoicedOn}. */
    public String key() {
        return Words.camel(this);
    }
}
