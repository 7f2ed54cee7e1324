package io.bihuan.identity.web;

import io.bihuan.identity.CertificateChoices;
import io.bihuan.identity.Profile;
import io.bihuan.identity.Profiles;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** What somebody of the staff can do and may do, where and in which languages. */
@Controller
@RequestMapping("/desk/staff/{id}/profile")
class ProfileController {
    private final Staff staff;
    private final Profiles profiles;
    private final Packs packs;
    private final ObjectProvider<CertificateChoices> certificates;

    ProfileController(Staff staff, Profiles profiles, Packs packs, ObjectProvider<CertificateChoices> certificates) {
        this.staff = staff;
        this.profiles = profiles;
        this.packs = packs;
        this.certificates = certificates;
    }

    @GetMapping
    Page edit(@PathVariable UUID id, Texts t) {
        return page(member(id), ProfileForm.of(profiles.of(id)), FieldErrors.NONE, t);
    }

    @PostMapping
    Page update(@PathVariable UUID id, @Valid @ModelAttribute ProfileForm form, BindingResult binding, Texts t) {
        StaffMember member = member(id);
        var errors = FieldErrors.of(binding, t);
        var last = new HashMap<String, LocalDate>();
        for (Option certificate : certificates(t)) {
            String typed = form.expires(certificate.value());
            if (typed.isBlank()) {
                continue;
            }
            try {
                last.put(certificate.value(), LocalDate.parse(typed));
            } catch (DateTimeParseException e) {
                errors = errors.with("expires[" + certificate.value() + "]", t.of("web.field.unreadable"));
            }
        }
        if (!errors.any()) {
            try {
                profiles.save(id, profile(form, last, t));
                return Page.done("/desk/staff/" + id, "identity.profile.saved", member.name());
            } catch (Refused refused) {
                errors = errors.with("", t.of(refused));
            }
        }
        return page(member, form, errors, t);
    }

    private Profile profile(ProfileForm form, Map<String, LocalDate> last, Texts t) {
        Set<String> known = groups(t).stream()
                .flatMap(group -> group.options().stream().map(Option::value))
                .collect(Collectors.toSet());
        var skills = new HashSet<>(Objects.requireNonNull(form.skills()));
        skills.retainAll(known);
        var languages = new HashSet<>(Objects.requireNonNull(form.languages()));
        languages.retainAll(ProfilePage.LANGUAGES);
        String outlet = Objects.requireNonNull(form.outlet());
        String most = Objects.requireNonNull(form.mostOpen());
        return new Profile(
                skills,
                Arrays.stream(Objects.requireNonNull(form.regions()).split("[\\r\\n,，、;；]+", -1))
                        .map(String::strip)
                        .filter(region -> !region.isEmpty())
                        .collect(Collectors.toSet()),
                languages,
                outlet.isEmpty() ? null : outlet,
                most.isEmpty() ? null : Integer.valueOf(most),
                last);
    }

    private StaffMember member(UUID id) {
        return staff.find(id).orElseThrow(() -> new NotFound("staff " + id));
    }

    private List<Option> certificates(Texts t) {
        return certificates
                .orderedStream()
                .flatMap(each -> each.options(t).stream())
                .toList();
    }

    /** The top of each category tree, and the product lines: what the first question of a form offers. */
    private List<ProfilePage.Group> groups(Texts t) {
        var groups = new ArrayList<ProfilePage.Group>();
        for (Pack pack : packs.all()) {
            String name = pack.name().in(t.locale());
            var options = new LinkedHashMap<String, Option>();
            pack.categories()
                    .tops()
                    .forEach(top -> options.put(
                            top.code(), new Option(top.code(), top.label().in(t.locale()))));
            groups.add(
                    new ProfilePage.Group(t.of("identity.profile.categoriesOf", name), List.copyOf(options.values())));
            pack.form().all().stream()
                    .filter(field -> field.type() == FormField.Type.CHOICE)
                    .findFirst()
                    .ifPresent(field -> groups.add(new ProfilePage.Group(
                            t.of(
                                    "identity.profile.productsOf",
                                    name,
                                    field.label().in(t.locale())),
                            field.options().stream()
                                    .map(option -> new Option(
                                            option.code(), option.label().in(t.locale())))
                                    .toList())));
        }
        return groups;
    }

    private Page page(StaffMember member, ProfileForm form, FieldErrors errors, Texts t) {
        var page = new ProfilePage(member, form, groups(t), certificates(t), errors);
        return errors.any() ? Page.invalid("identity/profile", page) : Page.of("identity/profile", page);
    }
}
