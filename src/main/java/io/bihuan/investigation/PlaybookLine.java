package io.bihuan.investigation;

import io.bihuan.pack.Label;
import io.bihuan.standard.Playbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of a playbook.
 *
 * @param key its name within the version of the pack: playbook, part and number
 */
public record PlaybookLine(String key, Part part, Label label) {
    /** What is to be done by it. */
    public enum Part {
        ASK,
        CHECK,
        COLLECT
    }

    static List<PlaybookLine> of(@Nullable Playbook playbook) {
        if (playbook == null) {
            return List.of();
        }
        var lines = new ArrayList<PlaybookLine>();
        add(lines, playbook.name(), Part.ASK, playbook.ask());
        add(lines, playbook.name(), Part.CHECK, playbook.check());
        add(lines, playbook.name(), Part.COLLECT, playbook.collect());
        return List.copyOf(lines);
    }

    private static void add(List<PlaybookLine> lines, String playbook, Part part, List<Label> labels) {
        for (int i = 0; i < labels.size(); i++) {
            String key = playbook + "/" + part.name().toLowerCase(Locale.ROOT) + "/" + (i + 1);
            lines.add(new PlaybookLine(key, part, labels.get(i)));
        }
    }
}
