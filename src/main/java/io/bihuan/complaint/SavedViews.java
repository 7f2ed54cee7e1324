package io.bihuan.complaint;

import io.bihuan.identity.SignedIn;
import java.util.List;
import java.util.UUID;

/** Worklists that people keep under a name; the worklist leads to them. Asked for with every worklist: one indexed read. */
public interface SavedViews {
    /** Those of the person and those of the person's department, in their order. */
    List<View> of(SignedIn who);

    /**
     * A worklist with a name.
     *
     * @param query what stands behind the question mark of its address; empty for the plain worklist
     * @param isShared whether the department has it in common
     */
    record View(UUID id, String name, String query, boolean isShared) {
        public String href() {
            return query.isEmpty() ? "/desk/complaints" : "/desk/complaints?" + query;
        }
    }
}
