package io.bihuan.customer;

/** What sort of thing a customer has. */
public enum ThingKind {
    VEHICLE,
    APPLIANCE,
    ORDER;

    public static ThingKind of(Thing thing) {
        return switch (thing) {
            case Thing.Vehicle vehicle -> VEHICLE;
            case Thing.Appliance appliance -> APPLIANCE;
            case Thing.Order order -> ORDER;
        };
    }
}
