package io.bihuan.imports;

import io.bihuan.imports.ImportRun.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Everything that a table can become. */
@Component
final class ImportTargets {
    private final Map<Kind, ImportTarget> targets = new EnumMap<>(Kind.class);

    ImportTargets(List<ImportTarget> all) {
        all.forEach(target -> targets.put(target.kind(), target));
    }

    ImportTarget of(Kind kind) {
        ImportTarget target = targets.get(kind);
        if (target == null) {
            throw new IllegalStateException("nothing takes " + kind);
        }
        return target;
    }

    List<Kind> kinds() {
        return List.copyOf(targets.keySet());
    }
}
