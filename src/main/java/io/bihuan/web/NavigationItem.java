package io.bihuan.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the staff navigation, a bean of the module that owns the page; shown to whoever may open it.
 *
 * @param key text of the label
 * @param icon a name of {@code static/app/icons.svg}
 * @param order smaller stands first
 * @param waiting how much waits behind it
 * @param also other addresses whose pages belong to it
 * @param group text of the entry under which it stands together with others; null: it stands alone
 */
public record NavigationItem(
        String key,
        String href,
        String icon,
        int order,
        WaitingCount waiting,
        List<String> also,
        @Nullable String group) {
    public NavigationItem(String key, String href, String icon, int order) {
        this(key, href, icon, order, WaitingCount.NOTHING);
    }

    public NavigationItem(String key, String href, String icon, int order, WaitingCount waiting) {
        this(key, href, icon, order, waiting, List.of(), null);
    }

    /** The same entry, which is also that of the pages at and below these addresses. */
    public NavigationItem andBelow(String... addresses) {
        return new NavigationItem(key, href, icon, order, waiting, List.of(addresses), group);
    }

    /** The same entry in a group: one entry of the navigation, whose pages are beside each other above the page. */
    public NavigationItem in(String groupKey) {
        return new NavigationItem(key, href, icon, order, waiting, also, groupKey);
    }

    /** The longest of its addresses that the path lies at or below; empty when there is none. */
    String addressOf(String path) {
        String longest = "";
        for (int i = -1; i < also.size(); i++) {
            String address = i < 0 ? href : also.get(i);
            boolean fits = path.equals(address) || path.startsWith(address + "/");
            if (fits && address.length() > longest.length()) {
                longest = address;
            }
        }
        return longest;
    }
}
