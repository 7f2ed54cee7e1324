package io.bihuan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTests {
    @Test
    void aReaderReadsWhatIsWritten() throws Exception {
        String url = "https://service.example.com/t/26112200001234-AbCdEfGhIjKlMnOpQrStUv";
        String svg = new String(QrCode.svg(url), StandardCharsets.UTF_8);

        assertThat(new Decoder().decode(modules(svg)).getText()).isEqualTo(url);
    }

    @Test
    void theQuietZoneIsWhiteWhateverThePageIs() {
        String svg = new String(QrCode.svg("a"), StandardCharsets.UTF_8);

        assertThat(svg).contains("fill=\"#fff\"").contains("viewBox=\"0 0 29 29\"");
        assertThat(svg).doesNotContainPattern("M[0-3] \\d+h1").doesNotContainPattern("M\\d+ [0-3]h1");
    }

    private static BitMatrix modules(String svg) {
        Matcher side = Pattern.compile("viewBox=\"0 0 (\\d+)").matcher(svg);
        assertThat(side.find()).isTrue();
        var modules = new BitMatrix(Integer.parseInt(side.group(1)) - 8);
        Matcher module = Pattern.compile("M(\\d+) (\\d+)h1").matcher(svg);
        while (module.find()) {
            modules.set(Integer.parseInt(module.group(1)) - 4, Integer.parseInt(module.group(2)) - 4);
        }
        return modules;
    }
}
