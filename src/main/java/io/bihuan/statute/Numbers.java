package io.bihuan.statute;

import java.math.BigDecimal;
import java.util.Map;

/** The numbers of a law as its pack states them. */
public record Numbers(Map<Figure, Stated> stated) {
    /** A number; a percentage as a fraction. */
    public record Stated(BigDecimal is, Basis basis) {}

    public Numbers {
        stated = Map.copyOf(stated);
    }

    public boolean has(Figure figure) {
        return stated.containsKey(figure);
    }

    public int whole(Figure figure) {
        return exact(figure).intValueExact();
    }

    public BigDecimal exact(Figure figure) {
        return of(figure).is();
    }

    public Basis basis(Figure figure) {
        return of(figure).basis();
    }

    private Stated of(Figure figure) {
        var found = stated.get(figure);
        if (found == null) {
            throw new IllegalArgumentException("No number " + figure);
        }
        return found;
    }
}
