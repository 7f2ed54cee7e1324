package io.bihuan.regulator;

import java.util.Locale;

/** Who sends cases. None of them has a public interface for companies: cases come as forms and tables. */
public enum Authority {
    /** The national platform of the market regulators. */
    PLATFORM_12315,
    /** Its online settlement between company and consumer (ODR). */
    ODR_12315,
    /** The government hotline. */
    HOTLINE_12345,
    /** The hotline of the financial regulator. */
    HOTLINE_12378,
    CONSUMER_ASSOCIATION,
    OTHER;

    /** The origin of its cases: their numbers are unique in it. */
    public String origin() {
        return "regulator:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
