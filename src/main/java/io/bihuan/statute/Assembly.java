package io.bihuan.statute;

/** The assemblies of a car that the law names. */
public enum Assembly {
    NONE,
    ENGINE,
    GEARBOX,
    TRACTION_BATTERY,
    DRIVE_MOTOR
}
