package io.bihuan.platform.files;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Sends stored files so that none of them can run in the reader's browser: safe images are shown in place, everything else is
 * offered for saving as bytes without a type.
 */
@Component
public class FileResponses {
    private final Files files;

    FileResponses(Files files) {
        this.files = files;
    }

    /** The answer of a controller that has checked that the reader may see this file. */
    public ResponseEntity<InputStreamResource> show(FileUse use) {
        StoredFile file = use.file();
        var content = new InputStreamResource(() -> files.open(file.hash()), use.name());
        return ResponseEntity.ok()
                .headers(headers -> headers.addAll(headers(use)))
                .contentLength(file.size())
                .body(content);
    }

    static HttpHeaders headers(FileUse use) {
        StoredFile file = use.file();
        boolean isShown = file.isSafeImage();
        var disposition = isShown ? ContentDisposition.inline() : ContentDisposition.attachment();
        var headers = new HttpHeaders();
        headers.setContentType(
                isShown ? MediaType.parseMediaType(file.mediaType()) : MediaType.APPLICATION_OCTET_STREAM);
        headers.setContentDisposition(
                disposition.filename(use.name(), StandardCharsets.UTF_8).build());
        headers.setETag('"' + file.hash().hex() + '"');
        // Content never changes under its hash, but whoever loses the right to see it shall not keep it for long.
        headers.setCacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        return headers;
    }
}
