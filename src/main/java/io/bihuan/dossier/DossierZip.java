package io.bihuan.dossier;

import io.bihuan.platform.Refused;
import io.bihuan.platform.files.FileUse;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.files.Locks;
import io.bihuan.web.Texts;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;

/** The file as one ZIP: the PDF, the same as text, every file of the complaint, and the hashes of them all (SHA256SUMS). */
@Component
public class DossierZip {
    private final Files files;
    private final Locks locks;
    private final InstantSource time;

    DossierZip(Files files, Locks locks, InstantSource time) {
        this.files = files;
        this.locks = locks;
        this.time = time;
    }

    /** Writes it as a stream; the one that is written to stays open. */
    public void write(DossierContent content, Texts t, OutputStream out) throws IOException {
        Instant now = time.instant();
        var sums = new StringBuilder();
        var zip = new ZipOutputStream(new Unclosed(out), StandardCharsets.UTF_8);
        var pdf = new ByteArrayOutputStream();
        new DossierPdf(t).write(content, now, pdf);
        add(zip, "dossier.pdf", pdf.toByteArray(), now, sums);
        add(zip, "dossier.txt", content.text().getBytes(StandardCharsets.UTF_8), now, sums);
        int number = 0;
        for (FileUse file : content.files()) {
            String name = "files/%02d-%s".formatted(++number, safe(file.name()));
            Optional<Refused> locked = locks.refusal(file.file(), file.name());
            if (locked.isPresent()) {
                // What nobody may open does not leave the house by this door either; in its place stands why.
                add(zip, name + ".txt", t.of(locked.get()).getBytes(StandardCharsets.UTF_8), now, sums);
                continue;
            }
            zip.putNextEntry(entry(name, now));
            try (InputStream in = files.open(file.file().hash())) {
                in.transferTo(zip);
            }
            zip.closeEntry();
            sums.append(file.file().hash().hex()).append("  ").append(name).append('\n');
        }
        zip.putNextEntry(entry("SHA256SUMS", now));
        zip.write(sums.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
        zip.flush();
    }

    /** SHA-256 in hexadecimal. */
    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content, Instant at, StringBuilder sums)
            throws IOException {
        zip.putNextEntry(entry(name, at));
        zip.write(content);
        zip.closeEntry();
        sums.append(sha256(content)).append("  ").append(name).append('\n');
    }

    private static ZipEntry entry(String name, Instant at) {
        var entry = new ZipEntry(name);
        entry.setTime(at.toEpochMilli());
        return entry;
    }

    /** A name that stays in its folder on every system. */
    static String safe(String name) {
        String plain = name.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_").strip();
        String undotted = plain.replaceFirst("^\\.+", "_");
        String named = undotted.isEmpty() ? "file" : undotted;
        return named.length() > 120 ? named.substring(named.length() - 120) : named;
    }

    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
