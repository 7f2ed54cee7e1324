package io.bihuan.wechat;

import io.bihuan.platform.Refused;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** More codes than anybody needs. */
@ResponseStatus(HttpStatus.TOO_MANY_REQUESTS)
public final class TooOften extends Refused {
    TooOften(Duration remaining) {
        super("wechat.refused.tooOften", Math.max(1, remaining.plusSeconds(59).toMinutes()));
    }
}
