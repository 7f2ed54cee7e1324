package io.bihuan.privacy;

/** How an answer looks to who has no reason to see it. */
public enum Mask {
    NAME,
    PHONE,
    EMAIL,
    ID_CARD,
    BANK_CARD,
    PLATE,
    VIN,
    LAST_FOUR,
    HIDDEN,
    NONE;

    public String of(String value) {
        return switch (this) {
            case NAME -> Masks.name(value);
            case PHONE -> Masks.phone(value);
            case EMAIL -> Masks.email(value);
            case ID_CARD -> Masks.idCard(value);
            case BANK_CARD -> Masks.bankCard(value);
            case PLATE -> Masks.plate(value);
            case VIN -> Masks.vin(value);
            case LAST_FOUR -> Masks.lastFour(value);
            case HIDDEN -> Masks.hidden(value);
            case NONE -> value;
        };
    }
}
