package io.bihuan.identity.web;

import io.bihuan.identity.Duty;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Who is on duty beside the usual hours. */
@Controller
@RequestMapping("/desk/staff/duty")
class DutyController {
    private final Duty duty;
    private final Staff staff;

    DutyController(Duty duty, Staff staff) {
        this.duty = duty;
        this.staff = staff;
    }

    @GetMapping
    Page list() {
        return page(DutyForm.EMPTY, FieldErrors.NONE);
    }

    @PostMapping
    Page create(@Valid @ModelAttribute DutyForm form, BindingResult binding, Texts t) {
        var errors = FieldErrors.of(binding, t);
        StaffMember member = member(form.staff());
        Instant from = instant(form.from(), t);
        Instant to = instant(form.to(), t);
        if (member == null) {
            errors = errors.with("staff", t.of("web.field.missing"));
        }
        if (from == null) {
            errors = errors.with("from", t.of("web.field.missing"));
        }
        if (to == null) {
            errors = errors.with("to", t.of("web.field.missing"));
        }
        if (member == null || from == null || to == null || errors.any()) {
            return page(form, errors);
        }
        try {
            duty.add(member.id(), from, to);
        } catch (Refused refused) {
            return page(form, errors.with("to", t.of(refused)));
        }
        return Page.done("/desk/staff/duty", "identity.duty.added", member.name());
    }

    @PostMapping("/{id}/removal")
    Page remove(@PathVariable UUID id) {
        duty.remove(id);
        return Page.done("/desk/staff/duty", "identity.duty.removed");
    }

    private @Nullable StaffMember member(@Nullable String id) {
        try {
            return staff.find(UUID.fromString(Objects.requireNonNullElse(id, "")))
                    .filter(StaffMember::active)
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Instant instant(@Nullable String local, Texts t) {
        try {
            return LocalDateTime.parse(Objects.requireNonNullElse(local, ""))
                    .atZone(t.zone())
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Page page(DutyForm form, FieldErrors errors) {
        List<Duty.Shift> shifts = duty.coming();
        var ids = new HashSet<UUID>();
        shifts.forEach(shift -> ids.add(shift.staff()));
        Map<UUID, StaffMember> people = staff.names(ids);
        var rows = shifts.stream()
                .map(shift -> new DutyPage.Row(
                        shift.id(),
                        people.containsKey(shift.staff())
                                ? Objects.requireNonNull(people.get(shift.staff()))
                                        .name()
                                : "",
                        shift.from(),
                        shift.to()))
                .toList();
        List<Option> choice = staff.active().stream()
                .map(member -> new Option(member.id().toString(), member.name()))
                .toList();
        var page = new DutyPage(rows, choice, form, errors);
        return errors.any() ? Page.invalid("identity/duty", page) : Page.of("identity/duty", page);
    }
}
