package io.bihuan.intake.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.RecentWrites;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.complaint.UploadedFile;
import io.bihuan.identity.Staff;
import io.bihuan.identity.StaffMember;
import io.bihuan.identity.TokenPrincipal;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.intake.RequestKeys;
import io.bihuan.pack.Packs;
import io.bihuan.platform.files.PartialUploads;
import io.bihuan.web.BadInput;
import io.bihuan.web.Problems;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Registering complaints through the API, exactly once. */
@RestController
@RequestMapping(
        path = "/api/v1/complaints",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Complaints")
class SubmissionsApi {
    /** Equal requests in equal bytes, whatever the order of members and the white space. */
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final RequestKeys requests;
    private final RecentWrites writes;
    private final TrackingLinks links;
    private final Packs packs;
    private final Staff staff;
    private final PartialUploads uploads;
    private final Problems problems;
    private final JsonMapper json;
    private final ZoneId zone;

    SubmissionsApi(
            RequestKeys requests,
            RecentWrites writes,
            TrackingLinks links,
            Packs packs,
            Staff staff,
            PartialUploads uploads,
            Problems problems,
            JsonMapper json,
            @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.requests = requests;
        this.writes = writes;
        this.links = links;
        this.packs = packs;
        this.staff = staff;
        this.uploads = uploads;
        this.problems = problems;
        this.json = json;
        this.zone = zone;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Register a complaint",
            description =
                    "With an `Idempotency-Key` the same request sent again, also at the same time, gets the same answer"
                            + " and registers nothing. Keys belong to the token and are kept 30 days. Without a key there is no"
                            + " protection against replay.")
    @ApiResponse(
            responseCode = "201",
            description = "Registered; `Location` is the complaint's address",
            content = @Content(schema = @Schema(implementation = SubmissionAnswer.class)))
    ResponseEntity<ObjectNode> register(
            @AuthenticationPrincipal TokenPrincipal token,
            @Parameter(description = "1 to 200 visible ASCII characters")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            @Valid @RequestBody SubmissionBody body,
            Texts t) {
        if (key != null && !RequestKeys.Request.isKey(key)) {
            throw new BadInput("/Idempotency-Key", "intake.field.key");
        }
        token.mustReach(body.businessLine(), body.channel().name());
        var request = new RequestKeys.Request(token.id(), key, hash(body));
        RequestKeys.Answer answer;
        try {
            answer = registered(token, body, request, t);
        } catch (InvalidSubmission invalid) {
            throw new BadInput(invalid.problems().stream()
                    .map(problem -> new BadInput.Wrong(problem.pointer(), problem.messageKey(), problem.arguments()))
                    .toList());
        }
        if (answer.complaint() != null) {
            writes.remember(token.id(), answer.complaint());
        }
        ObjectNode told = (ObjectNode) json.readTree(answer.text());
        told.put("trackingUrl", links.url(answer.number()));
        return ResponseEntity.created(
                        URI.create("/api/v1/complaints/" + answer.number().digits()))
                .body(told);
    }

    private RequestKeys.Answer registered(
            TokenPrincipal token, SubmissionBody body, RequestKeys.Request request, Texts t) {
        List<Attachment> files;
        try {
            files = UploadedFile.read(body.attachments(), uploads, token);
        } catch (BadInput gone) {
            // The file of an upload expires, the answer to a request that came before does not.
            return requests.answered(request).orElseThrow(() -> gone);
        }
        return requests.register(body.submission(token.id(), files, zone), request, complaint -> answer(complaint, t));
    }

    private String answer(Complaint complaint, Texts t) {
        String owner = staff.find(complaint.owner()).map(StaffMember::name).orElse(null);
        return json.writeValueAsString(
                SubmissionAnswer.of(complaint, owner, packs.get(complaint.pack(), complaint.packVersion()), t));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> known(RequestKeys.AlreadyRegistered known, HttpServletRequest request) {
        return problems.of(known, Map.of("number", known.number().digits()), request);
    }

    private static byte[] hash(SubmissionBody body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(CANONICAL.writeValueAsBytes(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
