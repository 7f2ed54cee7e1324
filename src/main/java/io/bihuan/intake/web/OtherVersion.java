package io.bihuan.intake.web;

import io.bihuan.platform.Refused;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The sender speaks no version of the upload protocol that is known here. */
@ResponseStatus(HttpStatus.PRECONDITION_FAILED)
final class OtherVersion extends Refused {
    OtherVersion() {
        super("intake.refused.upload-version", FilesApi.VERSION);
    }
}
