package io.bihuan.routing.web;

import io.bihuan.complaint.CasePart;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Dossier;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.routing.Recusals;
import io.bihuan.routing.RoutingEvent;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The tab of assessment and routing, and who must keep out of the complaint at a glance. */
@Component
@Order(10)
class RoutingTab implements CasePart {
    static final String PATH = "routing";

    private final Recusals recusals;
    private final Staff staff;

    RoutingTab(Recusals recusals, Staff staff) {
        this.recusals = recusals;
        this.staff = staff;
    }

    @Override
    public List<Tab> tabs(Complaint complaint, SignedIn who) {
        return List.of(new Tab("routing.tab", PATH, "users", 0));
    }

    @Override
    public List<Glance> glances(Complaint complaint, SignedIn who, Texts t) {
        List<Recusals.Named> named = recusals.of(complaint.id());
        if (named.isEmpty()) {
            return List.of();
        }
        String names = named.stream()
                .map(each -> name(each.staff(), each.code()))
                .collect(Collectors.joining(t.of("routing.separator")));
        return List.of(new Glance(t.of("routing.glance"), names, "orange", PATH));
    }

    @Override
    public Front front(Dossier dossier, SignedIn who, Texts t) {
        Complaint complaint = dossier.complaint();
        return new Front(
                tabs(complaint, who), dossier.mayHave(RoutingEvent.class) ? glances(complaint, who, t) : List.of());
    }

    private String name(@Nullable UUID person, @Nullable String code) {
        return person == null
                ? String.valueOf(code)
                : staff.find(person).map(StaffMember::name).orElse("—");
    }
}
