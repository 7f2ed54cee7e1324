package io.bihuan.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes the {@link Shell} of a request. */
@Component
class Shells {
    private final Bundles bundles;
    private final Languages languages;
    private final Assets assets;
    private final ObjectProvider<Viewers> viewers;
    private final ObjectProvider<NavigationItem> items;
    private final ObjectProvider<SearchBox> searchBox;
    private final ObjectProvider<Bulletin> bulletins;
    private final ObjectProvider<LivePart> liveParts;
    private final ObjectProvider<WaitingCounts> waiting;

    Shells(
            Bundles bundles,
            Languages languages,
            Assets assets,
            ObjectProvider<Viewers> viewers,
            ObjectProvider<NavigationItem> items,
            ObjectProvider<SearchBox> searchBox,
            ObjectProvider<Bulletin> bulletins,
            ObjectProvider<LivePart> liveParts,
            ObjectProvider<WaitingCounts> waiting) {
        this.bundles = bundles;
        this.languages = languages;
        this.assets = assets;
        this.viewers = viewers;
        this.items = items;
        this.searchBox = searchBox;
        this.bulletins = bulletins;
        this.liveParts = liveParts;
        this.waiting = waiting;
    }

    Texts texts(HttpServletRequest request) {
        return bundles.in(languages.resolveLocale(request));
    }

    Shell of(HttpServletRequest request, HttpServletResponse response) {
        Texts texts = texts(request);
        Viewers known = viewers.getIfAvailable();
        Viewer viewer = known == null ? null : known.current();
        var navigation = viewer == null
                ? List.<NavigationItem>of()
                : items.stream()
                        .sorted(Comparator.comparingInt(NavigationItem::order).thenComparing(NavigationItem::href))
                        .toList();
        return new Shell(
                texts,
                request,
                Languages.theme(request),
                path(request),
                viewer,
                navigation,
                waiting,
                searchBox.getIfAvailable(),
                messages(request, response, texts, viewer),
                liveParts(viewer),
                assets);
    }

    private List<LivePart> liveParts(@Nullable Viewer viewer) {
        return viewer == null
                ? List.of()
                : liveParts
                        .orderedStream()
                        .filter(part -> viewer.mayOpen().test(part.href()))
                        .toList();
    }

    /** The path that was asked for, also while an error page is shown. */
    static String path(HttpServletRequest request) {
        var asked = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return asked != null ? asked : request.getRequestURI();
    }

    private List<Shell.Message> messages(
            HttpServletRequest request, HttpServletResponse response, Texts texts, @Nullable Viewer viewer) {
        var notices = new ArrayList<Notice>();
        // A part of a page has no place for it: the next full page shows it.
        if (request.getHeader("HX-Request") == null) {
            KeptNotice.take(request, response, texts).ifPresent(notices::add);
        }
        if (viewer != null) {
            bulletins.stream().forEach(bulletin -> bulletin.current().ifPresent(notices::add));
        }
        return notices.stream()
                .map(notice -> new Shell.Message(
                        texts.of(notice.key(), notice.arguments().toArray()), notice.tone()))
                .toList();
    }
}
