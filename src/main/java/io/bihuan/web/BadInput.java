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
    public record Wrong(String pointer, String key, List<Object> arguments) {
        public Wrong {
            arguments = List.copyOf(arguments);
        }
    }

    private final transient List<Wrong> errors;

    public BadInput(String pointer, String key, Object... arguments) {
        this(List.of(new Wrong(pointer, key, List.of(arguments))));
    }

    public BadInput(List<Wrong> errors) {
        super(errors.stream()
                .map(wrong -> wrong.pointer() + " " + wrong.key())
                .toList()
                .toString());
        this.errors = List.copyOf(errors);
    }

    public List<Wrong> errors() {
        return errors;
    }
}
