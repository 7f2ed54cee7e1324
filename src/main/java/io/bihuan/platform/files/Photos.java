package io.bihuan.platform.files;

import io.bihuan.platform.Refused;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Takes place, time, camera and comments out of pictures while they stream by. Pixels are copied, never encoded again; of EXIF
 * only the orientation stays, because without it a picture would lie on its side. What follows the end of the picture is dropped:
 * phones append a video or a second picture with its own EXIF there.
 */
final class Photos {
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MINIMAL_EXIF = 26;
    private static final int LONGEST_EXIF = 1 << 20;

    private static final Set<String> PNG_CHUNKS = Set.of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "hIST",
            "pHYs", "sPLT", "acTL", "fcTL", "fdAT");
    private static final Set<String> WEBP_CHUNKS = Set.of("VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH", "ICCP");
    private static final Set<String> GIF_APPLICATIONS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

    private final String name;
    private final DataInputStream in;
    private final DataOutputStream out;
    private boolean hasPixels;

    private Photos(String name, InputStream in, OutputStream out) {
        this.name = name;
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
    }

    /**
     * Copies a picture without what it tells about its maker. Other types are copied as they are. A picture that ends early is
     * kept as far as it goes.
     *
     * @throws Refused {@code platform.file.broken-image} when its structure cannot be followed, so that nothing slips through
     */
    static void clean(String mediaType, String name, InputStream in, OutputStream out) throws IOException {
        var photos = new Photos(name, in, out);
        try {
            switch (mediaType) {
                case "image/jpeg" -> photos.jpeg();
                case "image/png" -> photos.png();
                case "image/webp" -> photos.webp();
                case "image/gif" -> photos.gif();
                default -> in.transferTo(out); // any other type
            }
        } catch (EOFException e) {
            if (!photos.hasPixels) {
                throw photos.broken();
            }
        }
    }

    private Refused broken() {
        return new Refused("platform.file.broken-image", name);
    }

    private void jpeg() throws IOException {
        if (in.readUnsignedShort() != 0xFFD8) {
            throw broken();
        }
        out.writeShort(0xFFD8);
        try {
            int marker = nextMarker();
            while (marker != 0xD9) {
                marker = segment(marker);
            }
        } catch (EOFException e) {
            if (!hasPixels) {
                throw e;
            }
        }
        if (!hasPixels) {
            throw broken();
        }
        out.writeShort(0xFFD9);
    }

    private int nextMarker() throws IOException {
        if (in.readUnsignedByte() != 0xFF) {
            throw broken();
        }
        int marker = in.readUnsignedByte();
        while (marker == 0xFF) {
            marker = in.readUnsignedByte();
        }
        return marker;
    }

    private int segment(int marker) throws IOException {
        if (marker == 0x00 || marker == 0xD8) {
            throw broken();
        }
        if (marker == 0x01 || isRestart(marker)) {
            writeMarker(marker);
            return nextMarker();
        }
        int length = in.readUnsignedShort();
        if (length < 2) {
            throw broken();
        }
        byte[] body = new byte[length - 2];
        in.readFully(body);
        if (marker == 0xE1 && startsWith(body, EXIF)) {
            orientation(Arrays.copyOfRange(body, EXIF.length, body.length));
        } else if (isPicture(marker, body)) {
            writeMarker(marker);
            out.writeShort(length);
            out.write(body);
        }
        if (marker != 0xDA) {
            return nextMarker();
        }
        hasPixels = true;
        return scan();
    }

    private void writeMarker(int marker) throws IOException {
        out.writeByte(0xFF);
        out.writeByte(marker);
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    /** Of the application segments only those that colours depend on. */
    private static boolean isPicture(int marker, byte[] body) {
        boolean isApplication = marker >= 0xE0 && marker <= 0xEF;
        if (!isApplication) {
            return marker != 0xFE;
        }
        String kept =
                switch (marker) {
                    case 0xE0 -> "JFIF\0";
                    case 0xE2 -> "ICC_PROFILE\0";
                    case 0xEE -> "Adobe";
                    default -> null; // all other segments
                };
        return kept != null && startsWith(body, kept.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void orientation(byte[] tiff) throws IOException {
        int orientation = orientationOf(tiff);
        if (orientation > 1) {
            writeMarker(0xE1);
            out.writeShort(2 + EXIF.length + MINIMAL_EXIF);
            out.write(EXIF);
            out.write(minimalExif(orientation));
        }
    }

    private int scan() throws IOException {
        while (true) {
            int next = in.readUnsignedByte();
            if (next != 0xFF) {
                out.writeByte(next);
                continue;
            }
            int marker = in.readUnsignedByte();
            while (marker == 0xFF) {
                marker = in.readUnsignedByte();
            }
            if (marker != 0x00 && !isRestart(marker)) {
                return marker;
            }
            writeMarker(marker);
        }
    }

    private void png() throws IOException {
        long signature = in.readLong();
        if (signature != 0x89504E470D0A1A0AL) {
            throw broken();
        }
        out.writeLong(signature);
        boolean isFirst = true;
        String type;
        do {
            int length = in.readInt();
            byte[] label = in.readNBytes(4);
            type = new String(label, StandardCharsets.ISO_8859_1);
            if (length < 0 || !type.matches("[A-Za-z]{4}") || isFirst != type.equals("IHDR")) {
                throw broken();
            }
            isFirst = false;
            hasPixels |= type.equals("IDAT");
            if (PNG_CHUNKS.contains(type)) {
                out.writeInt(length);
                out.write(label);
                copy(length + 4L);
            } else if (type.equals("eXIf") && length <= LONGEST_EXIF) {
                pngOrientation(label, read(length));
                in.readInt();
            } else {
                skip(length + 4L);
            }
        } while (!type.equals("IEND"));
        if (!hasPixels) {
            throw broken();
        }
    }

    private void pngOrientation(byte[] label, byte[] tiff) throws IOException {
        int orientation = orientationOf(tiff);
        if (orientation > 1) {
            byte[] minimal = minimalExif(orientation);
            var sum = new CRC32();
            sum.update(label);
            sum.update(minimal);
            out.writeInt(minimal.length);
            out.write(label);
            out.write(minimal);
            out.writeInt((int) sum.getValue());
        }
    }

    /** The RIFF header tells the length before the content is known, so unwanted chunks are overwritten instead of left out. */
    private void webp() throws IOException {
        byte[] header = read(12);
        String mark = new String(header, StandardCharsets.ISO_8859_1);
        if (!mark.startsWith("RIFF") || !mark.endsWith("WEBP")) {
            throw broken();
        }
        out.write(header);
        long left = Integer.toUnsignedLong(
                        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(4))
                - 4;
        while (left >= 8) {
            byte[] start = read(8);
            String type = new String(start, 0, 4, StandardCharsets.ISO_8859_1);
            long size = Integer.toUnsignedLong(
                    ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
            long padded = Math.min(size + (size & 1), left - 8);
            left -= 8 + padded;
            webpChunk(type, start, padded);
        }
        if (!hasPixels) {
            throw broken();
        }
    }

    private void webpChunk(String type, byte[] start, long size) throws IOException {
        if (type.equals("VP8X") && size >= 1) {
            out.write(start);
            out.writeByte(in.readUnsignedByte() & ~0x04); // no XMP any more
            copy(size - 1);
        } else if (WEBP_CHUNKS.contains(type)) {
            hasPixels |= type.startsWith("VP8") || type.equals("ANMF");
            out.write(start);
            copy(size);
        } else if (type.equals("EXIF") && size >= MINIMAL_EXIF && size <= LONGEST_EXIF) {
            byte[] exif = read((int) size);
            int from = startsWith(exif, EXIF) ? EXIF.length : 0;
            int orientation = Math.max(1, orientationOf(Arrays.copyOfRange(exif, from, exif.length)));
            out.write(start);
            out.write(Arrays.copyOf(minimalExif(orientation), (int) size));
        } else {
            System.arraycopy("JUNK".getBytes(StandardCharsets.ISO_8859_1), 0, start, 0, 4);
            out.write(start);
            skip(size);
            blank(size);
        }
    }

    private void gif() throws IOException {
        byte[] header = read(13);
        if (!new String(header, StandardCharsets.ISO_8859_1).startsWith("GIF8")) {
            throw broken();
        }
        out.write(header);
        copy(colourTable(header[10]));
        int block = in.readUnsignedByte();
        while (block != 0x3B) {
            switch (block) {
                case 0x2C -> {
                    byte[] image = read(9);
                    out.writeByte(block);
                    out.write(image);
                    copy(colourTable(image[8]) + 1);
                    hasPixels = true;
                    subBlocks(true);
                }
                case 0x21 -> gifExtension();
                default -> throw broken(); // the format has no other block
            }
            block = in.readUnsignedByte();
        }
        if (!hasPixels) {
            throw broken();
        }
        out.writeByte(0x3B);
    }

    private static long colourTable(byte packed) {
        return (packed & 0x80) == 0 ? 0 : 3L << ((packed & 0x07) + 1);
    }

    private void gifExtension() throws IOException {
        int label = in.readUnsignedByte();
        if (label == 0xF9) {
            out.writeShort(0x21F9);
            subBlocks(true);
        } else if (label == 0xFF) {
            int length = in.readUnsignedByte();
            byte[] application = read(length);
            boolean isKept = GIF_APPLICATIONS.contains(new String(application, StandardCharsets.ISO_8859_1));
            if (isKept) {
                out.writeShort(0x21FF);
                out.writeByte(length);
                out.write(application);
            }
            if (length > 0) {
                subBlocks(isKept);
            }
        } else {
            subBlocks(false);
        }
    }

    private void subBlocks(boolean isKept) throws IOException {
        int length;
        do {
            length = in.readUnsignedByte();
            byte[] body = read(length);
            if (isKept) {
                out.writeByte(length);
                out.write(body);
            }
        } while (length > 0);
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private void copy(long length) throws IOException {
        byte[] buffer = new byte[8192];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException();
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    private void skip(long length) throws IOException {
        in.skipNBytes(length);
    }

    private void blank(long length) throws IOException {
        byte[] zeros = new byte[8192];
        for (long left = length; left > 0; left -= zeros.length) {
            out.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** The orientation (1–8) of an EXIF block that begins with its TIFF header; 0 when there is none or it cannot be read. */
    static int orientationOf(byte[] tiff) {
        if (tiff.length < 14) {
            return 0;
        }
        var block = ByteBuffer.wrap(tiff);
        int order = block.getShort(0);
        if (order != 0x4949 && order != 0x4D4D) {
            return 0;
        }
        block.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(block.getInt(4));
        if (block.getShort(2) != 42 || directory > tiff.length - 2) {
            return 0;
        }
        int count = Short.toUnsignedInt(block.getShort((int) directory));
        for (int i = 0; i < count; i++) {
            int entry = (int) directory + 2 + 12 * i;
            if (entry + 12 > tiff.length) {
                return 0;
            }
            if (block.getShort(entry) == 0x0112) {
                int orientation = Short.toUnsignedInt(block.getShort(entry + 8));
                return orientation <= 8 ? orientation : 0;
            }
        }
        return 0;
    }

    /** A TIFF header and one directory with one entry. */
    private static byte[] minimalExif(int orientation) {
        return ByteBuffer.allocate(MINIMAL_EXIF)
                .putInt(0x4D4D002A)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }
}
