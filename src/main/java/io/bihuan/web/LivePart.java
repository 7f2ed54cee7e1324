package io.bihuan.web;

/**
 * A part of every page of the desk that follows what happens: read at the beginning and after each news of its topic. A bean of the
 * module that owns it; shown to whoever may open its address.
 *
 * @param labelKey text that names it to who cannot see it
 */
public record LivePart(String topic, String href, String labelKey) {}
