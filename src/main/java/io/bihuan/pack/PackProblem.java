package io.bihuan.pack;

/** What is wrong at a place of a pack and what to do about it. */
public record PackProblem(Position position, String message) {
    @Override
    public String toString() {
        return position + " " + message;
    }
}
