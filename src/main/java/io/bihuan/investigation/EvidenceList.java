package io.bihuan.investigation;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.platform.files.FileUse;
import java.util.List;
import org.springframework.stereotype.Component;

/** All files of a complaint as evidence, whoever brought them. */
@Component
public class EvidenceList {
    private final ComplaintFiles files;
    private final Investigations investigations;

    EvidenceList(ComplaintFiles files, Investigations investigations) {
        this.files = files;
        this.investigations = investigations;
    }

    /** The oldest first, at most 500. */
    public List<EvidenceItem> of(Complaint complaint) {
        return of(complaint, investigations.of(complaint.number()));
    }

    /** The same for who knows the investigation already. */
    public List<EvidenceItem> of(Complaint complaint, Investigation investigation) {
        return files.of(complaint.id()).stream()
                .map(use -> item(use, investigation))
                .toList();
    }

    /** One of them. */
    public static EvidenceItem item(FileUse use, Investigation investigation) {
        Investigation.Known known =
                investigation.evidence().get(use.file().hash().hex());
        return known == null
                ? new EvidenceItem(use, null, null, null, null)
                : new EvidenceItem(use, known.kind(), known.source(), known.obtainedAt(), known.line());
    }
}
