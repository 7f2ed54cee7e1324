package io.bihuan.imports;

import io.bihuan.imports.ImportRun.Format;
import io.bihuan.imports.ImportRun.Reading;
import io.bihuan.platform.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * A file with a table in it. What it is stands in its first bytes, whatever its name says.
 *
 * @param content is opened several times
 */
record TableFile(InputStreamSource content) {
    private static final int HEAD = 8_192;

    /** What is no table that we read; each with the text that says what to do. */
    private enum Stranger {
        OLD_EXCEL("imports.refused.old-excel"),
        ENCRYPTED("imports.refused.encrypted"),
        WEB_PAGE("imports.refused.other-spreadsheet"),
        NO_TEXT("imports.refused.no-text");

        private final String key;

        Stranger(String key) {
            this.key = key;
        }
    }

    /** How it is to be read, as far as the file itself tells. */
    Reading detect() throws IOException {
        byte[] head;
        try (InputStream in = content.getInputStream()) {
            head = in.readNBytes(HEAD);
        }
        if (begins(head, 'P', 'K', 3, 4)) {
            Workbook book = Workbook.read(content);
            return new Reading(
                    Format.XLSX, StandardCharsets.UTF_8.name(), ',', SheetTable.firstWithRows(content, book));
        }
        Stranger stranger = stranger(head);
        if (stranger != null) {
            throw new Refused(stranger.key);
        }
        Charset charset;
        try (InputStream in = content.getInputStream()) {
            charset = Encoding.detect(in);
        }
        try (InputStream in = content.getInputStream()) {
            return new Reading(Format.CSV, charset.name(), CsvTable.delimiter(in, charset), null);
        }
    }

    private @Nullable Stranger stranger(byte[] head) throws IOException {
        if (begins(head, 0xD0, 0xCF, 0x11, 0xE0)) {
            return isEncrypted() ? Stranger.ENCRYPTED : Stranger.OLD_EXCEL;
        }
        String beginning = new String(head, StandardCharsets.ISO_8859_1)
                .replaceFirst("^(?:\\xEF\\xBB\\xBF)?\\s*", "")
                .toLowerCase(Locale.ROOT);
        if (beginning.startsWith("<html")
                || beginning.startsWith("<!doctype html")
                || beginning.startsWith("<table")
                || (beginning.startsWith("<?xml") && beginning.contains("urn:schemas-microsoft-com:office:"))) {
            return Stranger.WEB_PAGE;
        }
        int controls = begins(head, 'P', 'K') && head.length > 3 && head[2] < 9 ? head.length : 0;
        for (byte each : head) {
            controls += each > 0 && each < 0x20 && each != '\t' && each != '\r' && each != '\n' ? 1 : 0;
        }
        return controls * 50L > head.length ? Stranger.NO_TEXT : null;
    }

    /** A workbook with a password is kept in the frame of the old format, in a stream of this name. */
    private boolean isEncrypted() throws IOException {
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        try (InputStream in = content.getInputStream()) {
            int matched = 0;
            byte[] buffer = in.readNBytes(1 << 16);
            while (buffer.length > 0) {
                for (byte each : buffer) {
                    matched = each == name[matched] ? matched + 1 : each == name[0] ? 1 : 0;
                    if (matched == name.length) {
                        return true;
                    }
                }
                buffer = in.readNBytes(1 << 16);
            }
            return false;
        }
    }

    private static boolean begins(byte[] head, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** The whole table. */
    Table open(Reading reading) throws IOException {
        return switch (reading.format()) {
            case CSV -> csv(reading);
            case XLSX -> SheetTable.open(content, sheet(reading));
        };
    }

    /** Enough of the table for a look at its first rows. */
    Table look(Reading reading) throws IOException {
        return switch (reading.format()) {
            case CSV -> csv(reading);
            case XLSX -> SheetTable.look(content, sheet(reading));
        };
    }

    private Table csv(Reading reading) throws IOException {
        return CsvTable.open(content.getInputStream(), Charset.forName(reading.charset()), reading.delimiter());
    }

    private static String sheet(Reading reading) {
        String sheet = reading.sheet();
        return sheet == null ? "" : sheet;
    }

    /** The names of the sheets that can be chosen; none in a text file. */
    List<String> sheets(Format format) throws IOException {
        return switch (format) {
            case CSV -> List.of();
            case XLSX ->
                Workbook.read(content).sheets().stream()
                        .map(Workbook.Sheet::name)
                        .toList();
        };
    }
}
