package io.bihuan.complaint.web;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Factor;
import io.bihuan.complaint.Factors;
import io.bihuan.complaint.SentForm;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.web.BadInput;
import io.bihuan.web.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** Kind, category, severity, priority and who is responsible: a person decides, the rules of the pack proposed. */
@Controller
class AssessmentController {
    record AssessmentForm(
            String version,
            @NotBlank String kind,
            @NotBlank String category,
            @NotBlank String severity,
            @NotBlank String priority,
            @NotBlank String department,
            @Nullable String handler,
            @Nullable @Size(max = 2_000) String note,
            @Nullable String factorSeverity,
            @Nullable String factorSafety,
            @Nullable String factorComplexity,
            @Nullable String factorImpact,
            @Nullable String factorImmediacy) {
        /** The levels, if one of them is stated: then all have to be. */
        @Nullable
        Factors factors() {
            var stated = Stream.of(factorSeverity, factorSafety, factorComplexity, factorImpact, factorImmediacy)
                    .map(each -> Objects.requireNonNullElse(each, ""))
                    .toList();
            if (stated.stream().allMatch(String::isBlank)) {
                return null;
            }
            var levels = stated.stream().map(AssessmentForm::level).toList();
            return new Factors(levels.get(0), levels.get(1), levels.get(2), levels.get(3), levels.get(4));
        }

        private static int level(String typed) {
            Integer level = Given.number("factors", typed);
            if (level == null || level < 1 || level > Factor.MOST) {
                throw new BadInput("/factors", "complaint.field.factor");
            }
            return level;
        }
    }

    private static final List<String> FIELDS = List.of(
            "version",
            "kind",
            "category",
            "severity",
            "priority",
            "department",
            "handler",
            "note",
            "factorSeverity",
            "factorSafety",
            "factorComplexity",
            "factorImpact",
            "factorImmediacy");

    private final Desk desk;
    private final People people;
    private final Packs packs;

    AssessmentController(Desk desk, People people, Packs packs) {
        this.desk = desk;
        this.people = people;
        this.packs = packs;
    }

    @PostMapping("/desk/complaints/{number}/assessment")
    Page create(SentForm<AssessmentForm> sent) {
        Complaint complaint = desk.complaint(sent.number(), sent.who());
        return desk.perform(
                sent,
                Typed.of("assessment", sent, FIELDS),
                form -> command(form, packs.get(complaint.pack(), complaint.packVersion())));
    }

    private Command command(AssessmentForm form, Pack pack) {
        if (pack.categories().find(form.category()).isEmpty()) {
            throw new BadInput("/category", "complaint.field.category");
        }
        if (pack.departments().find(form.department()).isEmpty()) {
            throw new BadInput("/department", "complaint.field.department");
        }
        String handler = form.handler();
        UUID person = handler == null || handler.isBlank() ? null : people.active("/handler", handler);
        return new Command.Assess(
                Given.constant(Kind.class, "kind", form.kind()),
                form.category(),
                Given.constant(Severity.class, "severity", form.severity()),
                Given.constant(Priority.class, "priority", form.priority()),
                form.department(),
                person,
                form.note(),
                form.factors());
    }
}
