package io.bihuan.standard;

import io.bihuan.pack.Category;
import io.bihuan.pack.Pack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pack says about the handling of one category.
 *
 * @param compensation everything that may be offered
 * @param letters those that fit the category, by purpose
 */
public record Guidance(
        @Nullable Standard standard,
        @Nullable Playbook playbook,
        List<Compensation> compensation,
        List<Letter> letters) {
    /**
     * What holds for a category.
     *
     * @param category null where none is chosen yet: only what is for all
     */
    public static Guidance of(Pack pack, @Nullable String category) {
        List<Category> path = category == null ? List.of() : pack.categories().path(category);
        return new Guidance(
                pack.part(Standards.class).forCategory(path).orElse(null),
                pack.part(Playbooks.class).forCategory(path).orElse(null),
                pack.part(CompensationMatrix.class).forCategory(path),
                pack.part(Letters.class).forCategory(path));
    }
}
