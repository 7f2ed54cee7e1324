package io.bihuan.message.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Route;
import io.bihuan.identity.RouteRules;
import io.bihuan.identity.SignedIn;
import io.bihuan.message.Notices;
import io.bihuan.web.BadInput;
import io.bihuan.web.Cursor;
import io.bihuan.web.NavigationItem;
import io.bihuan.web.Page;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a colleague was told; reading is said by the person, not by opening the page. */
@Controller
class NoticesController {
    private final Notices notices;
    private final InstantSource time;

    NoticesController(Notices notices, InstantSource time) {
        this.notices = notices;
        this.time = time;
    }

    @GetMapping("/desk/notices")
    Page show(@AuthenticationPrincipal SignedIn who, @RequestParam(required = false) @Nullable String after) {
        Cursor cursor = Cursor.read(after, 2);
        List<Notices.Received> found =
                notices.of(who.id(), cursor == null ? null : new Notices.Place(cursor.instant(0), cursor.id(1)));
        boolean more = found.size() > Notices.PAGE;
        List<Notices.Received> page = more ? found.subList(0, Notices.PAGE) : found;
        String next = more
                ? "/desk/notices?after="
                        + Cursor.after(
                                page.getLast().notice().at(),
                                page.getLast().notice().occasion())
                : null;
        return Page.of(
                "message/notices",
                new NoticesPage(page, next, time.instant(), page.stream().anyMatch(notice -> notice.readAt() == null)));
    }

    @PostMapping("/desk/notices/reading")
    Page read(@AuthenticationPrincipal SignedIn who, @RequestParam String seenAt) {
        try {
            notices.read(who.id(), Instant.parse(seenAt));
        } catch (DateTimeException e) {
            throw new BadInput("#/seenAt", "web.field.missing");
        }
        return Page.to("/desk/notices");
    }

    /** What the module gives to the frame of all pages. */
    @Configuration(proxyBeanMethods = false)
    static class Parts {
        @Bean
        RouteRules noticeRoutes() {
            return () -> List.of(
                    Route.staff("/desk/notices"),
                    Route.staff("/desk/notices/reading"),
                    Route.roles("/desk/robots/**", Role.ADMINISTRATOR));
        }

        @Bean
        NavigationItem robotsItem() {
            return new NavigationItem("message.robots.title", "/desk/robots", "message", 86)
                    .in("web.navigation.administration");
        }

        @Bean
        NavigationItem noticesItem() {
            return new NavigationItem("message.notices.title", "/desk/notices", "message", 13, Notices.UNREAD);
        }
    }
}
