package io.bihuan.identity.web;

import io.bihuan.identity.Token;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;

/** All tokens, and a form for one more with the business lines and channels to which it can be restricted. */
public record TokensPage(
        List<Token> tokens,
        TokenForm form,
        List<Option> lines,
        List<Option> channels,
        FieldErrors errors,
        Instant now) {
    /** The name of a line or channel, or its code when there is none of this code any more. */
    public static String name(List<Option> options, String code) {
        return options.stream()
                .filter(option -> option.value().equals(code))
                .map(Option::label)
                .findFirst()
                .orElse(code);
    }
}
