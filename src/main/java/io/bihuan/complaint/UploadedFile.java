package io.bihuan.complaint;

import io.bihuan.identity.TokenPrincipal;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.PartialUploads;
import io.bihuan.web.BadInput;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that the same token has uploaded at {@code /api/v1/files}, and how it shall be named. */
@Schema(
        name = "Attachment",
        requiredProperties = {"sha256", "name"})
public record UploadedFile(
        @Schema(description = "As the upload was answered") @NotNull
        String sha256,

        @Schema(maxLength = 200, example = "invoice.pdf") @NotBlank @Size(max = 200)
        String name) {
    /**
     * The files of a command.
     *
     * @throws BadInput for one that this token has not uploaded, or that has expired since
     */
    public static List<Attachment> read(
            @Nullable List<UploadedFile> bodies, PartialUploads uploads, TokenPrincipal token) {
        var attachments = new ArrayList<Attachment>();
        for (UploadedFile body : bodies == null ? List.<UploadedFile>of() : bodies) {
            String pointer = "/attachments/" + attachments.size() + "/sha256";
            attachments.add(FileHash.parse(body.sha256())
                    .flatMap(hash -> uploads.uploaded(token.actor().toString(), hash))
                    .map(file -> ComplaintFiles.attachment(file, body.name()))
                    .orElseThrow(() -> new BadInput(pointer, "complaint.field.file")));
        }
        return attachments;
    }
}
