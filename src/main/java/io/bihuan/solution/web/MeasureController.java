package io.bihuan.solution.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.privacy.Personal;
import io.bihuan.solution.OpenMeasure;
import io.bihuan.solution.Proposals;
import io.bihuan.solution.Solutions;
import io.bihuan.web.Cursor;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Measures that are to be carried out: one's own, those of the department, all. */
@Controller
class MeasureController {
    private static final String PATH = "/desk/measures";
    private static final int ROWS = 50;

    private final Solutions solutions;
    private final Complaints complaints;
    private final Packs packs;
    private final Staff staff;

    MeasureController(Solutions solutions, Complaints complaints, Packs packs, Staff staff) {
        this.solutions = solutions;
        this.complaints = complaints;
        this.packs = packs;
        this.staff = staff;
    }

    @GetMapping(PATH)
    Page list(
            @RequestParam(defaultValue = "mine") String whose,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Cursor after = Cursor.read(cursor, 4);
        String department = who.department();
        boolean isDepartment = whose.equals("department") && department != null;
        boolean isMine = !isDepartment && !whose.equals("all");
        List<OpenMeasure> found = solutions.measures(
                who.reach(),
                isMine ? who.id() : null,
                isDepartment ? department : null,
                after == null
                        ? null
                        : new OpenMeasure.Place(
                                after.instant(0), after.id(1), whole(after.text(2)), whole(after.text(3))),
                ROWS + 1);
        boolean isMore = found.size() > ROWS;
        List<OpenMeasure> shown = isMore ? found.subList(0, ROWS) : found;
        List<UUID> ids = shown.stream().map(OpenMeasure::complaintId).distinct().toList();
        Map<UUID, Proposals> proposals = solutions.of(ids);
        Map<UUID, Complaint> cases =
                complaints.find(ids).stream().collect(Collectors.toMap(Complaint::id, Function.identity()));
        Map<UUID, StaffMember> names = staff.names(
                shown.stream().flatMap(row -> Stream.ofNullable(row.person())).toList());
        String path = PATH + "?whose=" + (isMine ? "mine" : isDepartment ? "department" : "all");
        return Page.of(
                "solution/measures",
                new MeasuresPage(
                        shown.stream()
                                .map(row -> row(row, proposals, cases.get(row.complaintId()), names, t))
                                .toList(),
                        isMine ? "mine" : isDepartment ? "department" : "all",
                        department != null,
                        after == null ? null : path,
                        isMore ? path + "&cursor=" + cursor(shown.getLast()) : null));
    }

    private static String cursor(OpenMeasure last) {
        return Cursor.after(last.dueAt(), last.complaintId(), last.proposal(), last.measure());
    }

    private static int whole(String written) {
        return written.matches("\\d{1,6}") ? Integer.parseInt(written) : 0;
    }

    private MeasuresPage.Row row(
            OpenMeasure row,
            Map<UUID, Proposals> proposals,
            @Nullable Complaint complaint,
            Map<UUID, StaffMember> names,
            Texts t) {
        UUID person = row.person();
        StaffMember member = person == null ? null : names.get(person);
        Long fen = row.fen();
        return new MeasuresPage.Row(
                row.number().readable(),
                "/desk/complaints/" + row.number().digits() + "/solution#p" + row.proposal() + "m" + row.measure(),
                t.of(row.kind()),
                proposals.getOrDefault(row.complaintId(), Proposals.NONE).find(row.proposal()).stream()
                        .flatMap(proposal -> proposal.work(row.measure()).stream())
                        .map(work -> Personal.text(work.plan().text()))
                        .findFirst()
                        .orElse(""),
                member != null ? member.name() : department(row.department(), complaint, t),
                row.dueAt(),
                fen == null ? null : SolutionPages.money(fen, t));
    }

    private String department(String code, @Nullable Complaint complaint, Texts t) {
        return complaint == null
                ? code
                : packs.get(complaint.pack(), complaint.packVersion())
                        .departments()
                        .find(code)
                        .map(each -> each.label().in(t.locale()))
                        .orElse(code);
    }
}
