package io.bihuan.correspondence.web;

import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A letter that is to be sent.
 *
 * @param occasion makes the same form, sent twice, one message
 * @param in the language of the customer
 * @param preview whether it is only to be looked at
 */
public record MessageForm(
        String occasion,
        String notice,
        String letter,
        String in,
        String way,
        @Size(max = MessageForm.LONGEST) String findings,
        @Size(max = MessageForm.LONGEST) String measures,
        @Size(max = MessageForm.LONGEST) String guarantee,
        @Size(max = MessageForm.LONGEST) String routes,
        String preview) {
    /** Characters of what is filled into one place of a letter. */
    public static final int LONGEST = 1_000;

    public MessageForm(
            @Nullable String occasion,
            @Nullable String notice,
            @Nullable String letter,
            @Nullable String in,
            @Nullable String way,
            @Nullable String findings,
            @Nullable String measures,
            @Nullable String guarantee,
            @Nullable String routes,
            @Nullable String preview) {
        this.occasion = Objects.requireNonNullElse(occasion, "");
        this.notice = Objects.requireNonNullElse(notice, "");
        this.letter = Objects.requireNonNullElse(letter, "");
        this.in = Objects.requireNonNullElse(in, "");
        this.way = Objects.requireNonNullElse(way, "");
        this.findings = Objects.requireNonNullElse(findings, "");
        this.measures = Objects.requireNonNullElse(measures, "");
        this.guarantee = Objects.requireNonNullElse(guarantee, "");
        this.routes = Objects.requireNonNullElse(routes, "");
        this.preview = Objects.requireNonNullElse(preview, "");
    }
}
