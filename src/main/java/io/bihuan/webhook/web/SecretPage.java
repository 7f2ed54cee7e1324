package io.bihuan.webhook.web;

import java.util.UUID;

/** A secret that is shown once. */
public record SecretPage(UUID endpoint, String secret, boolean isNew) {}
