package io.bihuan.portal;

import java.time.Duration;

/** What customers may do only so often from one address. A family or an office shares an address; a script does not stop at these. */
enum Allowance {
    FILING(10, Duration.ofMinutes(10)),
    /** Posts that bring files: storing them is the costly part. */
    UPLOAD(40, Duration.ofMinutes(10)),
    LOOKUP(20, Duration.ofMinutes(10)),
    /** Information, confirmation and withdrawal by link. */
    ANSWER(30, Duration.ofMinutes(10));

    private final int most;
    private final Duration window;

    Allowance(int most, Duration window) {
        this.most = most;
        this.window = window;
    }

    int most() {
        return most;
    }

    Duration window() {
        return window;
    }
}
