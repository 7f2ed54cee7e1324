package io.bihuan.web;

import java.util.List;

/** A request that cannot be read: 400, with a pointer to each member of the body or parameter that is wrong. */
public class BadInput extends RuntimeException {
    /**
     * One thing that is wrong.
     *
     * @param pointer JSON pointer ({@code /customer/phone}), for a query parameter its name after a slash
     * @param key text that says what is wrong
     */
    public record Error(String pointer, String key, List<Object> arguments) {
        public Error {
            arguments = List.copyOf(arguments);
        }
    }

    private final transient List<Error> errors;

    public BadInput(String pointer, String key, Object... arguments) {
        this(List.of(new Error(pointer, key, List.of(arguments))));
    }

    public BadInput(List<Error> errors) {
        super(errors.stream().map(error -> error.pointer() + " " + error.key()).toList().toString());
        this.errors = List.copyOf(errors);
    }

    public List<Error> errors() {
        return errors;
    }
}
