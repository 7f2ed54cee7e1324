package io.bihuan.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** One sentence, ready to print. */
    public record Message(String text, Notice.Tone tone) {}

    private final Texts texts;
    private final HttpServletRequest request;
    private final String theme;
    private final String path;
    private final @Nullable Viewer viewer;
    private final List<NavigationItem> items;
    private final @Nullable SearchBox searchBox;
    private final List<Message> messages;
    private final List<LivePart> liveParts;
    private final Assets assets;

    Shell(
            Texts texts,
            HttpServletRequest request,
            String theme,
            String path,
            @Nullable Viewer viewer,
            List<NavigationItem> items,
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

    /** The navigation entries that the viewer may open; the longest address that fits the current path is here. */
    public List<Entry> navigation() {
        if (viewer == null) {
            return List.of();
        }
        String here = "";
        for (NavigationItem item : items) {
            String address = item.addressOf(path);
            if (address.length() > here.length()) {
                here = address;
            }
        }
        var entries = new ArrayList<Entry>();
        for (NavigationItem item : items) {
            if (viewer.mayOpen().test(item.href())) {
                entries.add(new Entry(
                        texts.of(item.key()),
                        item.href(),
                        item.icon(),
                        !here.isEmpty() && item.addressOf(path).equals(here),
                        item.waiting().of(viewer.id())));
            }
        }
        return entries;
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
