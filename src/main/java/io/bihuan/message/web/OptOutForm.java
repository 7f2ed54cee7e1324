package io.bihuan.message.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked a colleague for.
 *
 * @param all not even service messages
 */
public record OptOutForm(
        @NotBlank @Size(max = 200) @Nullable String address,
        @Nullable Boolean all) {
    public static final OptOutForm EMPTY = new OptOutForm("", false);

    public OptOutForm {
        address = address == null ? "" : address.strip();
        all = all != null && all;
    }
}
