package io.bihuan.identity;

import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.List;

/** The channels to which a token may be restricted, named by the module that knows them. */
public interface TokenChannels {
    List<Option> options(Texts t);
}
