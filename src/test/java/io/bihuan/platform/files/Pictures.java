package io.bihuan.platform.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small pictures made by the tests, with what a phone writes into them. */
final class Pictures {
    static final String PLACE = "GPS-31.2304N-121.4737E";

    private Pictures() {}

    static byte[] plain(String format) throws IOException {
        var image = new BufferedImage(40, 24, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 40; x++) {
            for (int y = 0; y < 24; y++) {
                image.setRGB(x, y, (x * 6) << 16 | (y * 10) << 8 | ((x * y) & 0xFF));
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    static int[] pixels(byte[] picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** A TIFF block with an orientation and a directory of places that holds {@link #PLACE}. */
    static byte[] exif(int orientation) {
        byte[] place = PLACE.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(56 + place.length)
                .putInt(0x4D4D002A)
                .putInt(8)
                .putShort((short) 2)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putShort((short) 0x8825)
                .putShort((short) 4)
                .putInt(1)
                .putInt(38)
                .putInt(0)
                .putShort((short) 1)
                .putShort((short) 0x001D)
                .putShort((short) 2)
                .putInt(place.length)
                .putInt(56)
                .putInt(0)
                .put(place)
                .array();
    }

    static byte[] photo(int orientation) throws IOException {
        byte[] jpeg = plain("jpg");
        return join(
                Arrays.copyOf(jpeg, 2),
                segment(0xE1, join(ascii("Exif\0\0"), exif(orientation))),
                segment(0xE1, ascii("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + PLACE)),
                segment(0xED, ascii("Photoshop 3.0\0" + PLACE)),
                segment(0xE2, ascii("MPF\0" + PLACE)),
                segment(0xFE, ascii(PLACE)),
                Arrays.copyOfRange(jpeg, 2, jpeg.length),
                ascii("a video after the picture " + PLACE));
    }

    static byte[] pngWithPlace() throws IOException {
        byte[] png = plain("png");
        return join(
                Arrays.copyOf(png, 33),
                chunk("eXIf", exif(6)),
                chunk("tEXt", ascii("Comment\0" + PLACE)),
                Arrays.copyOfRange(png, 33, png.length),
                ascii(PLACE));
    }

    static byte[] gifWithPlace() throws IOException {
        byte[] gif = plain("gif");
        byte[] comment = join(new byte[] {0x21, (byte) 0xFE, (byte) PLACE.length()}, ascii(PLACE), new byte[] {0});
        byte[] application = join(
                new byte[] {0x21, (byte) 0xFF, 11},
                ascii("XMP DataXMP"),
                new byte[] {(byte) PLACE.length()},
                ascii(PLACE),
                new byte[] {0});
        int end = gif.length - 1;
        return join(
                Arrays.copyOf(gif, end), comment, application, Arrays.copyOfRange(gif, end, gif.length), ascii(PLACE));
    }

    /** Puts EXIF and XMP chunks behind the pixels of an extended WebP whose flags announce them. */
    static byte[] webpWithPlace(byte[] plain) {
        byte[] pixels = Arrays.copyOfRange(plain, 12, plain.length);
        byte[] extended = riffChunk("VP8X", new byte[] {0x0C, 0, 0, 0, 39, 0, 0, 23, 0, 0});
        byte[] body = join(
                ascii("WEBP"),
                extended,
                pixels,
                riffChunk("EXIF", exif(6)),
                riffChunk("XMP ", ascii("<x:xmpmeta>" + PLACE)));
        return join(riffChunk("RIFF", body), ascii(PLACE));
    }

    static byte[] riffChunk(String type, byte[] body) {
        return join(
                ascii(type),
                ByteBuffer.allocate(4)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .putInt(body.length)
                        .array(),
                body,
                new byte[body.length & 1]);
    }

    static byte[] segment(int marker, byte[] body) {
        return join(
                ByteBuffer.allocate(4)
                        .put((byte) 0xFF)
                        .put((byte) marker)
                        .putShort((short) (body.length + 2))
                        .array(),
                body);
    }

    private static byte[] chunk(String type, byte[] body) {
        byte[] named = join(ascii(type), body);
        var sum = new CRC32();
        sum.update(named);
        return join(
                ByteBuffer.allocate(4).putInt(body.length).array(),
                named,
                ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
