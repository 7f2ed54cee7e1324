package io.bihuan.complaint;

import io.bihuan.clock.Dispatch;

/** The way by which a customer was told or called. */
public enum Contact {
    PHONE,
    SMS,
    EMAIL,
    WECHAT,
    ONLINE,
    IN_PERSON,
    LETTER,
    /** His number was dialled, and nobody answered: contact was sought, but nothing was told. */
    DIALLED;

    /** Whether something can be told by it. */
    public boolean isTelling() {
        return this != DIALLED;
    }

    /** Who is spoken to has heard it; what is sent has yet to arrive. */
    Dispatch dispatch() {
        return switch (this) {
            case PHONE, IN_PERSON -> Dispatch.DELIVERED;
            case SMS, EMAIL, WECHAT, ONLINE, LETTER, DIALLED -> Dispatch.SENT;
        };
    }
}
