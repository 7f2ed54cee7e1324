package io.bihuan.complaint;

import io.bihuan.identity.SignedIn;
import io.bihuan.web.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a neighbouring module shows of a complaint: pages beside its page, and a few lines on it. Each may cost one indexed read. */
public interface CasePart {
    /** The pages it has for this complaint; none when there is nothing to do or see. */
    List<Tab> tabs(Complaint complaint, SignedIn who);

    /** What the page of the complaint says of it at a glance. */
    default List<Glance> glances(Complaint complaint, SignedIn who, Texts t) {
        return List.of();
    }

    /**
     * Both, for the page of the complaint: what reads the same for either reads it once, and what has recorded nothing in the history
     * reads nothing.
     */
    default Front front(Dossier dossier, SignedIn who, Texts t) {
        return new Front(tabs(dossier.complaint(), who), glances(dossier.complaint(), who, t));
    }

    /** What the page of the complaint shows of a module. */
    record Front(List<Tab> tabs, List<Glance> glances) {}

    /**
     * A page beside that of the complaint.
     *
     * @param textKey of its name
     * @param path the part of the address behind {@code /desk/complaints/{number}/}
     * @param open how many things wait there; 0 for none
     */
    record Tab(String textKey, String path, String icon, int open) {}

    /**
     * A line: what stands how.
     *
     * @param tone a colour of badges, for what needs somebody; null for what is as it should be
     * @param path the tab that it leads to
     */
    record Glance(String label, String text, @Nullable String tone, String path) {}
}
