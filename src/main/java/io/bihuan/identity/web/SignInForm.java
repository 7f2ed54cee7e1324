package io.bihuan.identity.web;

import org.jspecify.annotations.Nullable;

/** Somebody's login and password, and where he wanted to go. */
public record SignInForm(
        @Nullable String login,
        @Nullable String password,
        @Nullable String to) {
    public SignInForm {
        login = login == null ? "" : login;
        password = password == null ? "" : password;
        to = to == null ? "" : to;
    }

    /** A page of ours: nobody is sent to a stranger after signing in. */
    String target() {
        String path = String.valueOf(to);
        boolean isOurs =
                path.startsWith("/") && !path.startsWith("//") && path.chars().noneMatch(c -> c < ' ' || c == '\\');
        return isOurs ? path : "/desk";
    }
}
