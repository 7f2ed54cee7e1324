package io.bihuan.dossier;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.dossier.DossierEvent.DossierSealed;
import io.bihuan.platform.Actor;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Follower;
import io.bihuan.web.Bundles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Seals the file of each complaint that is archived: its hash stands in the history, which nobody can change unseen. */
@Component
class DossierSeal implements Follower {
    private final Complaints complaints;
    private final Dossiers dossiers;
    private final Bundles bundles;

    DossierSeal(Complaints complaints, Dossiers dossiers, Bundles bundles) {
        this.complaints = complaints;
        this.dossiers = dossiers;
        this.bundles = bundles;
    }

    @Override
    public String name() {
        return "dossier-seal";
    }

    @Override
    public void apply(List<Feed.Entry> page) {
        page.stream()
                .filter(entry -> entry.type().equals("Archived"))
                .map(Feed.Entry::subjectId)
                .distinct()
                .flatMap(id -> complaints.find(List.of(id)).stream())
                .filter(complaint -> !complaint.isOpen() && complaint.erasedAt() == null && !complaint.isJoined())
                .forEach(this::seal);
    }

    private void seal(Complaint complaint) {
        complaints.record(complaint.number(), null, Actor.SYSTEM, (locked, writes) -> {
            DossierContent content = dossiers.of(locked, true, bundles.in(Locale.SIMPLIFIED_CHINESE));
            String text = content.text();
            return List.of(new DossierSealed(
                    DossierZip.sha256(text.getBytes(StandardCharsets.UTF_8)),
                    (int) text.lines().count(),
                    content.files().size()));
        });
    }
}
