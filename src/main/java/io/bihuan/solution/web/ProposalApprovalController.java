package io.bihuan.solution.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.OpenApproval;
import io.bihuan.solution.Proposals;
import io.bihuan.solution.Solutions;
import io.bihuan.web.Cursor;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What waits for approval. */
@Controller
class ProposalApprovalController {
    private static final String PATH = "/desk/approvals";
    private static final int ROWS = 50;

    private final Solutions solutions;
    private final Staff staff;

    ProposalApprovalController(Solutions solutions, Staff staff) {
        this.solutions = solutions;
        this.staff = staff;
    }

    @GetMapping(PATH)
    Page list(@RequestParam(required = false) @Nullable String cursor, @AuthenticationPrincipal SignedIn who, Texts t) {
        Cursor after = Cursor.read(cursor, 2);
        List<OpenApproval> found = solutions.approvals(
                who.reach(), after == null ? null : after.instant(0), after == null ? null : after.id(1), ROWS + 1);
        boolean isMore = found.size() > ROWS;
        List<OpenApproval> shown = isMore ? found.subList(0, ROWS) : found;
        Map<UUID, Proposals> proposals =
                solutions.of(shown.stream().map(OpenApproval::complaintId).toList());
        Map<UUID, StaffMember> names =
                staff.names(shown.stream().map(OpenApproval::askedBy).toList());
        return Page.of(
                "solution/approvals",
                new ApprovalsPage(
                        shown.stream()
                                .map(row -> row(row, proposals, names, who, t))
                                .toList(),
                        after == null ? null : PATH,
                        isMore
                                ? PATH + "?cursor="
                                        + Cursor.after(
                                                shown.getLast().dueAt(),
                                                shown.getLast().complaintId())
                                : null));
    }

    private static ApprovalsPage.Row row(
            OpenApproval row, Map<UUID, Proposals> proposals, Map<UUID, StaffMember> names, SignedIn who, Texts t) {
        StaffMember by = names.get(row.askedBy());
        return new ApprovalsPage.Row(
                row.number().readable(),
                "/desk/complaints/" + row.number().digits() + "/solution",
                row.proposal(),
                proposals.getOrDefault(row.complaintId(), Proposals.NONE).find(row.proposal()).stream()
                        .map(proposal -> Personal.text(proposal.text()))
                        .findFirst()
                        .orElse(""),
                by == null ? t.of("solution.somebody") : by.name(),
                row.askedAt(),
                row.dueAt(),
                row.fen() == 0 ? null : SolutionPages.money(row.fen(), t),
                row.approvers(),
                row.approved(),
                !row.barred().contains(who.id()));
    }
}
