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
        return reach.all() ? asked : asked.inDepartment(within(asked.department(), reach));
    }

    /** The department to ask for; null for all of them. */
    static @Nullable String department(@Nullable String asked, Reach reach) {
        return reach.all() ? asked : within(asked, reach);
    }

    private static String within(@Nullable String asked, Reach reach) {
        String only = reach.department();
        boolean isElsewhere = asked != null && !asked.equals(only);
        return only == null || isElsewhere ? NOWHERE : only;
    }

    static boolean sees(Reach reach, Complaint complaint) {
        return sees(reach, complaint.department());
    }

    static boolean sees(Reach reach, @Nullable String department) {
        return reach.all() || (department != null && department.equals(reach.department()));
    }
}
