package io.bihuan.identity;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody can do and may do, where and in which languages.
 *
 * @param skills codes of categories and product lines
 * @param regions as people write them: 北京, 浦东新区; none means everywhere
 * @param languages two-letter codes; none means Chinese
 * @param outlet the place of work, as complaints name it
 * @param mostOpen so many open cases and no more; null: what the pack says counts
 * @param certificates the last day of each, by code
 */
public record Profile(
        Set<String> skills,
        Set<String> regions,
        Set<String> languages,
        @Nullable String outlet,
        @Nullable Integer mostOpen,
        Map<String, LocalDate> certificates) {
    public static final Profile NONE = new Profile(Set.of(), Set.of(), Set.of(), null, null, Map.of());
    public static final String CHINESE = "zh";

    public Profile {
        skills = Set.copyOf(skills);
        regions = Set.copyOf(regions);
        languages = Set.copyOf(languages);
        certificates = Map.copyOf(certificates);
    }

    /** Whether somebody holds it on that day; the last day counts. */
    public boolean holds(String certificate, LocalDate on) {
        LocalDate last = certificates.get(certificate);
        return last != null && !last.isBefore(on);
    }

    public boolean speaks(String language) {
        return languages.isEmpty() ? language.equals(CHINESE) : languages.contains(language);
    }
}
