package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.MovableTime;
import io.bihuan.TestDatabase;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.unit.DataSize;

/** A picture is drawn small, upright and once; what is made to hurt is an icon. */
@Tag("slow")
@Timeout(120)
class ThumbnailsTests {
    private static final ScannerSettings OFF =
            new ScannerSettings(false, "localhost:3310", Duration.ofSeconds(1), DataSize.ofMegabytes(1));

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final DataSource source = DATABASE.dataSource();
    private final JdbcClient jdbc = DATABASE.jdbcClient();
    private final MovableTime time = new MovableTime();
    private final Files files = new Files(jdbc, source, time, new JdbcTransactionManager(source));
    private final Thumbnails thumbnails = new Thumbnails(jdbc, files, time);

    private StoredFile stored(byte[] content, String name) throws IOException {
        return files.store(new ByteArrayInputStream(content), name, DataSize.ofMegabytes(50));
    }

    private static BufferedImage picture(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width, height / 2);
        pen.setColor(Color.BLUE);
        pen.fillRect(0, height / 2, width, height - height / 2);
        pen.dispose();
        return image;
    }

    private static byte[] bytes(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private BufferedImage thumbnail(StoredFile file) throws IOException {
        byte[] drawn = thumbnails.of(file).orElseThrow();
        return ImageIO.read(new ByteArrayInputStream(drawn));
    }

    private static boolean isRed(int rgb) {
        return new Color(rgb).getRed() > 180 && new Color(rgb).getBlue() < 90;
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif"})
    void aLargePictureIsDrawnSmall(String format) throws IOException {
        StoredFile file = stored(bytes(picture(1600, 900), format), "photo." + format);

        BufferedImage small = thumbnail(file);

        assertThat(small.getWidth()).isEqualTo(320);
        assertThat(small.getHeight()).isEqualTo(180);
        assertThat(isRed(small.getRGB(160, 20))).isTrue();
        assertThat(isRed(small.getRGB(160, 160))).isFalse();
        assertThat(kept()).isGreaterThan(0);
    }

    private int kept() {
        return jdbc.sql("select count(*) from platform.file_thumbnail where data is not null")
                .query(Integer.class)
                .single();
    }

    @Test
    void aSmallPictureKeepsItsSize() throws IOException {
        assertThat(thumbnail(stored(Pictures.plain("png"), "a.png")).getWidth()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({"3,40,24", "6,24,40", "8,24,40", "5,24,40", "1,40,24"})
    void aPhotoHeldAskewStandsUpright(int orientation, int width, int height) throws IOException {
        BufferedImage small = thumbnail(stored(Pictures.photo(orientation), "photo.jpg"));

        assertThat(small.getWidth()).isEqualTo(width);
        assertThat(small.getHeight()).isEqualTo(height);
    }

    @Test
    void aPhotoOnItsSideIsTurnedTheRightWay() throws IOException {
        byte[] jpeg = bytes(picture(200, 100), "jpg");
        byte[] turned = Pictures.join(
                Arrays.copyOf(jpeg, 2),
                Pictures.segment(0xE1, Pictures.join(Pictures.ascii("Exif\0\0"), Pictures.exif(6))),
                Arrays.copyOfRange(jpeg, 2, jpeg.length));

        BufferedImage small = thumbnail(stored(turned, "turned.jpg"));

        // 6: the top of the picture is at its right.
        assertThat(isRed(small.getRGB(90, 100))).isTrue();
        assertThat(isRed(small.getRGB(10, 100))).isFalse();
    }

    @Test
    void aPictureThatClaimsToBeEndlessIsAnIconAndIsTriedOnce() throws IOException {
        byte[] png = Pictures.plain("png");
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        StoredFile file = stored(png, "bomb.png");

        assertThat(thumbnails.of(file)).isEmpty();
        assertThat(thumbnails.of(file)).isEmpty();
        assertThat(jdbc.sql("select count(*) from platform.file_thumbnail where data is null and sha256 = :sha256")
                        .param("sha256", file.hash().bytes())
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void measuresAndPassesAreBoundedBeforeAnythingIsDecoded() throws IOException {
        assertThat(Drawing.isTooLarge(8_000, 6_000, 1)).isFalse();
        assertThat(Drawing.isTooLarge(8_000, 6_000, 10))
                .as("held in memory as a whole")
                .isTrue();
        assertThat(Drawing.isTooLarge(1_000, 1_000, 500))
                .as("decoded 500 times")
                .isTrue();
        assertThat(Drawing.isTooLarge(40_000, 10, 1)).isTrue();
        assertThat(Drawing.isTooLarge(0, 10, 1)).isTrue();
        assertThat(Drawing.isTooLarge(20_000, 20_000, 1)).isTrue();

        byte[] scans = new byte[300_000];
        for (int i = 0; i < 200; i++) {
            scans[1_400 * i] = (byte) 0xFF;
            scans[1_400 * i + 1] = (byte) 0xDA;
        }
        assertThat(JpegOutline.passes(new ByteArrayInputStream(scans))).isEqualTo(200);
        assertThat(JpegOutline.passes(new ByteArrayInputStream(Pictures.plain("jpg"))))
                .isOne();
    }

    @Test
    void aDrawingThatWasStoppedDrawsNothing() throws IOException {
        StoredFile file = stored(bytes(picture(900, 700), "png"), "stopped.png");
        var drawing = new Drawing();
        drawing.stop();
        try (var content = files.image(file.hash())) {
            assertThat(drawing.draw(content, file.mediaType(), 1, Orientation.UPRIGHT))
                    .isNull();
        }
    }

    @Test
    void whatIsBrokenOrNoPictureIsAnIcon() throws IOException {
        byte[] jpeg = bytes(picture(600, 400), "jpg");
        byte[] cut = Arrays.copyOf(jpeg, 700);
        assertThat(thumbnails.of(stored(cut, "cut.jpg")))
                .satisfies(drawn -> drawn.ifPresent(bytes -> assertThat(bytes).isNotEmpty()));
        assertThat(thumbnails.of(stored("只是文字".getBytes(java.nio.charset.StandardCharsets.UTF_8), "a.txt")))
                .isEmpty();
        StoredFile infected = new StoredFile(
                new FileHash("0".repeat(64)), 10, "image/png", false, false, Scan.INFECTED, "Some.Virus");
        assertThat(thumbnails.of(infected)).isEmpty();
    }

    @Test
    void manyWhoAskAtOnceGetTheSame() throws Exception {
        StoredFile file = stored(bytes(picture(3000, 2000), "jpg"), "many.jpg");
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 30)
                    .<Callable<Boolean>>mapToObj(i -> () -> thumbnails.of(file).isPresent())
                    .toList();
            for (var each : readers.invokeAll(asked)) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void aThumbnailIsSentSoThatNothingCanRun() throws IOException {
        var responses = new FileResponses(files, thumbnails, new Locks(jdbc, OFF, time));
        var drawn = responses.thumbnail(stored(bytes(picture(500, 500), "png"), "a.png"));
        var none = responses.thumbnail(stored(new byte[] {1, 2, 3}, "a.bin"));

        assertThat(drawn.getHeaders().getContentType()).isEqualTo(MediaType.IMAGE_JPEG);
        assertThat(none.getHeaders().getContentType()).isEqualTo(MediaType.IMAGE_GIF);
        for (var answer : java.util.List.of(drawn, none)) {
            assertThat(answer.getHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.getHeaders().getFirst("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(ImageIO.read(new ByteArrayInputStream(java.util.Objects.requireNonNull(answer.getBody()))))
                    .isNotNull();
        }
    }

    @Test
    void itGoesWithItsFile() throws IOException {
        StoredFile file = stored(bytes(picture(700, 500), "png"), "gone.png");
        assertThat(thumbnails.of(file)).isPresent();

        time.advance(Files.PATIENCE.plusMinutes(1));
        files.removeAbandoned();
        time.reset();

        assertThat(files.find(file.hash())).isEmpty();
        assertThat(jdbc.sql("select count(*) from platform.file_thumbnail where sha256 = :sha256")
                        .param("sha256", file.hash().bytes())
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
