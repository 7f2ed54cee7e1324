package io.bihuan.imports;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of an imported table and what it means.
 *
 * @param header its name in the table, possibly empty
 * @param productField the key of the pack's form field when it is a {@link Target#PRODUCT}, else null
 */
public record ImportColumn(
        String header, Target target, @Nullable String productField) {
    /** What a column can mean; the name is what a form sends. */
    public enum Target {
        IGNORED,
        EXTERNAL_NUMBER,
        TITLE,
        CONTENT,
        RECEIVED_AT,
        OCCURRED_AT,
        NAME,
        PHONE,
        EMAIL,
        CATEGORY,
        REMEDY,
        REPLY,
        CLOSED_AT,
        /** Kept as a line below the content. */
        NOTE,
        PRODUCT,
        CUSTOMER_NUMBER,
        VIN,
        PLATE,
        SERIAL,
        ORDER_NUMBER,
        MODEL,
        GOODS,
        BOUGHT_ON,
        INSTALLED_ON,
        AMOUNT,
        AUTHORITY,
        BUSINESS_LINE,
        STATED_DUE_AT;

        /** Whether several columns may mean this. */
        boolean isShared() {
            return switch (this) {
                case IGNORED, NOTE -> true;
                case EXTERNAL_NUMBER,
                        TITLE,
                        CONTENT,
                        RECEIVED_AT,
                        OCCURRED_AT,
                        NAME,
                        PHONE,
                        EMAIL,
                        CATEGORY,
                        REMEDY,
                        REPLY,
                        CLOSED_AT,
                        PRODUCT,
                        CUSTOMER_NUMBER,
                        VIN,
                        PLATE,
                        SERIAL,
                        ORDER_NUMBER,
                        MODEL,
                        GOODS,
                        BOUGHT_ON,
                        INSTALLED_ON,
                        AMOUNT,
                        AUTHORITY,
                        BUSINESS_LINE,
                        STATED_DUE_AT -> false;
            };
        }
    }

    private static final String PRODUCT_PREFIX = Target.PRODUCT.name() + ":";

    public ImportColumn {
        if ((target == Target.PRODUCT) != (productField != null)) {
            throw new IllegalArgumentException("a product column names its field, and no other does");
        }
    }

    static ImportColumn of(String header, Target target) {
        return new ImportColumn(header, target, null);
    }

    static ImportColumn product(String header, String field) {
        return new ImportColumn(header, Target.PRODUCT, field);
    }

    /** The same column with the meaning that a form sent; empty when it is none. */
    Optional<ImportColumn> meaning(String sent) {
        if (sent.startsWith(PRODUCT_PREFIX)) {
            return Optional.of(product(header, sent.substring(PRODUCT_PREFIX.length())));
        }
        for (Target each : Target.values()) {
            if (each.name().equals(sent) && each != Target.PRODUCT) {
                return Optional.of(of(header, each));
            }
        }
        return Optional.empty();
    }

    /** What a form sends for this meaning: the target, or {@code PRODUCT:<field>}. */
    public String value() {
        return target == Target.PRODUCT ? PRODUCT_PREFIX + Objects.requireNonNull(productField) : target.name();
    }

    ImportColumn ignored() {
        return of(header, Target.IGNORED);
    }
}
