package io.bihuan.platform.files;

/** The answer of a virus scanner. */
sealed interface Verdict {
    record Clean() implements Verdict {}

    /**
     * Something was found in it.
     *
     * @param threat what the scanner calls it
     */
    record Infected(String threat) implements Verdict {}

    record Failed(ScanFailure why) implements Verdict {}
}
