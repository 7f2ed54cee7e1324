package io.bihuan.investigation.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.platform.files.TextPreview;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of evidence.
 *
 * @param preview the beginning of a text
 * @param custody who had it, newest first
 * @param older the address of the lines before these
 */
public record EvidenceItemPage(
        CasePages.Head head,
        boolean mayAct,
        EvidencePage.Item item,
        TextPreview.@Nullable Beginning preview,
        List<Held> custody,
        @Nullable String older,
        List<Option> kinds,
        List<Option> lines,
        Attempt typed) {
    public String path() {
        return head.path() + "/evidence/" + item.sha256();
    }

    /** Where the file itself is. */
    public String file() {
        return head.path() + "/files/" + item.sha256();
    }

    /** A line of the custody log. */
    public record Held(
            String deed, String who, Instant at, @Nullable String note) {}
}
