package io.bihuan.compensation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.compensation.Grant;
import io.bihuan.compensation.Status;
import io.bihuan.compensation.Vouchers;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.web.BadInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Vouchers through the API: tills and shops look them up and use them. */
@RestController
@RequestMapping(path = "/api/v1/vouchers/{code}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Vouchers")
class VouchersApi {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,200}");

    /** What a voucher is worth, and whether it still is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Voucher")
    record View(
            @Schema(description = "Hundredths of the currency")
            long amountFen,

            String currency,
            Status status,

            @Schema(description = "The moment from which it is worth nothing") @Nullable
            Instant expiresAt,

            @Nullable Instant usedAt) {
        static View of(Grant grant) {
            return new View(
                    grant.amount().fen(),
                    grant.amount().currency().getCurrencyCode(),
                    grant.status(),
                    grant.expiresAt(),
                    grant.status() == Status.USED ? grant.endedAt() : null);
        }
    }

    /** A use. */
    @Schema(name = "VoucherUse")
    record Use(
            @Schema(description = "Where, or for what: shown to those who work on the complaint")
            @Size(max = 200)
            @Nullable
            String place) {}

    private final Vouchers vouchers;

    VouchersApi(Vouchers vouchers) {
        this.vouchers = vouchers;
    }

    @GetMapping
    @Operation(
            summary = "Look a voucher up",
            description = "The code with or without separators. 422 when it cannot be one: a character is wrong.")
    View voucher(@PathVariable String code) {
        return View.of(vouchers.find(code));
    }

    @PostMapping(path = "/use", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Use a voucher, once",
            description =
                    "The same `Idempotency-Key` of the same token gets the same answer, however often it is sent. 409 when it was"
                            + " used before; 422 when it is past its time or was taken back.")
    View useVoucher(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable String code,
            @Parameter(description = "1 to 200 visible ASCII characters") @RequestHeader("Idempotency-Key") String key,
            @Valid @RequestBody Use body) {
        if (!KEY.matcher(key).matches()) {
            throw new BadInput("/Idempotency-Key", "compensation.form.key");
        }
        return View.of(vouchers.use(code, body.place(), token.actor(), key));
    }
}
