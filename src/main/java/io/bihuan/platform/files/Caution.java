package io.bihuan.platform.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Looks for macros and encryption in a file that streams by, by the marks that its format leaves in plain sight: names in archives
 * and compound documents, the key dictionary of a PDF. Nothing is unpacked, so nothing can explode.
 */
final class Caution {
    private static final byte[] ZIP_ENTRY = {'P', 'K', 3, 4};
    private static final int OVERLAP = 128;

    private final String mediaType;
    private final boolean isZip;
    private final boolean isCompound;
    private final boolean isPdf;
    private byte[] before = new byte[0];
    private boolean hasMacros;
    private boolean isEncrypted;

    Caution(String mediaType, byte[] head) {
        this.mediaType = mediaType;
        this.isZip = indexOf(head, ZIP_ENTRY, 0) == 0;
        this.isCompound = indexOf(head, new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}, 0) == 0;
        this.isPdf = mediaType.equals("application/pdf");
    }

    void look(byte[] chunk) {
        if (!isZip && !isCompound && !isPdf) {
            return;
        }
        byte[] seen = Arrays.copyOf(before, before.length + chunk.length);
        System.arraycopy(chunk, 0, seen, before.length, chunk.length);
        if (isZip) {
            hasMacros |= has(seen, "vbaProject.bin") || has(seen, "Basic/script-lc.xml");
            isEncrypted |= has(seen, "encrypted-package") || hasEncryptedEntry(seen);
        } else if (isCompound) {
            hasMacros |= has(seen, "_VBA_PROJECT", StandardCharsets.UTF_16LE);
            isEncrypted |= has(seen, "EncryptedPackage", StandardCharsets.UTF_16LE);
        } else {
            isEncrypted |= has(seen, "/Encrypt");
        }
        before = Arrays.copyOfRange(seen, Math.max(0, seen.length - OVERLAP), seen.length);
    }

    boolean hasMacros() {
        return hasMacros;
    }

    boolean isEncrypted() {
        return isEncrypted;
    }

    private boolean hasEncryptedEntry(byte[] bytes) {
        boolean isOpenDocument = mediaType.startsWith("application/vnd.oasis.opendocument");
        for (int at = indexOf(bytes, ZIP_ENTRY, 0);
                at >= 0 && at + 41 <= bytes.length;
                at = indexOf(bytes, ZIP_ENTRY, at + 4)) {
            boolean isFlagged = (bytes[at + 6] & 1) == 1;
            // OpenDocument sets no flag; it stores encrypted entries uncompressed, which no writer does with plain XML.
            boolean isStoredContent = isOpenDocument
                    && bytes[at + 8] == 0
                    && new String(bytes, at + 30, 11, StandardCharsets.ISO_8859_1).equals("content.xml");
            if (isFlagged || isStoredContent) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(byte[] bytes, String mark) {
        return has(bytes, mark, StandardCharsets.ISO_8859_1);
    }

    private static boolean has(byte[] bytes, String mark, Charset charset) {
        return indexOf(bytes, mark.getBytes(charset), 0) >= 0;
    }

    private static int indexOf(byte[] bytes, byte[] mark, int from) {
        for (int at = from; at <= bytes.length - mark.length; at++) {
            if (bytes[at] == mark[0] && Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
                return at;
            }
        }
        return -1;
    }
}
