package io.bihuan.statute;

import io.bihuan.pack.Label;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A list of a law: the goods it covers, the exceptions it makes. */
public record Listing(List<Item> items, Basis basis) {
    /**
     * One item of the list.
     *
     * @param years for lists that state a time for each
     */
    public record Item(String code, Label label, @Nullable Integer years) {}

    public Listing {
        items = List.copyOf(items);
    }

    public Optional<Item> find(String code) {
        return items.stream().filter(item -> item.code().equals(code)).findFirst();
    }
}
