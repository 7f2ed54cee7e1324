package io.bihuan.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.csrf.CsrfToken;

/** What every template needs beside its own page: texts, theme, who looks, where, and what to tell. */
public final class Shell {
    /** One navigation entry, ready to print. */
    public record Entry(String label, String href, String icon, boolean isHere, int waiting) {
        private static final int MOST = 99;

        /** The number beside the label. */
        public String count() {
            return waiting > MOST ? MOST + "+" : Integer.toString(waiting);
        }
    }

    /** What stands in the navigation bar, and what is folded behind its last entry because it does not fit. */
    public record Navigation(List<Entry> bar, List<Entry> further) {
        /** The folded entry of this page; null: it stands in the bar. */
        public @Nullable Entry hereFurther() {
            return further.stream().filter(Entry::isHere).findFirst().orElse(null);
        }

        /** How much waits behind the folded entries. */
        public Entry folded(String label) {
            return new Entry(
                    label,
                    "",
                    "",
                    false,
                    further.stream().mapToInt(Entry::waiting).sum());
        }
    }

    /** One sentence, ready to print. */
    public record Message(String text, Notice.Tone tone) {}

    /** The bar on a screen of 1280, in widths of a Chinese letter; then the entry that folds, an entry's icon and space, its number. */
    private static final double BAR = 84;

    private static final double FURTHER = 10;
    private static final double AROUND = 3.5;
    private static final double COUNT = 2.2;
    private static final double LATIN = 0.56;

    private final Texts texts;
    private final HttpServletRequest request;
    private final String theme;
    private final String path;
    private final @Nullable Viewer viewer;
    private final List<NavigationItem> items;
    private final ObjectProvider<WaitingCounts> waiting;
    private final @Nullable SearchBox searchBox;
    private final List<Message> messages;
    private final List<LivePart> liveParts;
    private final Assets assets;
    private @Nullable Map<NavigationItem, Integer> counts;
    private @Nullable List<NavigationItem> open;
    private @Nullable List<Entry> navigation;

    Shell(
            Texts texts,
            HttpServletRequest request,
            String theme,
            String path,
            @Nullable Viewer viewer,
            List<NavigationItem> items,
            ObjectProvider<WaitingCounts> waiting,
            @Nullable SearchBox searchBox,
            List<Message> messages,
            List<LivePart> liveParts,
            Assets assets) {
        this.texts = texts;
        this.request = request;
        this.theme = theme;
        this.path = path;
        this.viewer = viewer;
        this.items = items;
        this.waiting = waiting;
        this.searchBox = searchBox;
        this.messages = messages;
        this.liveParts = liveParts;
        this.assets = assets;
    }

    public Texts t() {
        return texts;
    }

    /** {@code light}, {@code dark} or {@code auto} (as the device says). */
    public String theme() {
        return theme;
    }

    public String path() {
        return path;
    }

    public @Nullable Viewer viewer() {
        return viewer;
    }

    public @Nullable SearchBox searchBox() {
        return searchBox;
    }

    /** The words the search box was asked for on this page. */
    public String searched() {
        String words = searchBox == null || !path.equals(searchBox.href())
                ? null
                : request.getParameter(searchBox.parameter());
        return words == null ? "" : words;
    }

    public List<Message> messages() {
        return messages;
    }

    /** Parts that follow what happens, which the viewer may see. */
    public List<LivePart> liveParts() {
        return liveParts;
    }

    /** Whether the viewer may follow what happens. */
    public boolean followsNews() {
        return viewer != null && viewer.mayOpen().test("/desk/changes");
    }

    /** Name of the hidden field that proves a form is ours. Asking for it sets the cookie beside it. */
    public String csrfName() {
        CsrfToken token = csrf();
        return token == null ? "_csrf" : token.getParameterName();
    }

    public String csrfValue() {
        CsrfToken token = csrf();
        return token == null ? "" : token.getToken();
    }

    private @Nullable CsrfToken csrf() {
        return (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    }

    /** The navigation entries that the viewer may open, each group as one; the longest address that fits the current path is here. */
    public List<Entry> navigation() {
        List<Entry> made = navigation;
        if (made == null) {
            made = made();
            navigation = made;
        }
        return made;
    }

    /** The navigation in two parts, so that a desk's screen shows the bar without scrolling it. */
    public Navigation bar() {
        List<Entry> all = navigation();
        if (width(all) <= BAR) {
            return new Navigation(all, List.of());
        }
        int fit = all.size();
        while (fit > 0 && width(all.subList(0, fit)) > BAR - FURTHER) {
            fit--;
        }
        return new Navigation(all.subList(0, fit), all.subList(fit, all.size()));
    }

    /** What they take beside each other, in widths of a Chinese letter. Nobody knows the font: it is a little too much. */
    private static double width(List<Entry> entries) {
        return entries.stream()
                .mapToDouble(entry -> AROUND
                        + (entry.waiting() > 0 ? COUNT : 0)
                        + entry.label()
                                .codePoints()
                                .mapToDouble(letter -> Character.isIdeographic(letter) ? 1 : LATIN)
                                .sum())
                .sum();
    }

    private List<Entry> made() {
        var entries = new LinkedHashMap<String, Entry>();
        for (NavigationItem item : open()) {
            String group = item.group();
            entries.merge(group == null ? item.href() : group, entry(item, group), Shell::together);
        }
        return List.copyOf(entries.values());
    }

    private static Entry together(Entry first, Entry next) {
        return new Entry(
                first.label(),
                first.href(),
                first.icon(),
                first.isHere() || next.isHere(),
                first.waiting() + next.waiting());
    }

    /** The pages beside this one in its group; empty where it stands alone. */
    public List<Entry> neighbours() {
        List<NavigationItem> open = open();
        return open.stream()
                .filter(this::isHere)
                .map(NavigationItem::group)
                .filter(Objects::nonNull)
                .findFirst()
                .map(group -> open.stream()
                        .filter(item -> group.equals(item.group()))
                        .map(item -> entry(item, null))
                        .toList())
                .filter(beside -> beside.size() > 1)
                .orElse(List.of());
    }

    private List<NavigationItem> open() {
        List<NavigationItem> may = open;
        if (may == null) {
            Viewer who = viewer;
            may = who == null
                    ? List.of()
                    : items.stream()
                            .filter(item -> who.mayOpen().test(item.href()))
                            .toList();
            open = may;
        }
        return may;
    }

    private Entry entry(NavigationItem item, @Nullable String group) {
        return new Entry(
                texts.of(group == null ? item.key() : group), item.href(), item.icon(), isHere(item), waiting(item));
    }

    private int waiting(NavigationItem item) {
        Map<NavigationItem, Integer> counted = counts;
        if (counted == null) {
            counted = new HashMap<>();
            Viewer who = viewer;
            if (who != null) {
                List<NavigationItem> open = open();
                List<Integer> found = waiting.getObject()
                        .of(open.stream().map(NavigationItem::waiting).toList(), who.id(), who.department());
                for (int i = 0; i < open.size(); i++) {
                    counted.put(open.get(i), found.get(i));
                }
            }
            counts = counted;
        }
        return counted.getOrDefault(item, 0);
    }

    private boolean isHere(NavigationItem item) {
        String address = item.addressOf(path);
        return !address.isEmpty()
                && items.stream().noneMatch(other -> other.addressOf(path).length() > address.length());
    }

    /** Address of a file of ours or of a webjar, with its version in it so that browsers may keep it for a year. */
    public String asset(String name) {
        return assets.url(name);
    }

    /** This page with one query parameter set. */
    public String here(String parameter, String value) {
        var query = new StringBuilder();
        String now = request.getMethod().equals("GET") ? request.getQueryString() : null;
        for (String part : now == null ? new String[0] : now.split("&", -1)) {
            if (!part.startsWith(parameter + "=") && !part.isEmpty()) {
                query.append(query.isEmpty() ? "?" : "&").append(part);
            }
        }
        return path
                + query.append(query.isEmpty() ? "?" : "&")
                        .append(parameter)
                        .append('=')
                        .append(value);
    }
}
