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
 */
public record TokenForm(
        @NotBlank @Size(max = 80) @Nullable String name,
        @Nullable Set<Scope> scopes,
        @Min(0) @Max(3650) @Nullable Integer days) {
    public static final TokenForm EMPTY = new TokenForm("", Set.of(Scope.COMPLAINTS_READ), 365);

    public TokenForm {
        name = name == null ? "" : name.strip();
        scopes = scopes == null ? Set.of() : Set.copyOf(scopes);
        days = days == null ? 365 : days;
    }

    public boolean has(Scope scope) {
        return scopes != null && scopes.contains(scope);
    }
}
