package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.platform.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotosTests {
    private static final int PLACES = 0x8825;
    private static final int ORIENTATION = 0x0112;

    @Test
    void aJpegLosesItsPlaceAndKeepsItsPixelsAndOrientation() throws IOException {
        byte[] photo = Pictures.photo(6);
        assertThat(exifTags(photo)).contains(PLACES, ORIENTATION);

        byte[] cleaned = clean("image/jpeg", photo);

        assertThat(exifTags(cleaned)).containsExactly(ORIENTATION);
        assertThat(Photos.orientationOf(exifOf(cleaned))).isEqualTo(6);
        assertThat(text(cleaned)).doesNotContain(Pictures.PLACE, "xmpmeta", "Photoshop", "MPF");
        assertThat(Pictures.pixels(cleaned)).isEqualTo(Pictures.pixels(photo));
    }

    @Test
    void aJpegWithoutMetadataStaysByteForByte() throws IOException {
        byte[] plain = Pictures.plain("jpg");

        assertThat(clean("image/jpeg", plain)).isEqualTo(plain);
    }

    @Test
    void anUprightJpegKeepsNoExifAtAll() throws IOException {
        assertThat(text(clean("image/jpeg", Pictures.photo(1)))).doesNotContain("Exif");
    }

    @ParameterizedTest
    @ValueSource(strings = {"testJPEG_GEO.jpg", "testJPEG_EXIF.jpg", "testJPEG_oddTagComponent.jpg"})
    void aRealPhotoLosesItsPlaceAndKeepsItsPixels(String name) throws IOException {
        byte[] photo = SampleFiles.bytes(name);

        byte[] cleaned = clean("image/jpeg", photo);

        assertThat(exifTags(cleaned)).doesNotContain(PLACES).isSubsetOf(ORIENTATION);
        assertThat(Pictures.pixels(cleaned)).isEqualTo(Pictures.pixels(photo));
    }

    @Test
    void theRealPhotoHadAPlace() throws IOException {
        assertThat(exifTags(SampleFiles.bytes("testJPEG_GEO.jpg"))).contains(PLACES);
    }

    @Test
    void aPngLosesItsPlaceAndKeepsItsPixelsAndOrientation() throws IOException {
        byte[] picture = Pictures.pngWithPlace();
        assertThat(text(picture)).contains(Pictures.PLACE, "tEXt");

        byte[] cleaned = clean("image/png", picture);

        assertThat(text(cleaned)).doesNotContain(Pictures.PLACE, "tEXt").contains("eXIf");
        assertThat(Pictures.pixels(cleaned)).isEqualTo(Pictures.pixels(picture));
    }

    @Test
    void aGifLosesItsCommentsAndKeepsItsPixels() throws IOException {
        byte[] picture = Pictures.gifWithPlace();
        assertThat(text(picture)).contains(Pictures.PLACE);

        byte[] cleaned = clean("image/gif", picture);

        assertThat(text(cleaned)).doesNotContain(Pictures.PLACE, "XMP");
        assertThat(Pictures.pixels(cleaned)).isEqualTo(Pictures.pixels(picture));
    }

    @Test
    void aWebpLosesItsPlaceAndKeepsItsPixelBytesAndOrientation() throws IOException {
        byte[] pixels = Pictures.riffChunk("VP8L", Pictures.ascii("pixels, untouched"));
        byte[] picture = Pictures.webpWithPlace(
                Pictures.join(Pictures.riffChunk("RIFF", Pictures.join(Pictures.ascii("WEBP"), pixels))));
        assertThat(text(picture)).contains(Pictures.PLACE);

        byte[] cleaned = clean("image/webp", picture);

        int announced = ByteBuffer.wrap(cleaned).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        assertThat(cleaned).hasSize(announced + 8);
        assertThat(text(cleaned)).contains("pixels, untouched").doesNotContain(Pictures.PLACE, "XMP", "xmpmeta");
        int exif = text(cleaned).indexOf("EXIF") + 8;
        assertThat(Photos.orientationOf(Arrays.copyOfRange(cleaned, exif, cleaned.length)))
                .isEqualTo(6);
        assertThat(cleaned[20] & 0x04).as("flag that announces XMP").isZero();
    }

    @Test
    void realPicturesPassUnharmed() throws IOException {
        for (String name : List.of("testPNG.png", "testGIF.gif")) {
            byte[] picture = SampleFiles.bytes(name);
            String mediaType = MediaTypes.of(picture, name);
            assertThat(Pictures.pixels(clean(mediaType, picture))).as(name).isEqualTo(Pictures.pixels(picture));
        }
        byte[] webp = SampleFiles.bytes("testWEBP.webp");
        assertThat(clean("image/webp", webp)).hasSize(webp.length);
    }

    @Test
    void aPictureCutAnywhereIsKeptInPartOrRefusedButNeverFails() throws IOException {
        var refused = new ArrayList<Integer>();
        for (String type : List.of("jpg", "png", "gif")) {
            byte[] picture =
                    switch (type) {
                        case "jpg" -> Pictures.photo(6);
                        case "png" -> Pictures.pngWithPlace();
                        default -> Pictures.gifWithPlace();
                    };
            for (int length = 1; length < picture.length; length++) {
                String mediaType = "image/" + type.replace("jpg", "jpeg");
                try {
                    assertThat(text(clean(mediaType, Arrays.copyOf(picture, length))))
                            .doesNotContain(Pictures.PLACE);
                } catch (Refused reason) {
                    assertThat(reason.key()).isEqualTo("platform.file.broken-image");
                    refused.add(length);
                }
            }
        }
        assertThat(refused).isNotEmpty();
    }

    @Test
    void aPictureOfNonsenseIsRefused() {
        for (String mediaType : List.of("image/jpeg", "image/png", "image/gif", "image/webp")) {
            assertThatThrownBy(() -> clean(mediaType, Pictures.ascii("nothing to be seen here, really not")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("broken-image");
        }
    }

    @Test
    void anyOtherFileIsCopied() throws IOException {
        assertThat(text(clean("application/pdf", Pictures.ascii("%PDF-1.7 " + Pictures.PLACE))))
                .isEqualTo("%PDF-1.7 " + Pictures.PLACE);
    }

    private static byte[] clean(String mediaType, byte[] picture) throws IOException {
        var out = new ByteArrayOutputStream();
        Photos.clean(mediaType, "photo", new ByteArrayInputStream(picture), out);
        return out.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] exifOf(byte[] jpeg) {
        int start = text(jpeg).indexOf("Exif\0\0");
        return start < 0 ? new byte[0] : Arrays.copyOfRange(jpeg, start + 6, jpeg.length);
    }

    private static List<Integer> exifTags(byte[] jpeg) {
        byte[] exif = exifOf(jpeg);
        var tags = new ArrayList<Integer>();
        if (exif.length > 0) {
            var block = ByteBuffer.wrap(exif).order(exif[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = block.getInt(4);
            for (int i = 0; i < block.getShort(directory); i++) {
                tags.add(Short.toUnsignedInt(block.getShort(directory + 2 + 12 * i)));
            }
        }
        return tags;
    }
}
