package io.bihuan.complaint.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Reach;
import org.jspecify.annotations.Nullable;

/** Keeps what is read within a person's reach. */
final class Scoped {
    /** No pack can have such a department: codes begin with a letter. */
    private static final String NOWHERE = "-";

    private Scoped() {}

    static Worklist.Filter filter(Worklist.Filter asked, Reach reach) {
        if (reach.all()) {
            return asked;
        }
        String only = reach.department();
        boolean isElsewhere = asked.department() != null && !asked.department().equals(only);
        return asked.inDepartment(only == null || isElsewhere ? NOWHERE : only);
    }

    static boolean sees(Reach reach, Complaint complaint) {
        return sees(reach, complaint.department());
    }

    static boolean sees(Reach reach, @Nullable String department) {
        return reach.all() || (department != null && department.equals(reach.department()));
    }
}
