package io.bihuan.teamwork.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The people and departments of these pages: who can be chosen, and how they are called. */
@Component
class Workers {
    static final String DEPARTMENT = "d:";
    static final String PERSON = "p:";

    private static final List<Role> WORKING = Stream.concat(TeamworkRoutes.ACTING.stream(), Stream.of(Role.QUALITY))
            .toList();

    private final Staff staff;
    private final Packs packs;

    Workers(Staff staff, Packs packs) {
        this.staff = staff;
        this.packs = packs;
    }

    Pack pack(Complaint complaint) {
        return packs.get(complaint.pack(), complaint.packVersion());
    }

    static String department(Pack pack, @Nullable String code, Texts t) {
        return code == null
                ? ""
                : pack.departments()
                        .find(code)
                        .map(each -> each.label().in(t.locale()))
                        .orElse(code);
    }

    /** Those who work on complaints, by department. */
    List<ChoiceGroup> people(Pack pack, Texts t) {
        var groups = new LinkedHashMap<String, List<Option>>();
        pack.departments().all().forEach(each -> groups.put(each.label().in(t.locale()), new ArrayList<>()));
        for (StaffMember member : staff.withAnyRole(WORKING)) {
            String department = department(pack, member.department(), t);
            groups.computeIfAbsent(
                            department.isEmpty() ? t.of("teamwork.nowhere") : department, label -> new ArrayList<>())
                    .add(new Option(PERSON + member.id(), member.name()));
        }
        return groups.entrySet().stream()
                .filter(group -> !group.getValue().isEmpty())
                .map(group -> new ChoiceGroup(group.getKey(), group.getValue()))
                .toList();
    }

    /** Departments first, then people. */
    List<ChoiceGroup> all(Pack pack, Texts t) {
        var groups = new ArrayList<ChoiceGroup>();
        groups.add(new ChoiceGroup(
                t.of("teamwork.departments"),
                pack.departments().all().stream()
                        .map(each -> new Option(
                                DEPARTMENT + each.code(), each.label().in(t.locale())))
                        .toList()));
        groups.addAll(people(pack, t));
        return groups;
    }

    /** How people are called. */
    Map<UUID, String> names(Collection<@Nullable UUID> ids) {
        var known = new HashSet<UUID>();
        for (UUID id : ids) {
            if (id != null) {
                known.add(id);
            }
        }
        var names = new LinkedHashMap<UUID, String>();
        staff.names(known).forEach((id, member) -> names.put(id, member.name()));
        return names;
    }

    /** The names that can be written after an at sign. */
    List<String> callable() {
        return staff.active().stream().map(StaffMember::name).distinct().toList();
    }
}
