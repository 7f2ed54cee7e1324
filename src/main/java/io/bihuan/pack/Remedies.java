package io.bihuan.pack;

import java.util.List;
import java.util.Optional;

/** What a customer may ask for (诉求). */
public record Remedies(List<Remedy> all) {
    public record Remedy(String code, Label label) {}

    static Remedies read(PackNode node) {
        return new Remedies(node.children().stream()
                .map(each -> new Remedy(each.define("remedy", "code"), each.label("name")))
                .toList());
    }

    public Optional<Remedy> find(String code) {
        return all.stream().filter(remedy -> remedy.code().equals(code)).findFirst();
    }
}
