package io.bihuan.identity.web;

import io.bihuan.identity.DutyCalendars;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Refused;
import io.bihuan.web.Cursor;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
@RequestMapping("/desk/staff")
class StaffController {
    private static final int ROWS = 50;

    private final Staff staff;
    private final Departments departments;
    private final ObjectProvider<DutyCalendars> calendars;

    StaffController(Staff staff, Departments departments, ObjectProvider<DutyCalendars> calendars) {
        this.staff = staff;
        this.departments = departments;
        this.calendars = calendars;
    }

    @GetMapping
    Page list(
            @RequestParam(defaultValue = "") String query,
            @RequestParam(required = false) @Nullable String cursor,
            Texts t) {
        var from = Cursor.read(cursor, 1);
        List<StaffMember> found = staff.list(query, from == null ? null : from.text(0), ROWS + 1);
        List<StaffMember> shown = found.subList(0, Math.min(ROWS, found.size()));
        String same = "/desk/staff?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        return Page.of(
                "identity/staff",
                new StaffPage(
                        query,
                        shown,
                        departments.options(t).stream().collect(Collectors.toMap(Option::value, Option::label)),
                        from == null ? null : same,
                        found.size() > ROWS
                                ? same + "&cursor="
                                        + Cursor.after(shown.getLast().login())
                                : null));
    }

    @GetMapping("/new")
    Page create(Texts t) {
        return form(null, StaffForm.EMPTY, FieldErrors.NONE, t);
    }

    @PostMapping
    Page create(@Valid @ModelAttribute StaffForm form, BindingResult binding, Texts t) {
        var errors = errors(form, binding, t);
        if (!errors.any()) {
            try {
                String password = Staff.randomPassword();
                staff.create(Objects.requireNonNull(form.login()), password, true, form.details(lead(form)));
                return secret(t.of("identity.staff.created", Objects.requireNonNull(form.name())), password, t)
                        .status(HttpStatus.CREATED);
            } catch (Refused refused) {
                errors = errors.with(field(refused), t.of(refused));
            }
        }
        return form(null, form, errors, t);
    }

    @GetMapping("/{id}")
    Page edit(@PathVariable UUID id, Texts t) {
        return form(id, StaffForm.of(member(id)), FieldErrors.NONE, t);
    }

    @PostMapping("/{id}")
    Page update(@PathVariable UUID id, @Valid @ModelAttribute StaffForm form, BindingResult binding, Texts t) {
        StaffMember member = member(id);
        var errors = errors(form, binding, t);
        if (!errors.any()) {
            try {
                staff.update(id, form.details(lead(form)));
                return Page.done("/desk/staff", "identity.staff.saved", Objects.requireNonNull(form.name()));
            } catch (Refused refused) {
                errors = errors.with(field(refused), t.of(refused));
            }
        }
        var again = new StaffForm(
                member.login(),
                form.name(),
                form.roles(),
                form.department(),
                form.language(),
                form.active(),
                form.lead(),
                form.posts(),
                form.dutyCalendar());
        return form(id, again, errors, t);
    }

    /** A new one-time password, shown once. */
    @PostMapping("/{id}/password")
    Page reset(@PathVariable UUID id, Texts t) {
        StaffMember member = member(id);
        return secret(t.of("identity.staff.resetDone", member.name()), staff.resetPassword(id), t);
    }

    private StaffMember member(UUID id) {
        return staff.find(id).orElseThrow(() -> new NotFound("staff " + id));
    }

    private FieldErrors errors(StaffForm form, BindingResult binding, Texts t) {
        var errors = FieldErrors.of(binding, t);
        String department = Objects.requireNonNull(form.department());
        if (!department.isEmpty() && !departments.has(department)) {
            errors = errors.with("department", t.of("web.field.unreadable"));
        }
        if (!Objects.requireNonNull(form.lead()).isEmpty() && lead(form) == null) {
            errors = errors.with("lead", t.of("web.field.unreadable"));
        }
        String calendar = Objects.requireNonNull(form.dutyCalendar());
        if (!calendar.isEmpty()
                && calendars(t).stream().noneMatch(each -> each.value().equals(calendar))) {
            errors = errors.with("dutyCalendar", t.of("web.field.unreadable"));
        }
        return errors;
    }

    /** The chosen lead; null for none, and for one that is not there. */
    private @Nullable UUID lead(StaffForm form) {
        try {
            return staff.find(UUID.fromString(Objects.requireNonNull(form.lead())))
                    .map(StaffMember::id)
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private List<Option> calendars(Texts t) {
        return calendars
                .orderedStream()
                .flatMap(each -> each.options(t).stream())
                .toList();
    }

    private static String field(Refused refused) {
        return switch (refused.key()) {
            case "identity.refused.login", "identity.refused.loginTaken" -> "login";
            case "identity.refused.noRole", "identity.refused.lastAdministrator" -> "roles";
            case "identity.refused.noDepartment", "identity.refused.headOfNothing" -> "department";
            case "identity.refused.ownLead" -> "lead";
            default -> "";
        };
    }

    private Page form(@Nullable UUID id, StaffForm form, FieldErrors errors, Texts t) {
        List<Option> leads = staff.active().stream()
                .filter(member -> !member.id().equals(id))
                .map(member -> new Option(member.id().toString(), member.name()))
                .toList();
        var page = new StaffFormPage(id, form, departments.options(t), leads, calendars(t), errors);
        return errors.any() ? Page.invalid("identity/staffform", page) : Page.of("identity/staffform", page);
    }

    private static Page secret(String title, String password, Texts t) {
        return Page.of(
                "identity/secret",
                new SecretPage(
                        title,
                        t.of("identity.staff.secret"),
                        password,
                        t.of("identity.staff.secretHint"),
                        "/desk/staff",
                        t.of("identity.staff.back")));
    }
}
