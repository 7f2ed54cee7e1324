package io.bihuan.bulk.web;

import io.bihuan.bulk.Macro;
import io.bihuan.bulk.TaskPart;
import io.bihuan.complaint.LinkKind;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.pack.Packs;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What there is to choose from on these pages, and how it is called. */
@Component
class Choices {
    static final String DEPARTMENT = "d:";
    static final String PERSON = "p:";
    private static final int[] MINUTES = {60, 120, 240, 480, 1_440, 2_880, 4_320, 7_200, 10_080, 20_160};

    /** What cannot be said to many alike: it needs what only one case has. */
    private static final List<Purpose> ALONE =
            List.of(Purpose.PROPOSAL, Purpose.OWNER_CHANGED, Purpose.INFORMATION_REQUEST);

    private final Staff staff;
    private final Packs packs;

    Choices(Staff staff, Packs packs) {
        this.staff = staff;
        this.packs = packs;
    }

    List<Option> owners() {
        return staff.withAnyRole(List.of(Role.AGENT, Role.MANAGER)).stream()
                .map(member -> new Option(member.id().toString(), member.name()))
                .toList();
    }

    /** Each department of all packs once. */
    List<Option> departments(Texts t) {
        var options = new LinkedHashMap<String, Option>();
        packs.all()
                .forEach(pack -> pack.departments()
                        .all()
                        .forEach(each -> options.putIfAbsent(
                                each.code(),
                                new Option(each.code(), each.label().in(t.locale())))));
        return List.copyOf(options.values());
    }

    String department(@Nullable String code, Texts t) {
        return code == null
                ? ""
                : departments(t).stream()
                        .filter(option -> option.value().equals(code))
                        .map(Option::label)
                        .findFirst()
                        .orElse(code);
    }

    /** Departments first, then people. */
    List<ChoiceGroup> workers(Texts t) {
        var groups = new ArrayList<ChoiceGroup>();
        groups.add(new ChoiceGroup(
                t.of("bulk.departments"),
                departments(t).stream()
                        .map(option -> new Option(DEPARTMENT + option.value(), option.label()))
                        .toList()));
        groups.add(new ChoiceGroup(
                t.of("bulk.people"),
                staff.withAnyRole(EnumSet.complementOf(EnumSet.of(Role.AUDITOR))).stream()
                        .map(member -> new Option(PERSON + member.id(), member.name()))
                        .toList()));
        return groups;
    }

    List<Option> minutes(Texts t) {
        return IntStream.of(MINUTES)
                .mapToObj(each -> new Option(String.valueOf(each), t.duration(Duration.ofMinutes(each))))
                .toList();
    }

    List<Option> purposes(Texts t) {
        return Arrays.stream(Purpose.values())
                .filter(each -> !ALONE.contains(each))
                .map(each -> new Option(each.name(), t.of(each)))
                .toList();
    }

    List<Option> kinds(Texts t) {
        return List.of(LinkKind.SAME_CAUSE, LinkKind.RELATED).stream()
                .map(each -> new Option(each.name(), t.of(each)))
                .toList();
    }

    static List<Option> macros(List<Macro> macros) {
        return macros.stream()
                .map(each -> new Option(each.id().toString(), each.name()))
                .toList();
    }

    /** How a person is called. */
    String name(@Nullable UUID id, Texts t) {
        return id == null ? "" : staff.find(id).map(StaffMember::name).orElse(t.of("bulk.nobody"));
    }

    /** Who has a task to do. */
    String holder(TaskPart task, Texts t) {
        if (task.assignee() != null) {
            return name(task.assignee(), t);
        }
        return task.department() == null ? t.of("bulk.task.own") : department(task.department(), t);
    }
}
