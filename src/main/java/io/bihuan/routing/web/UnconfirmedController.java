package io.bihuan.routing.web;

import io.bihuan.complaint.Worklist;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.routing.Unconfirmed;
import io.bihuan.routing.Unconfirmed.Place;
import io.bihuan.routing.Unconfirmed.Waiting;
import io.bihuan.web.Cursor;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The queue of complaints for which nobody has stood up; taking one confirms its ownership. */
@Controller
class UnconfirmedController {
    private static final String PATH = "/desk/unconfirmed";

    private final Unconfirmed unconfirmed;
    private final Staff staff;

    UnconfirmedController(Unconfirmed unconfirmed, Staff staff) {
        this.unconfirmed = unconfirmed;
        this.staff = staff;
    }

    @GetMapping(PATH)
    Page list(@RequestParam(required = false) @Nullable String cursor, @AuthenticationPrincipal SignedIn who, Texts t) {
        Cursor from = Cursor.read(cursor, 3);
        List<Waiting> found = unconfirmed.after(
                who.reach(), from == null ? null : new Place((int) from.number(0), from.instant(1), from.id(2)));
        boolean isMore = found.size() > Unconfirmed.PAGE;
        List<Waiting> shown = isMore ? found.subList(0, Unconfirmed.PAGE) : found;
        Map<UUID, StaffMember> people =
                staff.names(shown.stream().map(each -> each.row().owner()).collect(Collectors.toSet()));
        return Page.of(
                "routing/unconfirmed",
                new UnconfirmedPage(
                        shown.stream()
                                .map(each -> line(each.row(), people, who, t))
                                .toList(),
                        from == null ? null : PATH,
                        isMore ? PATH + "?cursor=" + cursor(shown.getLast().place()) : null));
    }

    private static String cursor(Place place) {
        return Cursor.after(place.urgency(), place.due(), place.id());
    }

    private static UnconfirmedPage.Line line(Worklist.Row row, Map<UUID, StaffMember> people, SignedIn who, Texts t) {
        StaffMember owner = people.get(row.owner());
        return new UnconfirmedPage.Line(
                row.number().digits(),
                row.number().readable(),
                row.version(),
                row.headline(t),
                row.severity(),
                row.priority(),
                row.channel(),
                owner == null ? "—" : owner.name(),
                row.owner().equals(who.id()),
                row.dueAt());
    }
}
