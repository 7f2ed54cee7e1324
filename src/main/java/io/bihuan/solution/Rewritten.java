package io.bihuan.solution;

import io.bihuan.platform.Refused;

/** Somebody else has written the proposal meanwhile: whoever writes it now has to read that first. */
public class Rewritten extends Refused {
    Rewritten() {
        super("solution.refused.rewritten");
    }
}
