package io.bihuan.telephony.web;

import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.platform.Refused;
import io.bihuan.telephony.Extensions;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which telephone stands before whom. */
@Controller
@RequestMapping("/desk/calls/extensions")
class ExtensionController {
    record ExtensionForm(
            @Nullable String extension, @Nullable String staff) {
        ExtensionForm {
            extension = extension == null ? "" : extension.strip();
            staff = staff == null ? "" : staff;
        }
    }

    private final Extensions extensions;
    private final Staff staff;

    ExtensionController(Extensions extensions, Staff staff) {
        this.extensions = extensions;
        this.staff = staff;
    }

    @GetMapping
    Page index(Texts t) {
        return Page.of("telephony/extensions", page(new ExtensionForm("", ""), FieldErrors.NONE, t));
    }

    @PostMapping
    Page create(@ModelAttribute ExtensionForm form, Texts t) {
        String name = String.valueOf(form.extension());
        var errors = FieldErrors.NONE;
        UUID who = people().stream()
                .map(StaffMember::id)
                .filter(id -> id.toString().equals(form.staff()))
                .findFirst()
                .orElse(null);
        if (who == null) {
            errors = errors.with("staff", t.of("web.field.missing"));
        } else {
            try {
                extensions.assign(name, who);
                return Page.done("/desk/calls/extensions", "telephony.extension.assigned", name);
            } catch (Refused refused) {
                errors = errors.with("extension", t.of(refused));
            }
        }
        return Page.invalid("telephony/extensions", page(form, errors, t));
    }

    @PostMapping("/removal")
    Page destroy(@RequestParam String extension) {
        extensions.remove(extension);
        return Page.done("/desk/calls/extensions", "telephony.extension.removed", extension);
    }

    private ExtensionsPage page(ExtensionForm form, FieldErrors errors, Texts t) {
        List<Extensions.Extension> all = extensions.all();
        Map<UUID, StaffMember> names =
                staff.names(all.stream().map(Extensions.Extension::staff).toList());
        return new ExtensionsPage(
                String.valueOf(form.extension()),
                String.valueOf(form.staff()),
                all.stream()
                        .map(each -> new ExtensionsPage.Line(each.name(), name(names.get(each.staff()), t)))
                        .toList(),
                people().stream()
                        .map(member -> new Option(member.id().toString(), member.name()))
                        .toList(),
                errors);
    }

    private static String name(@Nullable StaffMember member, Texts t) {
        return member == null ? t.of("identity.actor.unknown") : member.name();
    }

    private List<StaffMember> people() {
        Map<UUID, StaffMember> people = new LinkedHashMap<>();
        for (Role role : TelephonyRoutes.TALKING) {
            staff.withRole(role, null).forEach(member -> people.put(member.id(), member));
        }
        return people.values().stream()
                .sorted(Comparator.comparing(StaffMember::name))
                .toList();
    }
}
