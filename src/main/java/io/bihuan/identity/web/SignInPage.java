package io.bihuan.identity.web;

import org.jspecify.annotations.Nullable;

/** The door of the staff. */
public record SignInPage(String login, String to, @Nullable String error) {}
