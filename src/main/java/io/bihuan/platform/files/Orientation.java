package io.bihuan.platform.files;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a picture was held, by the EXIF in the beginning of its file; anything that cannot be read is upright. */
final class Orientation {
    static final int UPRIGHT = 1;

    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int PNG_SIGNATURE = 8;

    private Orientation() {}

    static int of(byte[] head, String mediaType) {
        int found =
                switch (mediaType) {
                    case "image/jpeg" -> ofJpeg(head);
                    case "image/png" -> ofPng(head);
                    default -> UPRIGHT; // no other type that is drawn knows it
                };
        return found >= UPRIGHT && found <= 8 ? found : UPRIGHT;
    }

    private static int ofJpeg(byte[] head) {
        var bytes = ByteBuffer.wrap(head);
        int at = 2;
        while (at + 4 <= head.length && (head[at] & 0xFF) == 0xFF) {
            int marker = head[at + 1] & 0xFF;
            int length = Short.toUnsignedInt(bytes.getShort(at + 2));
            int end = Math.min(at + 2 + length, head.length);
            if (marker == 0xDA || length < 2) {
                return UPRIGHT;
            }
            boolean isExif = marker == 0xE1
                    && at + 4 + EXIF.length <= end
                    && Arrays.equals(head, at + 4, at + 4 + EXIF.length, EXIF, 0, EXIF.length);
            if (isExif) {
                return Photos.orientationOf(Arrays.copyOfRange(head, at + 4 + EXIF.length, end));
            }
            at += 2 + length;
        }
        return UPRIGHT;
    }

    private static int ofPng(byte[] head) {
        var bytes = ByteBuffer.wrap(head);
        long at = PNG_SIGNATURE;
        while (at + 8 <= head.length) {
            long length = Integer.toUnsignedLong(bytes.getInt((int) at));
            String type = new String(head, (int) at + 4, 4, StandardCharsets.ISO_8859_1);
            if (type.equals("IDAT")) {
                return UPRIGHT;
            }
            if (type.equals("eXIf")) {
                int end = (int) Math.min(at + 8 + length, head.length);
                return Photos.orientationOf(Arrays.copyOfRange(head, (int) at + 8, end));
            }
            at += 12 + length;
        }
        return UPRIGHT;
    }

    /** Whether it lies on its side, so that width and height change places. */
    static boolean isTurned(int orientation) {
        return orientation >= 5;
    }

    /** What puts a picture of this size upright. */
    static AffineTransform upright(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform(); // upright already
        };
    }
}
