package io.bihuan.pack;

import io.bihuan.web.Phrase;

/** What is wrong at a place of a pack and what to do about it; as a string in English. */
public record PackProblem(Position position, Phrase message) {
    @Override
    public String toString() {
        return position + " " + message;
    }
}
