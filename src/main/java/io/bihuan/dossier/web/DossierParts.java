package io.bihuan.dossier.web;

import io.bihuan.complaint.CasePart;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.SignedIn;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The last of the pages about a complaint. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class DossierParts implements CasePart {
    static final String PATH = "dossier";

    @Override
    public List<Tab> tabs(Complaint complaint, SignedIn who) {
        return complaint.erasedAt() == null ? List.of(new Tab("dossier.tab", PATH, "file", 0)) : List.of();
    }
}
