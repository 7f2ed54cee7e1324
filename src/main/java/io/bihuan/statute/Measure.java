package io.bihuan.statute;

/** What a number of the law counts, and what it may be. */
public enum Measure {
    DAYS(1, 3_650),
    WORKING_DAYS(1, 366),
    MONTHS(1, 600),
    YEARS(1, 30),
    KILOMETRES(1, 1_000_000),
    TIMES(1, 1_000),
    YUAN(1, 1_000_000),
    /** Written as {@code 0.5%}. */
    PERCENT(0, 100);

    private final int least;
    private final int most;

    Measure(int least, int most) {
        this.least = least;
        this.most = most;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }
}
