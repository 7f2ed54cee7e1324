package io.bihuan.identity;

import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.List;

/** The certificates that somebody may have to hold; the module that asks for them provides it. */
@FunctionalInterface
public interface CertificateChoices {
    List<Option> options(Texts t);
}
