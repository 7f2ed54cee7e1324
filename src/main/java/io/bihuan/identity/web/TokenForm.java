package io.bihuan.identity.web;

import io.bihuan.identity.Scope;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token as an administrator asks for it.
 *
 * @param days how long it is good; 0 for no end
 * @param businessLines to which it is restricted, {@code channels} likewise; none for all
 * @param callsAMinute 0 for no limit
 */
public record TokenForm(
        @NotBlank @Size(max = 80) @Nullable String name,
        @Nullable Set<Scope> scopes,
        @Min(0) @Max(3650) @Nullable Integer days,
        @Nullable Set<String> businessLines,
        @Nullable Set<String> channels,
        @Min(0) @Max(100_000) @Nullable Integer callsAMinute) {
    public static final TokenForm EMPTY =
            new TokenForm("", Set.of(Scope.COMPLAINTS_READ), 365, Set.of(), Set.of(), 600);

    public TokenForm {
        name = name == null ? "" : name.strip();
        scopes = scopes == null ? Set.of() : Set.copyOf(scopes);
        days = days == null ? 365 : days;
        businessLines = businessLines == null ? Set.of() : Set.copyOf(businessLines);
        channels = channels == null ? Set.of() : Set.copyOf(channels);
        callsAMinute = callsAMinute == null ? 600 : callsAMinute;
    }

    public boolean has(Scope scope) {
        return scopes != null && scopes.contains(scope);
    }

    public boolean hasLine(String line) {
        return businessLines != null && businessLines.contains(line);
    }

    public boolean hasChannel(String channel) {
        return channels != null && channels.contains(channel);
    }
}
