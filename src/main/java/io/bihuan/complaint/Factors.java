package io.bihuan.complaint;

/** The levels of an assessment, each from 1 to {@link Factor#MOST}. */
public record Factors(int severity, int safety, int complexity, int impact, int immediacy) {
    /** From this level of safety on it comes first, whatever else is said of it. */
    public static final int UNSAFE = 3;

    public Factors {
        check(severity);
        check(safety);
        check(complexity);
        check(impact);
        check(immediacy);
    }

    private static void check(int level) {
        if (level < 1 || level > Factor.MOST) {
            throw new IllegalArgumentException("no level: " + level);
        }
    }

    public int level(Factor factor) {
        return switch (factor) {
            case SEVERITY -> severity;
            case SAFETY -> safety;
            case COMPLEXITY -> complexity;
            case IMPACT -> impact;
            case IMMEDIACY -> immediacy;
        };
    }
}
