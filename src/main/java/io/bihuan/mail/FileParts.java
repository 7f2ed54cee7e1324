package io.bihuan.mail;

import io.bihuan.platform.Refused;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.files.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;

/** Stores the files of a mail as they stream by; what may not be stored (programs, pages that act) stays in the mail only. */
final class FileParts implements PartStore {
    private final Files files;
    private final DataSize largest;

    FileParts(Files files, DataSize largest) {
        this.files = files;
        this.largest = largest;
    }

    @Override
    public Kept keep(InputStream content, String name, String declaredType) throws IOException {
        try {
            StoredFile file = files.store(content, name, largest);
            return new Kept(file.hash().hex(), file.mediaType(), file.size(), null);
        } catch (Refused refused) {
            if (refused.key().startsWith("mail.")) {
                throw refused;
            }
            return new Kept(null, declaredType, 0, refused.key());
        }
    }
}
