package io.bihuan.web;

/** A choice of a select: what is sent and what is read. */
public record Option(String value, String label) {}
