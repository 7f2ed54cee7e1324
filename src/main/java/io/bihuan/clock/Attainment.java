package io.bihuan.clock;

/**
 * How many of the clocks that were due were met: the share, and how far chance alone may have moved it (Wilson's score interval, 95 %).
 * Without any clock there is no share: {@link #of} is the number of clocks to ask first.
 */
public record Attainment(long met, long of) {
    private static final double Z = 1.959963984540054;

    public Attainment {
        if (met < 0 || met > of) {
            throw new IllegalArgumentException(met + " of " + of);
        }
    }

    /** 0 to 1. */
    public double share() {
        return of == 0 ? 0 : (double) met / of;
    }

    public double low() {
        return met == 0 ? 0 : middle() - reach();
    }

    public double high() {
        return met == of ? 1 : middle() + reach();
    }

    private double middle() {
        return (share() + Z * Z / (2 * of)) / (1 + Z * Z / of);
    }

    private double reach() {
        double p = share();
        return Z / (1 + Z * Z / of) * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of));
    }
}
