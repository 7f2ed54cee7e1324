package io.bihuan.complaint;

import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileUse;
import io.bihuan.platform.files.FileUser;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.files.StoredFile;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Which files belong to a complaint. A command that brings files takes {@link #used} alongside, so that both stand or neither. */
@Component
public class ComplaintFiles {
    private static final String KIND = "complaint";

    private final Files files;

    ComplaintFiles(Files files) {
        this.files = files;
    }

    /** A stored file as the attachment of a command. */
    public static Attachment attachment(StoredFile file, String name) {
        return new Attachment(file.hash().hex(), Personal.of(name), file.mediaType(), file.size());
    }

    /** What a command with these attachments must write alongside. */
    public BiConsumer<Complaint, Writes> used(List<Attachment> attachments) {
        return (complaint, writes) -> attachments.forEach(attachment -> files.use(
                writes,
                new FileUser(KIND, complaint.id()),
                new FileHash(attachment.sha256()),
                Personal.text(attachment.name())));
    }

    /** A file of this complaint; empty when it is not this complaint's, whoever else has it. */
    public Optional<FileUse> find(UUID complaintId, FileHash hash) {
        return files.use(new FileUser(KIND, complaintId), hash);
    }

    /** Files in which the virus scanner found something, with the complaints that have them; the newest first. */
    List<Files.Infected> infected(Instant since, int limit) {
        return files.infected(KIND, since, limit);
    }

    /** All files of a complaint, oldest first. */
    public List<FileUse> of(UUID complaintId) {
        return files.uses(new FileUser(KIND, complaintId));
    }
}
