package io.bihuan.portal.web;

import io.bihuan.web.FieldErrors;

/** What happened since the complaint was closed. */
public record ReopeningPage(String path, String number, ReopeningForm form, FieldErrors errors) {}
