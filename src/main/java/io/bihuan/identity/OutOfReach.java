package io.bihuan.identity;

import io.bihuan.platform.Refused;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The token may do this, but not in this business line or channel. */
@ResponseStatus(HttpStatus.FORBIDDEN)
public class OutOfReach extends Refused {
    public OutOfReach() {
        super("identity.refused.outOfReach");
    }
}
