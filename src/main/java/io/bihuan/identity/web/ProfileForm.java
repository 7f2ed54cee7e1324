package io.bihuan.identity.web;

import io.bihuan.identity.Profile;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody can and may do, as it is written down.
 *
 * @param regions one a line
 * @param expires the last day of each certificate by its code; empty where it is not held
 */
public record ProfileForm(
        @Nullable Set<String> skills,
        @Nullable @Size(max = 2_000) String regions,
        @Nullable Set<String> languages,
        @Nullable @Size(max = 64) String outlet,
        @Nullable @Pattern(regexp = "|[1-9][0-9]{0,3}") String mostOpen,
        @Nullable Map<String, String> expires) {
    public ProfileForm {
        skills = skills == null ? Set.of() : Set.copyOf(skills);
        regions = Objects.requireNonNullElse(regions, "");
        languages = languages == null ? Set.of() : Set.copyOf(languages);
        outlet = outlet == null ? "" : outlet.strip();
        mostOpen = mostOpen == null ? "" : mostOpen.strip();
        // The binder fills it entry by entry.
        expires = expires == null ? new TreeMap<>() : new TreeMap<>(expires);
    }

    static ProfileForm of(Profile profile) {
        var expires = new TreeMap<String, String>();
        profile.certificates().forEach((code, last) -> expires.put(code, last.toString()));
        return new ProfileForm(
                profile.skills(),
                String.join("\n", profile.regions().stream().sorted().toList()),
                profile.languages(),
                profile.outlet(),
                profile.mostOpen() == null ? "" : profile.mostOpen().toString(),
                expires);
    }

    public boolean hasSkill(String code) {
        return Objects.requireNonNull(skills).contains(code);
    }

    public boolean speaks(String language) {
        return Objects.requireNonNull(languages).contains(language);
    }

    public String expires(String code) {
        return Objects.requireNonNull(expires).getOrDefault(code, "");
    }
}
