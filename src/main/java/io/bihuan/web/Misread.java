package io.bihuan.web;

/** A text that cannot be read as what it is meant for, with what is wrong and how to write it. */
public class Misread extends IllegalArgumentException {
    private final transient Phrase phrase;

    public Misread(Phrase phrase) {
        super(phrase.toString());
        this.phrase = phrase;
    }

    public Misread(String key, Object... arguments) {
        this(Phrase.of(key, arguments));
    }

    public Phrase phrase() {
        return phrase;
    }
}
