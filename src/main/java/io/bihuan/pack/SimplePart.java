package io.bihuan.pack;

import java.util.function.Function;

/** A part that is read by one function. */
record SimplePart<T>(String name, Class<T> type, boolean required, Function<PackNode, T> reader)
        implements PackPart<T> {
    @Override
    public T read(PackNode node) {
        return reader.apply(node);
    }
}
