package io.bihuan.portal.web;

/** A link that leads nowhere, and the ways on from there. */
public record BrokenPage() {}
