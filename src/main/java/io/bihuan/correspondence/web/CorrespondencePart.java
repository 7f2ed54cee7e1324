package io.bihuan.correspondence.web;

import io.bihuan.complaint.CasePart;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Stage;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Notice;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Kind;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The page of what was said to the customer, and how far the notices have come. */
@Component
@Order(90)
class CorrespondencePart implements CasePart {
    static final String PATH = "messages";

    private final Correspondence correspondence;
    private final InstantSource time;

    CorrespondencePart(Correspondence correspondence, InstantSource time) {
        this.correspondence = correspondence;
        this.time = time;
    }

    @Override
    public List<Tab> tabs(Complaint complaint, SignedIn who) {
        return List.of(new Tab("correspondence.tab", PATH, "message", 0));
    }

    @Override
    public List<Glance> glances(Complaint complaint, SignedIn who, Texts t) {
        if (complaint.kind() != Kind.COMPLAINT || complaint.stage() == Stage.ACCEPT || !complaint.isOpen()) {
            return List.of();
        }
        Correspondence.Progress progress = correspondence.progress(complaint);
        int all = Notice.values().length;
        Optional<Instant> next = Arrays.stream(Notice.values())
                .map(notice -> complaint.runningClocks().get(notice.clock()))
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
        boolean isLate = next.filter(due -> due.isBefore(time.instant())).isPresent();
        Notice ready = progress.ready();
        String text = ready != null
                ? t.of("correspondence.notices.ready." + ready.name())
                : next.map(due -> t.of("correspondence.glance.next", progress.told(), all, t.due(due)))
                        .orElseGet(() -> t.of("correspondence.glance.told", progress.told(), all));
        return List.of(
                new Glance(t.of("correspondence.glance"), text, isLate ? "red" : ready == null ? null : "blue", PATH));
    }
}
