package io.bihuan.identity;

import io.bihuan.platform.Refused;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Too many sign-ins at once. */
@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
final class Busy extends Refused {
    Busy() {
        super("identity.refused.busy");
    }
}
