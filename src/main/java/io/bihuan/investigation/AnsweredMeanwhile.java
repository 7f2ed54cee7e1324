package io.bihuan.investigation;

import io.bihuan.platform.Refused;

/** Somebody else has answered the line meanwhile: whoever answers it now has to read that first. */
public class AnsweredMeanwhile extends Refused {
    AnsweredMeanwhile() {
        super("investigation.refused.answered");
    }
}
