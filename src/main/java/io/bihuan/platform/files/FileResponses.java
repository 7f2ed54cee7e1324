package io.bihuan.platform.files;

import io.bihuan.platform.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
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
    /** A GIF of one transparent pixel. */
    private static final byte[] NOTHING =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private final Files files;
    private final Thumbnails thumbnails;
    private final Locks locks;

    FileResponses(Files files, Thumbnails thumbnails, Locks locks) {
        this.files = files;
        this.thumbnails = thumbnails;
        this.locks = locks;
    }

    /**
     * The answer of a controller that has checked that the reader may see this file.
     *
     * @throws Refused for what the virus scanner found something in, or has not looked at yet
     */
    public ResponseEntity<InputStreamResource> show(FileUse use) {
        StoredFile file = use.file();
        locks.refusal(file, use.name()).ifPresent(refused -> {
            throw refused;
        });
        var content = new InputStreamResource(() -> files.open(file.hash()), use.name());
        return ResponseEntity.ok()
                .headers(headers -> headers.addAll(headers(use)))
                .contentLength(file.size())
                .body(content);
    }

    /** The small picture of a file, for a controller that has checked the same; an empty picture where there is none. */
    public ResponseEntity<byte[]> thumbnail(StoredFile file) {
        Optional<byte[]> drawn = locks.isLocked(file) ? Optional.empty() : thumbnails.of(file);
        var headers = new HttpHeaders();
        headers.setContentType(drawn.isPresent() ? MediaType.IMAGE_JPEG : MediaType.IMAGE_GIF);
        headers.setCacheControl(
                drawn.isPresent() ? CacheControl.maxAge(Duration.ofHours(1)).cachePrivate() : CacheControl.noStore());
        guard(headers);
        return ResponseEntity.ok().headers(headers).body(drawn.orElseGet(NOTHING::clone));
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
        guard(headers);
        return headers;
    }

    private static void guard(HttpHeaders headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
    }
}
