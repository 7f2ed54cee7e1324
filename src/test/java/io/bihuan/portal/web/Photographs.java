package io.bihuan.portal.web;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** Small pictures for tests. */
final class Photographs {
    static final String PLACE = "GPS 31.2304N 121.4737E";

    private Photographs() {}

    /** A JPEG that differs with its shade. */
    static byte[] plain(int shade) {
        var image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 16; x++) {
            for (int y = 0; y < 16; y++) {
                image.setRGB(x, y, shade * 4001 + x * 16 + y);
            }
        }
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with an APP1 segment that tells the place. */
    static byte[] withPlace(int shade) {
        byte[] plain = plain(shade);
        byte[] told = ("Exif\0\0" + PLACE).getBytes(StandardCharsets.ISO_8859_1);
        var bytes = new ByteArrayOutputStream();
        bytes.write(plain, 0, 2);
        bytes.write(0xFF);
        bytes.write(0xE1);
        bytes.write((told.length + 2) >> 8);
        bytes.write((told.length + 2) & 0xFF);
        bytes.writeBytes(told);
        bytes.write(plain, 2, plain.length - 2);
        return bytes.toByteArray();
    }
}
