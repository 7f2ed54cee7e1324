package io.bihuan.identity.web;

import io.bihuan.identity.Absences;
import io.bihuan.identity.Absences.Reason;
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
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Arrays;
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

/** Who is away, and until when. */
@Controller
@RequestMapping("/desk/staff/absences")
class AbsenceController {
    private final Absences absences;
    private final Staff staff;
    private final InstantSource time;

    AbsenceController(Absences absences, Staff staff, InstantSource time) {
        this.absences = absences;
        this.staff = staff;
        this.time = time;
    }

    @GetMapping
    Page list() {
        return page(AbsenceForm.EMPTY, FieldErrors.NONE);
    }

    @PostMapping
    Page create(@Valid @ModelAttribute AbsenceForm form, BindingResult binding, Texts t) {
        var errors = FieldErrors.of(binding, t);
        StaffMember member = member(form.staff());
        Instant from = instant(form.from(), t);
        Instant to = instant(form.to(), t);
        Reason reason = Arrays.stream(Reason.values())
                .filter(each -> each.name().equals(form.reason()))
                .findFirst()
                .orElse(null);
        if (member == null) {
            errors = errors.with("staff", t.of("web.field.missing"));
        }
        if (from == null) {
            errors = errors.with("from", t.of("web.field.missing"));
        }
        if (to == null) {
            errors = errors.with("to", t.of("web.field.missing"));
        }
        if (reason == null) {
            errors = errors.with("reason", t.of("web.field.missing"));
        }
        if (member == null || from == null || to == null || reason == null || errors.any()) {
            return page(form, errors);
        }
        try {
            absences.add(member.id(), from, to, reason);
        } catch (Refused refused) {
            return page(form, errors.with("to", t.of(refused)));
        }
        return Page.done("/desk/staff/absences", "identity.absence.added", member.name());
    }

    @PostMapping("/{id}/removal")
    Page remove(@PathVariable UUID id) {
        absences.remove(id);
        return Page.done("/desk/staff/absences", "identity.absence.removed");
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

    private Page page(AbsenceForm form, FieldErrors errors) {
        List<Absences.Absence> coming = absences.coming();
        var ids = new HashSet<UUID>();
        coming.forEach(absence -> ids.add(absence.staff()));
        Map<UUID, StaffMember> people = staff.names(ids);
        Instant now = time.instant();
        var rows = coming.stream()
                .map(absence -> {
                    StaffMember member = people.get(absence.staff());
                    return new AbsencePage.Row(
                            absence.id(),
                            member == null ? "" : member.name(),
                            absence.from(),
                            absence.to(),
                            absence.reason(),
                            !absence.from().isAfter(now));
                })
                .toList();
        List<Option> choice = staff.active().stream()
                .map(member -> new Option(member.id().toString(), member.name()))
                .toList();
        var page = new AbsencePage(rows, choice, form, errors);
        return errors.any() ? Page.invalid("identity/absences", page) : Page.of("identity/absences", page);
    }
}
