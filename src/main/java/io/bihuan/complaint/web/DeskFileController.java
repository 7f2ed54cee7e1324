package io.bihuan.complaint.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileResponses;
import io.bihuan.web.NotFound;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The files of a complaint, for whoever may see the complaint. */
@Controller
class DeskFileController {
    private final Desk desk;
    private final ComplaintFiles files;
    private final FileResponses responses;

    DeskFileController(Desk desk, ComplaintFiles files, FileResponses responses) {
        this.desk = desk;
        this.files = files;
        this.responses = responses;
    }

    @GetMapping("/desk/complaints/{number}/files/{sha256}")
    ResponseEntity<InputStreamResource> show(
            @PathVariable String number, @PathVariable String sha256, @AuthenticationPrincipal SignedIn who) {
        Complaint complaint = desk.complaint(number, who);
        return FileHash.parse(sha256)
                .flatMap(hash -> files.find(complaint.id(), hash))
                .map(responses::show)
                .orElseThrow(() -> new NotFound("file " + sha256));
    }
}
