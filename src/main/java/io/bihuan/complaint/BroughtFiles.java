package io.bihuan.complaint;

import io.bihuan.platform.Refused;
import io.bihuan.platform.files.Files;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MultipartFile;

/** Stores the files of a form of the desk, before the command that brings them. */
@Component
public class BroughtFiles {
    private static final DataSize LARGEST = DataSize.ofMegabytes(20);
    private static final int MOST = 10;

    private final Files files;

    BroughtFiles(Files files) {
        this.files = files;
    }

    /**
     * Stores them.
     *
     * @throws Refused with the reason for which one of them is not taken
     */
    public List<Attachment> store(@Nullable List<MultipartFile> uploads) throws IOException {
        var given = uploads == null
                ? List.<MultipartFile>of()
                : uploads.stream().filter(upload -> !isNone(upload)).toList();
        if (given.size() > MOST) {
            throw new Refused("complaint.refused.files", MOST);
        }
        var attachments = new ArrayList<Attachment>();
        for (MultipartFile upload : given) {
            String name = upload.getOriginalFilename() == null ? "" : upload.getOriginalFilename();
            try (InputStream content = upload.getInputStream()) {
                attachments.add(ComplaintFiles.attachment(files.store(content, name, LARGEST), name));
            }
        }
        return attachments;
    }

    /** A browser sends a nameless part for an empty field. */
    private static boolean isNone(MultipartFile upload) {
        return upload.isEmpty()
                && (upload.getOriginalFilename() == null
                        || upload.getOriginalFilename().isEmpty());
    }
}
