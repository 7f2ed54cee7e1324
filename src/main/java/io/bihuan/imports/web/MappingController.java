package io.bihuan.imports.web;

import io.bihuan.imports.ImportColumn;
import io.bihuan.imports.Mappings;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Settings of tables that were imported before, which are proposed for the next such table. */
@Controller
@RequestMapping("/desk/imports/mappings")
class MappingController {
    private static final String PATH = "/desk/imports/mappings";

    private final Mappings mappings;

    MappingController(Mappings mappings) {
        this.mappings = mappings;
    }

    @GetMapping
    Page list(Texts t) {
        return Page.of("imports/mappings", page(FieldErrors.NONE, t));
    }

    @PostMapping("/{id}/name")
    Page rename(@PathVariable UUID id, @RequestParam(defaultValue = "") String name, Texts t) {
        try {
            mappings.rename(id, name);
            return Page.done(PATH, "imports.mapping.renamed");
        } catch (Refused refused) {
            return Page.invalid("imports/mappings", page(FieldErrors.NONE.with("name-" + id, t.of(refused)), t));
        }
    }

    @PostMapping("/{id}/removal")
    Page forget(@PathVariable UUID id) {
        mappings.forget(id);
        return Page.done(PATH, "imports.mapping.forgotten");
    }

    private MappingsPage page(FieldErrors errors, Texts t) {
        return new MappingsPage(
                mappings.list().stream()
                        .map(mapping -> new MappingsPage.Line(
                                mapping.id().toString(),
                                Objects.requireNonNullElse(mapping.name(), ""),
                                mapping.fileName(),
                                t.of(mapping.settings().kind()),
                                (int) mapping.settings().columns().stream()
                                        .filter(column -> column.target() != ImportColumn.Target.IGNORED)
                                        .count(),
                                mapping.usedAt()))
                        .toList(),
                errors);
    }
}
