package io.bihuan.pack;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One part of a pack, read by the module that understands it. A bean of this type claims the top-level key of its name in
 * the files of every pack; every pack must have it unless it is not required.
 */
public interface PackPart<T> {
    /** The top-level key. */
    String name();

    /** The type under which {@link Pack#part} gives the value. */
    Class<T> type();

    /**
     * The value of this part. Reading goes on behind an error: the accessors of the node note what is wrong and answer with a
     * stand-in, and the value is thrown away when anything was noted. Keys that nobody asks for are errors.
     */
    T read(PackNode node);

    default boolean required() {
        return true;
    }

    /**
     * Words that fields of expressions can have and this module knows, by the field: those of {@code channel}. Without them any
     * word passes.
     */
    default Map<String, Set<String>> vocabulary() {
        return Map.of();
    }

    static <T> PackPart<T> of(String name, Class<T> type, Function<PackNode, T> reader) {
        return new SimplePart<>(name, type, true, reader);
    }

    /** One that a pack may do without. */
    static <T> PackPart<T> optional(String name, Class<T> type, Function<PackNode, T> reader) {
        return new SimplePart<>(name, type, false, reader);
    }
}
