package io.bihuan.investigation;

import io.bihuan.complaint.CaseGuard;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Playbook;
import io.bihuan.web.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Nothing counts as verified before enough is known of it; from when on an investigation was begun, or where the pack always wants one. */
@Component
public class VerificationGuard implements CaseGuard {
    private final Standing standing;
    private final Packs packs;

    VerificationGuard(Standing standing, Packs packs) {
        this.standing = standing;
        this.packs = packs;
    }

    @Override
    public void check(Complaint complaint, Command command, Actor actor) {
        if (!(command instanceof Command.Verify)) {
            return;
        }
        List<Phrase> gaps = gaps(complaint);
        if (!gaps.isEmpty()) {
            throw new Refused(
                    "investigation.refused.gaps", complaint.severity(), gaps.size(), Thoroughness.sentence(gaps));
        }
    }

    /** What is missing before it may be verified; nothing where nothing is asked for. */
    public List<Phrase> gaps(Complaint complaint) {
        if (complaint.severity() == Severity.GENERAL) {
            return List.of();
        }
        Playbook playbook = Guidance.of(packs.get(complaint.pack(), complaint.packVersion()), complaint.category())
                .playbook();
        Standing.Row row = standing.of(complaint.id());
        return isBinding(playbook, row)
                ? Thoroughness.gaps(complaint.severity(), PlaybookLine.of(playbook), row.settled())
                : List.of();
    }

    static boolean isBinding(@Nullable Playbook playbook, Standing.Row row) {
        return row.openedAt() != null || (playbook != null && playbook.required());
    }
}
