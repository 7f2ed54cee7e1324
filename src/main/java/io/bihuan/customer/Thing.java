package io.bihuan.customer;

import io.bihuan.platform.Money;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a customer has and may complain about. Blank texts count as absent. */
public sealed interface Thing {
    /** Characters of a model, a serial number, an order number. */
    int LONGEST = 100;

    /** What it is called by; empty for an appliance of which only the model is known. */
    Map<ThingKey, String> keys();

    /** The model, or the product that was ordered. */
    @Nullable
    String model();

    @Nullable
    LocalDate boughtOn();

    /** Whether it names one thing, or at least a model. */
    default boolean isNamed() {
        return !keys().isEmpty() || model() != null;
    }

    /** Whether the other can be the same thing: a number in common, or no number that says otherwise and the same model. */
    default boolean isSameAs(Thing other) {
        if (getClass() != other.getClass()) {
            return false;
        }
        var mine = keys();
        var theirs = other.keys();
        boolean isShared = false;
        for (ThingKey key : ThingKey.values()) {
            String one = mine.get(key);
            String two = theirs.get(key);
            if (one != null && two != null) {
                if (key.normal(one).equals(key.normal(two))) {
                    isShared = true;
                } else if (key != ThingKey.PLATE) {
                    return false; // a car may get another plate, but never another VIN
                }
            }
        }
        if (isShared) {
            return true;
        }
        String model = model();
        return (mine.isEmpty() || theirs.isEmpty()) && model != null && model.equalsIgnoreCase(other.model());
    }

    /** This with what only the other knows; where both know, this one counts. */
    Thing or(Thing other);

    record Vehicle(
            @Nullable String vin,
            @Nullable String plate,
            @Nullable String model,
            @Nullable LocalDate boughtOn) implements Thing {
        public Vehicle {
            vin = written(ThingKey.VIN, vin);
            plate = written(ThingKey.PLATE, plate);
            model = given(model);
        }

        @Override
        public Map<ThingKey, String> keys() {
            return Thing.keys(ThingKey.VIN, vin, ThingKey.PLATE, plate);
        }

        @Override
        public Thing or(Thing other) {
            return other instanceof Vehicle known
                    ? new Vehicle(
                            first(vin, known.vin),
                            first(plate, known.plate),
                            first(model, known.model),
                            boughtOn == null ? known.boughtOn : boughtOn)
                    : this;
        }
    }

    record Appliance(
            @Nullable String serial,
            @Nullable String model,
            @Nullable LocalDate boughtOn,
            @Nullable LocalDate installedOn)
            implements Thing {
        public Appliance {
            serial = given(serial);
            model = given(model);
        }

        @Override
        public Map<ThingKey, String> keys() {
            return serial == null ? Map.of() : Map.of(ThingKey.SERIAL, serial);
        }

        @Override
        public Thing or(Thing other) {
            return other instanceof Appliance known
                    ? new Appliance(
                            first(serial, known.serial),
                            first(model, known.model),
                            boughtOn == null ? known.boughtOn : boughtOn,
                            installedOn == null ? known.installedOn : installedOn)
                    : this;
        }
    }

    /**
     * What was ordered.
     *
     * @param product in words
     */
    record Order(
            @Nullable String number,
            @Nullable LocalDate boughtOn,
            @Nullable Money amount,
            @Nullable String product) implements Thing {
        public Order {
            number = given(number);
            product = given(product);
        }

        @Override
        public Map<ThingKey, String> keys() {
            return number == null ? Map.of() : Map.of(ThingKey.ORDER, number);
        }

        @Override
        public @Nullable String model() {
            return product;
        }

        /** An order is its number. */
        @Override
        public boolean isNamed() {
            return number != null;
        }

        @Override
        public Thing or(Thing other) {
            return other instanceof Order known
                    ? new Order(
                            first(number, known.number),
                            boughtOn == null ? known.boughtOn : boughtOn,
                            amount == null ? known.amount : amount,
                            first(product, known.product))
                    : this;
        }
    }

    private static @Nullable String given(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String stripped = text.strip();
        return stripped.codePointCount(0, stripped.length()) <= LONGEST
                ? stripped
                : stripped.substring(0, stripped.offsetByCodePoints(0, LONGEST));
    }

    private static @Nullable String written(ThingKey key, @Nullable String text) {
        String value = given(text);
        return value == null ? null : given(key.normal(value));
    }

    private static @Nullable String first(@Nullable String one, @Nullable String two) {
        return one == null ? two : one;
    }

    private static Map<ThingKey, String> keys(
            ThingKey one, @Nullable String first, ThingKey two, @Nullable String second) {
        var keys = new EnumMap<ThingKey, String>(ThingKey.class);
        if (first != null) {
            keys.put(one, first);
        }
        if (second != null) {
            keys.put(two, second);
        }
        return keys;
    }
}
