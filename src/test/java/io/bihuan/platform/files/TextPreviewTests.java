package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The beginning of a text file reads as its writer wrote it, and as nothing but text. */
class TextPreviewTests {
    private static final String TEXT = "师傅来了三次,\n每次收280元";

    private static String read(byte[] bytes, boolean isCut) {
        return TextPreview.read(bytes, isCut).orElseThrow().text();
    }

    @Test
    void chineseOfAllUsualEncodingsIsRead() {
        assertThat(read(TEXT.getBytes(StandardCharsets.UTF_8), false)).isEqualTo(TEXT);
        assertThat(read(TEXT.getBytes(Charset.forName("GBK")), false)).isEqualTo(TEXT);
        assertThat(read(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_8), false))
                .isEqualTo(TEXT);
        assertThat(read(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16LE), false))
                .isEqualTo(TEXT);
        assertThat(read(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16BE), false))
                .isEqualTo(TEXT);
    }

    @Test
    void aCharacterCutAtTheEndDoesNotMakeItUnreadable() {
        byte[] whole = TEXT.getBytes(StandardCharsets.UTF_8);
        assertThat(read(Arrays.copyOf(whole, whole.length - 1), true))
                .startsWith("师傅来了三次")
                .endsWith("280");
    }

    @Test
    void whatTurnsTextAroundOrIsNoTextIsNotShown() {
        assertThat(read("a\u202egpj.exe\u0007\r\n".getBytes(StandardCharsets.UTF_8), false))
                .isEqualTo("agpj.exe\n");
        assertThat(TextPreview.read(new byte[] {'a', 0, 'b'}, false)).isEmpty();
    }
}
