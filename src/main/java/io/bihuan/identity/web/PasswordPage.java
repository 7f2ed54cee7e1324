package io.bihuan.identity.web;

import io.bihuan.web.FieldErrors;

/** Where somebody changes the own password. */
public record PasswordPage(boolean isFirst, String login, FieldErrors errors) {}
