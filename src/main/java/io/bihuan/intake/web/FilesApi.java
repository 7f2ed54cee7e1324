package io.bihuan.intake.web;

import io.bihuan.identity.TokenPrincipal;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.PartialUpload;
import io.bihuan.platform.files.PartialUploads;
import io.bihuan.web.BadInput;
import io.bihuan.web.NotFound;
import io.bihuan.web.StorableText;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Files through the API, resumable by tus 1.0.0 (core, creation, termination, checksum, expiration) or whole in one request. The hash
 * that is answered is then named as an attachment.
 */
@RestController
@RequestMapping("/api/v1/files")
@Tag(name = "Files")
class FilesApi {
    static final String VERSION = "1.0.0";
    private static final String RESUMABLE = "Tus-Resumable";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final String PIECE = "application/offset+octet-stream";
    /** How much is held in memory until its checksum is known, and by how many at once. */
    static final int LARGEST_CHECKED = 4 << 20;

    private static final int MOST_CHECKED = 8;

    /** An uploaded file: {@code sha256} once it is whole and was taken, {@code refusal} when it was not. */
    record UploadView(
            UUID id,
            String name,
            long length,
            long received,
            @Nullable String sha256,
            @Nullable String refusal,
            java.time.Instant expiresAt) {}

    private final PartialUploads uploads;
    private final Semaphore checking = new Semaphore(MOST_CHECKED);

    FilesApi(PartialUploads uploads) {
        this.uploads = uploads;
    }

    @RequestMapping(method = RequestMethod.OPTIONS)
    @Operation(operationId = "readUploadOptions", summary = "Ask what the upload protocol offers")
    @ApiResponse(responseCode = "204", description = "`Tus-Version`, `Tus-Extension`, `Tus-Max-Size`")
    ResponseEntity<Void> options() {
        return ResponseEntity.noContent()
                .header(RESUMABLE, VERSION)
                .header("Tus-Version", VERSION)
                .header("Tus-Extension", "creation,termination,checksum,expiration")
                .header("Tus-Max-Size", Long.toString(uploads.largest().toBytes()))
                .header("Tus-Checksum-Algorithm", Checksum.names())
                .build();
    }

    @PostMapping(headers = RESUMABLE)
    @Operation(
            operationId = "beginUpload",
            summary = "Begin a resumable upload, or upload a file whole",
            description =
                    "With `Tus-Resumable: 1.0.0`: begins an upload of `Upload-Length` bytes; `Location` is its address, `Upload-Metadata`"
                            + " carries `filename` in base64. Without: the body is the file, `name` its name, and the answer has its hash.",
            parameters = @Parameter(in = ParameterIn.QUERY, name = "name", schema = @Schema(type = "string")),
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(responseCode = "201", description = "`Location` is the upload's address")
    ResponseEntity<Void> begin(
            @AuthenticationPrincipal TokenPrincipal token,
            @RequestHeader(name = RESUMABLE, required = false) @Nullable String version,
            @RequestHeader(name = LENGTH, required = false) @Nullable String length,
            @RequestHeader(name = "Upload-Metadata", required = false) @Nullable String metadata,
            HttpServletResponse response) {
        speak(version, response);
        long bytes = number(LENGTH, length);
        if (bytes > uploads.largest().toBytes()) {
            return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE)
                    .header("Tus-Max-Size", Long.toString(uploads.largest().toBytes()))
                    .build();
        }
        PartialUpload upload = uploads.begin(owner(token), name(metadata), bytes);
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/files/" + upload.id())
                .header("Upload-Expires", expires(upload))
                .build();
    }

    @PostMapping(headers = "!" + RESUMABLE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(hidden = true)
    ResponseEntity<UploadView> store(
            @AuthenticationPrincipal TokenPrincipal token,
            @RequestParam(defaultValue = "file") String name,
            HttpServletRequest request)
            throws IOException, HttpMediaTypeNotSupportedException {
        String type = Objects.requireNonNullElse(request.getContentType(), "");
        if (type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                || type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE)) {
            // The container reads a form for its fields before the file is asked for.
            throw new HttpMediaTypeNotSupportedException(type);
        }
        PartialUpload upload = uploads.store(owner(token), request.getInputStream(), name);
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.LOCATION, "/api/v1/files/" + upload.id())
                .body(view(upload));
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "readUpload", summary = "Read what became of an upload")
    UploadView show(@AuthenticationPrincipal TokenPrincipal token, @PathVariable UUID id) throws IOException {
        return view(found(token, id));
    }

    @RequestMapping(path = "/{id}", method = RequestMethod.HEAD)
    @Operation(operationId = "readUploadOffset", summary = "Ask how far an upload has come")
    @ApiResponse(responseCode = "200", description = "`Upload-Offset`, `Upload-Length`, `Upload-Expires`")
    ResponseEntity<Void> stand(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable UUID id,
            @RequestHeader(name = RESUMABLE, required = false) @Nullable String version,
            HttpServletResponse response)
            throws IOException {
        speak(version, response);
        PartialUpload upload = found(token, id);
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(OFFSET, Long.toString(upload.received()))
                .header(LENGTH, Long.toString(upload.length()))
                .header("Upload-Expires", expires(upload))
                .build();
    }

    @PatchMapping("/{id}")
    @Operation(
            operationId = "appendUpload",
            summary = "Send the next piece of an upload",
            description =
                    "`Content-Type: application/offset+octet-stream`, `Upload-Offset` is where it belongs. 409 when the upload stands"
                            + " elsewhere, 460 when the piece does not fit its `Upload-Checksum` (sha1 or sha256; at most 4 MiB). The"
                            + " answer to the last piece says the file's hash in `Upload-Sha256`.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(mediaType = PIECE, schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(responseCode = "204", description = "Received up to `Upload-Offset`")
    ResponseEntity<Void> append(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable UUID id,
            @RequestHeader(name = RESUMABLE, required = false) @Nullable String version,
            @RequestHeader(name = OFFSET, required = false) @Nullable String offset,
            @Parameter(description = "`sha256 ` and the digest in base64")
                    @RequestHeader(name = "Upload-Checksum", required = false)
                    @Nullable
                    String checksum,
            HttpServletRequest request,
            HttpServletResponse response,
            Texts t)
            throws IOException {
        speak(version, response);
        if (!PIECE.equals(request.getContentType())) {
            return ResponseEntity.status(HttpStatus.UNSUPPORTED_MEDIA_TYPE).build();
        }
        long at = number(OFFSET, offset);
        PartialUpload upload = found(token, id);
        PartialUpload after;
        if (checksum == null) {
            after = uploads.append(owner(token), upload, at, request.getInputStream());
        } else {
            Checksum expected = Checksum.read(checksum);
            if (upload.received() != at) {
                return ResponseEntity.status(HttpStatus.CONFLICT).build();
            }
            if (!checking.tryAcquire()) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
                return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
            }
            try {
                byte[] piece = request.getInputStream().readNBytes(LARGEST_CHECKED + 1);
                if (piece.length > LARGEST_CHECKED) {
                    return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).build();
                }
                if (!expected.fits(piece)) {
                    return ResponseEntity.status(460).build();
                }
                after = uploads.append(owner(token), upload, at, new ByteArrayInputStream(piece));
            } finally {
                checking.release();
            }
        }
        if (after.refusal() != null) {
            throw new Refused(after.refusal(), after.name(), uploads.largest().toMegabytes());
        }
        var answer = ResponseEntity.noContent()
                .header(OFFSET, Long.toString(after.received()))
                .header("Upload-Expires", expires(after));
        return after.hash() == null
                ? answer.build()
                : answer.header("Upload-Sha256", after.hash().hex()).build();
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "cancelUpload", summary = "Cancel an upload; a file that a complaint has stays there")
    @ApiResponse(responseCode = "204", description = "Cancelled")
    ResponseEntity<Void> destroy(
            @AuthenticationPrincipal TokenPrincipal token,
            @PathVariable UUID id,
            @RequestHeader(name = RESUMABLE, required = false) @Nullable String version,
            HttpServletResponse response)
            throws IOException {
        speak(version, response);
        uploads.remove(found(token, id).id());
        return ResponseEntity.noContent().build();
    }

    static String owner(TokenPrincipal token) {
        return token.actor().toString();
    }

    private PartialUpload found(TokenPrincipal token, UUID id) throws IOException {
        return uploads.find(owner(token), id).orElseThrow(() -> new NotFound("upload " + id));
    }

    private static UploadView view(PartialUpload upload) {
        return new UploadView(
                upload.id(),
                upload.name(),
                upload.length(),
                upload.received(),
                upload.hash() == null ? null : upload.hash().hex(),
                upload.refusal(),
                upload.expiresAt());
    }

    private static void speak(@Nullable String version, HttpServletResponse response) {
        response.setHeader(RESUMABLE, VERSION);
        if (!VERSION.equals(version)) {
            response.setHeader("Tus-Version", VERSION);
            throw new OtherVersion();
        }
    }

    private static long number(String header, @Nullable String value) {
        if (value == null || !value.matches("\\d{1,15}")) {
            throw new BadInput("/" + header, "web.field.unreadable");
        }
        return Long.parseLong(value);
    }

    /** {@code filename 5oqV6K+J.., filetype aW1hZ2U=}: keys and base64 of their values. */
    private static String name(@Nullable String metadata) {
        for (String pair : metadata == null ? new String[0] : metadata.split(",", -1)) {
            String[] parts = pair.strip().split(" ", 2);
            if (parts.length == 2 && parts[0].equals("filename")) {
                try {
                    return StorableText.require(
                            new String(Base64.getDecoder().decode(parts[1].strip()), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    throw new BadInput("/Upload-Metadata", "web.field.unreadable");
                }
            }
        }
        return "file";
    }

    private static String expires(PartialUpload upload) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expiresAt().atOffset(ZoneOffset.UTC));
    }
}
