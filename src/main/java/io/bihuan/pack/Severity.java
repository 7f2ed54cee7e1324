package io.bihuan.pack;

/** How serious a complaint is (级别); it decides the clocks. From the least to the most serious. */
public enum Severity {
    GENERAL,
    URGENT,
    MAJOR;

    /** This severity raised by so many levels, at most to {@link #MAJOR}. */
    public Severity raised(int levels) {
        var raised = this;
        for (var level = 0; level < levels; level++) {
            raised = switch (raised) {
                case GENERAL -> URGENT;
                case URGENT, MAJOR -> MAJOR;
            };
        }
        return raised;
    }

    public boolean atLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
