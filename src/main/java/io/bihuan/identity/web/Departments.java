package io.bihuan.identity.web;

import io.bihuan.pack.Packs;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.stereotype.Component;

/** The departments of all packs in force, as choices of a form. */
@Component("departmentChoices")
class Departments {
    private final Packs packs;

    Departments(Packs packs) {
        this.packs = packs;
    }

    List<Option> options(Texts t) {
        var options = new LinkedHashMap<String, Option>();
        for (var pack : packs.all()) {
            for (var department : pack.departments().all()) {
                options.putIfAbsent(
                        department.code(),
                        new Option(department.code(), department.label().in(t.locale())));
            }
        }
        return List.copyOf(options.values());
    }

    boolean has(String code) {
        return packs.all().stream()
                .anyMatch(pack -> pack.departments().find(code).isPresent());
    }
}
