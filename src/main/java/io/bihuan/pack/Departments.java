package io.bihuan.pack;

import java.util.List;
import java.util.Optional;

/** The departments that a pack sends complaints to. */
public record Departments(List<Department> all) {
    public record Department(String code, Label label) {}

    static Departments read(PackNode node) {
        return new Departments(node.children().stream()
                .map(each -> new Department(each.define("department", "code"), each.label("name")))
                .toList());
    }

    public Optional<Department> find(String code) {
        return all.stream().filter(department -> department.code().equals(code)).findFirst();
    }
}
