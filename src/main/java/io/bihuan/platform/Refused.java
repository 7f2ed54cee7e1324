package io.bihuan.platform;

import java.util.List;

/**
 * A request that the rules do not allow. The key names a text of the module's bundle ({@code messages/<module>_*}); pages and
 * the API show that text. Nothing has been changed when it is thrown inside a command: the transaction rolls back.
 */
public class Refused extends RuntimeException {
    private final String key;
    private final transient List<Object> arguments;

    public Refused(String key, Object... arguments) {
        super(key + (arguments.length == 0 ? "" : " " + List.of(arguments)));
        this.key = key;
        this.arguments = List.of(arguments);
    }

    public String key() {
        return key;
    }

    public List<Object> arguments() {
        return arguments;
    }
}
