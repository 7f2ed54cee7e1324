package io.bihuan.identity.web;

/** Something that is shown once. */
public record SecretPage(String title, String label, String secret, String hint, String backHref, String backText) {}
