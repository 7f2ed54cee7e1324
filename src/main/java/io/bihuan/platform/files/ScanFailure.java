package io.bihuan.platform.files;

/** Why a file was not scanned. */
public enum ScanFailure {
    /** Larger than the scanner takes: it is not asked again. */
    TOO_LARGE,
    /** Nobody answers at the scanner's address. */
    UNREACHABLE,
    /** It did not answer in time. */
    TIMEOUT,
    /** It answered that it cannot, or something that is no answer. */
    REFUSED
}
