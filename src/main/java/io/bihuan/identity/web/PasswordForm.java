package io.bihuan.identity.web;

import org.jspecify.annotations.Nullable;

/** The own password, now and then. */
public record PasswordForm(
        @Nullable String current,
        @Nullable String next,
        @Nullable String again) {
    public PasswordForm {
        current = current == null ? "" : current;
        next = next == null ? "" : next;
        again = again == null ? "" : again;
    }
}
