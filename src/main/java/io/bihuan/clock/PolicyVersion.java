package io.bihuan.clock;

/**
 * A policy as it was once written down; never changes.
 *
 * @param revision 0 as the pack's version came first, then one more with every change
 */
public record PolicyVersion(String pack, int packVersion, int revision, ClockPolicy terms) {
    public String name() {
        return terms.name();
    }

    /** What names it: {@code appliance/1/solve/0}. */
    @Override
    public String toString() {
        return pack + "/" + packVersion + "/" + terms.name() + "/" + revision;
    }
}
