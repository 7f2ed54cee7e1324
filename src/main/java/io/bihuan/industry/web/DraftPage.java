package io.bihuan.industry.web;

import io.bihuan.industry.DraftParts.Item;
import io.bihuan.industry.PartField;
import io.bihuan.pack.PackProblem;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of a draft: what is common to all, and what one of them shows. */
public record DraftPage(
        String pack,
        String name,
        int version,
        int revision,
        Instant changedAt,
        String by,
        List<PackProblem> problems,
        List<Option> parts,
        FieldErrors errors,
        Body body) {
    /** What one page shows. */
    public sealed interface Body {}

    /** How the draft differs from the version it began from. */
    public record Overview(List<VersionPage.Part> differences, int count, List<String> files, String note)
            implements Body {}

    /** The items of a part. */
    public record Part(String part, String label, List<Item> items, String code, String zh, String en)
            implements Body {}

    /** One item with its fields. */
    public record One(String part, String label, Item item, List<Field> fields) implements Body {
        public String at() {
            return String.join("/", item.path().subList(1, item.path().size()));
        }
    }

    /** One file as it is written. */
    public record Source(String file, String text, boolean isBase) implements Body {}

    /**
     * A value to type.
     *
     * @param options what can be chosen; empty for all that is typed
     */
    public record Field(
            String name,
            String label,
            PartField.Kind kind,
            String value,
            @Nullable String hint,
            List<Option> options) {}

    public String path() {
        return "/desk/packs/" + pack + "/draft";
    }
}
