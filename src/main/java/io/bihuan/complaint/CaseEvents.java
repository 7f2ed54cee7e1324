package io.bihuan.complaint;

import java.util.Arrays;
import java.util.List;

/** The events of a neighbouring module, made known to the history as a bean. */
public record CaseEvents(List<Class<?>> types) {
    public CaseEvents {
        types = List.copyOf(types);
    }

    /**
     * All records that a sealed interface permits.
     *
     * @throws IllegalArgumentException when it is not sealed, or permits anything else
     */
    public static CaseEvents of(Class<? extends ComplaintEvent.CaseEvent> family) {
        if (!family.isSealed()) {
            throw new IllegalArgumentException(family + " is not sealed");
        }
        List<Class<?>> types = Arrays.asList(family.getPermittedSubclasses());
        for (Class<?> type : types) {
            if (!type.isRecord()) {
                throw new IllegalArgumentException(type + " is no record");
            }
        }
        return new CaseEvents(types);
    }
}
