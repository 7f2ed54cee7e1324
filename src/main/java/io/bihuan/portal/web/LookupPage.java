package io.bihuan.portal.web;

import org.jspecify.annotations.Nullable;

/** The form by which a customer finds a complaint; the error says the same whatever was wrong. */
public record LookupPage(String number, @Nullable String error) {}
