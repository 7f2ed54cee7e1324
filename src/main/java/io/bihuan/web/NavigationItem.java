package io.bihuan.web;

import java.util.UUID;

/**
 * An entry of the staff navigation, a bean of the module that owns the page; shown to whoever may open it.
 *
 * @param key text of the label
 * @param icon a name of {@code static/app/icons.svg}
 * @param order smaller stands first
 * @param waiting how much waits behind it
 */
public record NavigationItem(String key, String href, String icon, int order, Waiting waiting) {
    /** Counts what waits for somebody; asked for on every page, so it must be quick, and may stop at a hundred. */
    @FunctionalInterface
    public interface Waiting {
        int of(UUID viewer);
    }

    public NavigationItem(String key, String href, String icon, int order) {
        this(key, href, icon, order, viewer -> 0);
    }
}
