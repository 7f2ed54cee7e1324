package io.bihuan.wechat.web;

/** A link that opens nothing. */
public record BrokenPage() {}
