package io.bihuan.statute;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The laws of a pack for its calculators, of today and of earlier times. */
public record Statutes(List<Statute> all) {
    public static final Statutes NONE = new Statutes(List.of());

    private static final Comparator<Statute> BY_BEGIN =
            Comparator.comparing(statute -> statute.source().from(), Comparator.nullsFirst(Comparator.naturalOrder()));

    public Statutes {
        all = List.copyOf(all);
    }

    /** The calculators the pack uses, in its order. */
    public List<Calculator> calculators() {
        return all.stream().map(Statute::calculator).distinct().toList();
    }

    /** The law that held on the day; without a day the newest. Empty when the pack knows none of that time. */
    public Optional<Statute> of(Calculator calculator, @Nullable LocalDate day) {
        return all.stream()
                .filter(statute -> statute.calculator() == calculator)
                .filter(statute -> day == null || statute.holdsOn(day))
                .max(BY_BEGIN);
    }
}
