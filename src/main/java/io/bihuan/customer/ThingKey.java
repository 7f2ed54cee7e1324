package io.bihuan.customer;

import io.bihuan.identifier.Plate;
import io.bihuan.identifier.Vin;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Masks;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;

/** What names one thing among all of its kind. */
public enum ThingKey {
    VIN,
    PLATE,
    SERIAL,
    ORDER;

    /** The one way of writing by which it is compared. */
    String normal(String typed) {
        return switch (this) {
            case VIN -> Vin.check(typed).value();
            case PLATE -> Plate.check(typed).value();
            case SERIAL, ORDER ->
                Normalizer.normalize(typed, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .replaceAll("[\\s‐‑–—-]", "");
        };
    }

    byte[] index(String typed, Keys keys) {
        return Objects.requireNonNull(keys.blindIndex("customer-thing-" + name(), normal(typed)));
    }

    public String masked(String value) {
        return switch (this) {
            case VIN -> Masks.vin(value);
            case PLATE -> Masks.plate(value);
            // They name a product or a purchase, and nobody outside knows whose.
            case SERIAL, ORDER -> value;
        };
    }
}
