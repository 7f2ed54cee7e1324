package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTests {
    private static final String TEXT = "编号,内容\n1,空调修了三次还是不制冷，师傅态度差\n2,洗衣机漏水，楼下被淹了，要求赔偿\n".repeat(3);
    private static final String LONG = TEXT.repeat(3_000);

    private static Charset detected(byte[] bytes) throws IOException {
        return Encoding.detect(new ByteArrayInputStream(bytes));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void chineseIsReadAsItWasWritten(String charset) throws IOException {
        assertThat(detected(TEXT.getBytes(Charset.forName(charset))).name()).isEqualTo(charset);
        assertThat(detected(LONG.getBytes(Charset.forName(charset))).name()).isEqualTo(charset);
        assertThat(detected(("a" + LONG).getBytes(Charset.forName(charset))).name())
                .isEqualTo(charset);
    }

    @Test
    void aMarkDecides() throws IOException {
        assertThat(detected(joined(
                        new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, TEXT.getBytes(Charset.forName("GB18030")))))
                .isEqualTo(StandardCharsets.UTF_8);
        assertThat(detected(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(StandardCharsets.UTF_16LE);
        assertThat(detected(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo(StandardCharsets.UTF_16BE);
    }

    @Test
    void wideTextWithoutAMarkIsSeen() throws IOException {
        String table = "id,number,text\n1,22,空调\n2,33,洗衣机\n".repeat(20);
        assertThat(detected(table.getBytes(StandardCharsets.UTF_16LE))).isEqualTo(StandardCharsets.UTF_16LE);
        assertThat(detected(table.getBytes(StandardCharsets.UTF_16BE))).isEqualTo(StandardCharsets.UTF_16BE);
    }

    @Test
    void aCharacterCutInHalfDoesNotMakeUtf8ChineseOfAnotherKind() throws IOException {
        byte[] whole = LONG.getBytes(StandardCharsets.UTF_8);
        assertThat(detected(Arrays.copyOf(whole, whole.length - 2))).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void lonelyAccentsAreWestern() throws IOException {
        String english = "id,text\n1,The café didn’t call back, naïve of me\n2,I’d like a refund — really\n".repeat(5);
        assertThat(detected(english.getBytes(Charset.forName("windows-1252"))).name())
                .isEqualTo("windows-1252");
    }

    @Test
    void plainAsciiAndNothingAreUtf8() throws IOException {
        assertThat(detected("id,text\n1,hello\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(StandardCharsets.UTF_8);
        assertThat(detected(new byte[0])).isEqualTo(StandardCharsets.UTF_8);
    }
}
