package io.bihuan.standard;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A place in a letter that is filled from the complaint. */
public enum Placeholder {
    CUSTOMER("customer"),
    NUMBER("number"),
    LINE("line"),
    CATEGORY("category"),
    PRODUCT("product"),
    OWNER("owner"),
    DEPARTMENT("department"),
    DUE_AT("dueAt"),
    RESULT("result"),
    MEASURES("measures"),
    /** What was found out, in words for the customer. */
    FINDINGS("findings"),
    /** What holds after the solution: a warranty, a price, a date. */
    GUARANTEE("guarantee"),
    /** Where the customer can turn to when he is not content. */
    ROUTES("routes"),
    PROPOSAL_URL("proposalUrl"),
    TRACKING_URL("trackingUrl"),
    HOTLINE("hotline"),
    BODIES("bodies");

    private final String word;

    Placeholder(String word) {
        this.word = word;
    }

    /** As it is written in a pack, without its braces. */
    public String word() {
        return word;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Placeholder::word).toList();
    }

    static Optional<Placeholder> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}
