package io.bihuan.web;

/**
 * An entry of the staff navigation, a bean of the module that owns the page; shown to whoever may open it.
 *
 * @param key text of the label
 * @param icon a name of {@code static/app/icons.svg}
 * @param order smaller stands first
 */
public record NavigationItem(String key, String href, String icon, int order) {}
