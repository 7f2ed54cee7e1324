package benchmark;

import java.util.Arrays;
import java.util.Locale;

/** A figure that was measured several times. */
record Spread(double median, double least, double most) {
    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** With that many decimals: {@code 12.3 (11.9–13.0)}. */
    String text(int decimals) {
        String one = "%." + decimals + "f";
        return String.format(Locale.ROOT, one + " (" + one + "–" + one + ")", median, least, most);
    }

    /** The value below which that share of the (sorted) values lies. */
    static double percentile(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * share) - 1)];
    }

    static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * share) - 1)];
    }
}
