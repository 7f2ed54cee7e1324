package io.bihuan.portal;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileNames;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.files.StoredFile;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MultipartFile;

/**
 * Files that come with a form. They are stored before the rest of the form is right, and go back to the customer as sealed names,
 * so that a wrong phone number does not cost the upload of five photos again. What nobody sends again is cleaned away.
 */
@Component
public class Uploads {
    public static final int MOST = 5;
    public static final DataSize LARGEST = DataSize.ofMegabytes(10);
    private static final String SEPARATOR = ".";

    private final Files files;
    private final Keys keys;
    private final Allowances allowances;

    Uploads(Files files, Keys keys, Allowances allowances) {
        this.files = files;
        this.keys = keys;
        this.allowances = allowances;
    }

    /**
     * What of the files of a form was taken.
     *
     * @param refusals why others were not, each with the name of its file
     */
    public record Taken(List<Attachment> attachments, List<Refused> refusals) {}

    /**
     * Takes what a form brings.
     *
     * @param sealed what {@link #seal} gave for files that came before
     * @param address where the request came from
     * @throws TooOften when too many came from this address
     */
    public Taken take(FormToken form, List<String> sealed, List<MultipartFile> brought, String address) {
        var attachments = new ArrayList<Attachment>();
        var refusals = new ArrayList<Refused>();
        for (String each : sealed.subList(0, Math.min(sealed.size(), MOST))) {
            unsealed(form, each).ifPresentOrElse(attachments::add, () -> refusals.add(new Refused("platform.file.gone")));
        }
        List<MultipartFile> chosen =
                brought.stream().filter(file -> !name(file).isEmpty()).toList();
        if (!chosen.isEmpty()) {
            allowances.use(Allowance.UPLOAD, address);
        }
        for (MultipartFile file : chosen) {
            try {
                attachments.add(store(file, attachments.size()));
            } catch (Refused refused) {
                refusals.add(refused);
            }
        }
        return new Taken(
                attachments.stream().distinct().toList(), List.copyOf(refusals));
    }

    private Attachment store(MultipartFile file, int before) {
        if (before >= MOST) {
            throw new Refused("portal.refused.too-many-files", MOST, name(file));
        }
        try (InputStream content = file.getInputStream()) {
            StoredFile stored = files.store(content, name(file), LARGEST);
            return ComplaintFiles.attachment(stored, name(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(MultipartFile file) {
        String given = file.getOriginalFilename();
        return given == null || given.isBlank() ? "" : FileNames.clean(given);
    }

    /** A hidden field that brings the file back with the same form, and with no other. */
    public String seal(FormToken form, Attachment attachment) {
        String name = Personal.text(attachment.name());
        return attachment.sha256()
                + SEPARATOR
                + encoded(signature(form, attachment.sha256(), name))
                + SEPARATOR
                + encoded(name.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Attachment> unsealed(FormToken form, String sealed) {
        List<String> parts = List.of(sealed.split("\\.", -1));
        if (parts.size() != 3) {
            return Optional.empty();
        }
        try {
            String name = new String(Base64.getUrlDecoder().decode(parts.get(2)), StandardCharsets.UTF_8);
            byte[] given = Base64.getUrlDecoder().decode(parts.get(1));
            return MessageDigest.isEqual(signature(form, parts.getFirst(), name), given)
                    ? FileHash.parse(parts.getFirst()).flatMap(files::find).map(file -> ComplaintFiles.attachment(file, name))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] signature(FormToken form, String sha256, String name) {
        return Objects.requireNonNull(keys.blindIndex("portal-upload", form + SEPARATOR + sha256 + SEPARATOR + name));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
