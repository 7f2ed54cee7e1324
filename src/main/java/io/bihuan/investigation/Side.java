package io.bihuan.investigation;

/** Who is to be heard: the customer, and the person or outlet complained about. */
public enum Side {
    CUSTOMER,
    OTHER_SIDE
}
