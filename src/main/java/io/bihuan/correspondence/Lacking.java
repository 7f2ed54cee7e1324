package io.bihuan.correspondence;

import io.bihuan.platform.Refused;
import io.bihuan.standard.Placeholder;
import java.util.List;
import java.util.Set;

/** A letter has places for which there is nothing. */
public final class Lacking extends Refused {
    private final transient Set<Placeholder> places;

    Lacking(Set<Placeholder> places) {
        super("correspondence.refused.lacking", List.copyOf(places));
        this.places = Set.copyOf(places);
    }

    public Set<Placeholder> places() {
        return places;
    }
}
