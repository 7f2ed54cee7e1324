package io.bihuan.complaint.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.FileWatch;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileResponses;
import io.bihuan.platform.files.FileUse;
import io.bihuan.web.NotFound;
import org.springframework.beans.factory.ObjectProvider;
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
    private final ObjectProvider<FileWatch> watches;

    DeskFileController(Desk desk, ComplaintFiles files, FileResponses responses, ObjectProvider<FileWatch> watches) {
        this.desk = desk;
        this.files = files;
        this.responses = responses;
        this.watches = watches;
    }

    @GetMapping("/desk/complaints/{number}/files/{sha256}")
    ResponseEntity<InputStreamResource> show(
            @PathVariable String number, @PathVariable String sha256, @AuthenticationPrincipal SignedIn who) {
        Complaint complaint = desk.complaint(number, who);
        FileUse use = FileHash.parse(sha256)
                .flatMap(hash -> files.find(complaint.id(), hash))
                .orElseThrow(() -> new NotFound("file " + sha256));
        ResponseEntity<InputStreamResource> answer = responses.show(use);
        watches.forEach(watch -> watch.opened(complaint, use.file().hash(), who.actor()));
        return answer;
    }

    /** The picture small, for lists: nobody has opened the file by that. */
    @GetMapping("/desk/complaints/{number}/thumbnails/{sha256}")
    ResponseEntity<byte[]> thumbnail(
            @PathVariable String number, @PathVariable String sha256, @AuthenticationPrincipal SignedIn who) {
        Complaint complaint = desk.complaint(number, who);
        return FileHash.parse(sha256)
                .flatMap(hash -> files.find(complaint.id(), hash))
                .map(use -> responses.thumbnail(use.file()))
                .orElseThrow(() -> new NotFound("file " + sha256));
    }
}
