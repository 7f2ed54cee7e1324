package io.bihuan.durability;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** The applications see none of the tests' own beans. */
final class WithoutTests extends TypeExcludeFilter {
    @Override
    public boolean match(MetadataReader found, MetadataReaderFactory factory) {
        return String.valueOf(found.getResource()).contains("test-classes");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WithoutTests;
    }

    @Override
    public int hashCode() {
        return WithoutTests.class.hashCode();
    }
}
