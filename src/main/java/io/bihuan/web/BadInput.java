package io.bihuan.web;

import java.util.List;

/** A request that cannot be read: 400, with a pointer to the member of the body or the parameter that is wrong. */
public class BadInput extends RuntimeException {
    private final String pointer;
    private final String key;
    private final transient List<Object> arguments;

    /**
     * @param pointer JSON pointer ({@code /customer/phone}), for a query parameter its name after a slash
     * @param key text that says what is wrong
     */
    public BadInput(String pointer, String key, Object... arguments) {
        super(pointer + " " + key);
        this.pointer = pointer;
        this.key = key;
        this.arguments = List.of(arguments);
    }

    public String pointer() {
        return pointer;
    }

    public String key() {
        return key;
    }

    public List<Object> arguments() {
        return arguments;
    }
}
