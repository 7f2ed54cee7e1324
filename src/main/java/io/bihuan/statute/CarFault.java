package io.bihuan.statute;

/** The faults for which a new car may be given back at once, and all others. */
public enum CarFault {
    OTHER,
    STEERING_FAILURE,
    BRAKE_FAILURE,
    BODY_CRACK,
    FUEL_LEAK,
    BATTERY_FIRE
}
