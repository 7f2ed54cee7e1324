package io.bihuan.platform.files;

import java.io.IOException;
import java.io.InputStream;

/**
 * In how many passes a JPEG is written. A pass costs as much as the whole picture, however few bytes it takes, and from the second on all
 * of it is held in memory: both are known before anything is decoded. Within pixels the mark of a pass cannot occur; in other segments it
 * may, so there are never more passes than this says.
 */
final class JpegOutline {
    private static final int START_OF_SCAN = 0xDA;
    private static final int BUFFER = 64 * 1024;

    private JpegOutline() {}

    static int passes(InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int passes = 0;
        boolean isMarker = false;
        int count = content.read(buffer);
        while (count >= 0) {
            for (int i = 0; i < count; i++) {
                int value = buffer[i] & 0xFF;
                passes += isMarker && value == START_OF_SCAN ? 1 : 0;
                isMarker = value == 0xFF;
            }
            count = content.read(buffer);
        }
        return passes;
    }
}
