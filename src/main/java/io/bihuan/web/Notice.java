package io.bihuan.web;

import java.util.List;

/** A sentence for the person at the screen: what was done, what went wrong, what to know. */
public record Notice(Tone tone, String key, List<String> arguments) {
    public enum Tone {
        SUCCESS("success"),
        INFORMATION("info"),
        WARNING("warning"),
        DANGER("danger");

        private final String css;

        Tone(String css) {
            this.css = css;
        }

        /** The Bootstrap word for it. */
        public String css() {
            return css;
        }
    }

    public Notice {
        arguments = List.copyOf(arguments);
    }

    public static Notice of(Tone tone, String key, Object... arguments) {
        return new Notice(
                tone,
                key,
                java.util.Arrays.stream(arguments).map(String::valueOf).toList());
    }
}
