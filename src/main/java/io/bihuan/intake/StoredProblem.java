package io.bihuan.intake;

import java.util.List;

/**
 * What the pack did not take in a message, as it is kept with the message: one line of text.
 *
 * @param pointer of the field
 * @param key of the text that says what is wrong
 */
public record StoredProblem(String pointer, String key, List<String> arguments) {
    private static final String SEPARATOR = "\u001f";

    public StoredProblem {
        arguments = List.copyOf(arguments);
    }

    /** Reads a line; one that is something else has no key. */
    public static StoredProblem parse(String line) {
        List<String> parts = List.of(line.split(SEPARATOR, -1));
        String head = parts.getFirst();
        int space = head.lastIndexOf(' ');
        return !head.startsWith("/") || space < 0
                ? new StoredProblem("", "", List.of(line))
                : new StoredProblem(
                        head.substring(0, space), head.substring(space + 1), parts.subList(1, parts.size()));
    }

    @Override
    public String toString() {
        return pointer + " " + key + (arguments.isEmpty() ? "" : SEPARATOR + String.join(SEPARATOR, arguments));
    }
}
