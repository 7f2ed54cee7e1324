package io.bihuan.dossier.web;

import io.bihuan.complaint.CasePages;
import io.bihuan.dossier.DossierContent;
import io.bihuan.dossier.DossierPart;
import io.bihuan.dossier.Quality;
import io.bihuan.web.FieldErrors;
import java.util.Map;

/**
 * The file of a complaint.
 *
 * @param content masked
 * @param reason what was typed as the reason to see all of it
 */
public record DossierPage(
        CasePages.Head head,
        Map<DossierPart, DossierPart.State> completeness,
        DossierContent content,
        Quality quality,
        boolean mayReveal,
        String reason,
        FieldErrors errors) {
    /** How many entries a part has. */
    public int lines(DossierPart part) {
        return content.chapters().stream()
                .filter(chapter -> chapter.part() == part)
                .mapToInt(chapter -> chapter.lines().size())
                .sum();
    }
}
