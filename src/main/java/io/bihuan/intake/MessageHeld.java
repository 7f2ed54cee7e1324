package io.bihuan.intake;

import io.bihuan.platform.Refused;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Somebody else was faster: claimed the message, or decided it. */
@ResponseStatus(HttpStatus.CONFLICT)
public final class MessageHeld extends Refused {
    MessageHeld(String key, Object... arguments) {
        super(key, arguments);
    }
}
