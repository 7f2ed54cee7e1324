package io.bihuan.bulk.web;

import io.bihuan.complaint.CasePart;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.SignedIn;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The page of macros beside that of an open complaint. */
@Component
@Order(900)
class MacrosTab implements CasePart {
    @Override
    public List<Tab> tabs(Complaint complaint, SignedIn who) {
        return BulkRoutes.mayAct(who) && complaint.isOpen() && !complaint.isJoined()
                ? List.of(new Tab("bulk.tab.macros", CaseMacrosController.TAB, "tag", 0))
                : List.of();
    }
}
