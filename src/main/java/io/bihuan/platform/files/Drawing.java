package io.bihuan.platform.files;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws a picture small. Its measures are read before any pixel, and of the pixels only as many are kept as are drawn, so that the memory
 * it takes does not grow with the picture.
 */
final class Drawing {
    static final int SIDE = 320;
    private static final int LONGEST_SIDE = 30_000;
    private static final long MOST_PIXELS = 64_000_000;
    /** A picture of several passes is held in memory as a whole while it is decoded. */
    private static final long MOST_PIXELS_OF_PASSES = 25_000_000;

    private static final int MOST_PASSES = 100;
    private static final float QUALITY = 0.8f;

    /** The types for which Java's own readers stand; all of them went through {@link Photos} when they were stored. */
    private static final Map<String, String> READERS =
            Map.of("image/jpeg", "jpeg", "image/png", "png", "image/gif", "gif");

    private volatile boolean isStopped;
    private volatile @Nullable ImageReader reading;

    static boolean isDrawn(String mediaType) {
        return READERS.containsKey(mediaType);
    }

    /** Ends the drawing soon; called by somebody who does not want to wait any longer. */
    void stop() {
        isStopped = true;
        ImageReader reader = reading;
        if (reader != null) {
            reader.abort();
        }
    }

    /**
     * The picture as a JPEG of at most {@value #SIDE} pixels a side; null when it is too large, or was stopped.
     *
     * @param passes of a JPEG, else 1
     * @throws IOException when it cannot be decoded, and RuntimeException: readers throw all kinds
     */
    byte @Nullable [] draw(ImageInputStream content, String mediaType, int passes, int orientation) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(READERS.get(mediaType));
        if (!readers.hasNext()) {
            return null;
        }
        ImageReader reader = readers.next();
        try {
            reader.setInput(content, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (isTooLarge(width, height, passes)) {
                return null;
            }
            reading = reader;
            BufferedImage coarse = coarse(reader, width, height);
            return isStopped ? null : jpeg(fine(coarse, orientation));
        } finally {
            reading = null;
            reader.dispose();
        }
    }

    static boolean isTooLarge(int width, int height, int passes) {
        long pixels = (long) width * height;
        return width < 1
                || height < 1
                || width > LONGEST_SIDE
                || height > LONGEST_SIDE
                || pixels > MOST_PIXELS
                || passes > MOST_PASSES
                || (passes > 1 && pixels > MOST_PIXELS_OF_PASSES);
    }

    /** Of every so many rows and columns one: at least twice as many as are drawn in the end. */
    private static BufferedImage coarse(ImageReader reader, int width, int height) throws IOException {
        int step = Math.max(1, Math.max(width, height) / (2 * SIDE));
        ImageReadParam few = reader.getDefaultReadParam();
        few.setSourceSubsampling(Math.min(step, width), Math.min(step, height), 0, 0);
        return reader.read(0, few);
    }

    private static BufferedImage fine(BufferedImage coarse, int orientation) {
        double scale = Math.min(1.0, (double) SIDE / Math.max(coarse.getWidth(), coarse.getHeight()));
        int width = Math.max(1, (int) Math.round(coarse.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(coarse.getHeight() * scale));
        boolean isTurned = Orientation.isTurned(orientation);
        var small = new BufferedImage(isTurned ? height : width, isTurned ? width : height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = small.createGraphics();
        try {
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, small.getWidth(), small.getHeight());
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            AffineTransform way = Orientation.upright(orientation, width, height);
            way.scale((double) width / coarse.getWidth(), (double) height / coarse.getHeight());
            pen.drawImage(coarse, way, null);
        } finally {
            pen.dispose();
        }
        return small;
    }

    private static byte[] jpeg(BufferedImage small) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(small, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
