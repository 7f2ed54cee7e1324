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
    LETTER;

    /** Who is spoken to has heard it; what is sent has yet to arrive. */
    Dispatch dispatch() {
        return switch (this) {
            case PHONE, IN_PERSON -> Dispatch.DELIVERED;
            case SMS, EMAIL, WECHAT, ONLINE, LETTER -> Dispatch.SENT;
        };
    }
}
