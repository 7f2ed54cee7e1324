package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTests {
    @Test
    void theContentDecidesNotTheName() throws IOException {
        assertThat(MediaTypes.of(Pictures.plain("png"), "holiday.jpg")).isEqualTo("image/png");
        assertThat(MediaTypes.of(bytes("<html><body>hello</body></html>"), "holiday.jpg"))
                .isEqualTo("text/html");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page.txt     | <!doctype html><html><script>alert(1)</script>  | platform.file.active-page
            page.jpg     | <html><body onload=alert(1)>                    | platform.file.active-page
            drawing.png  | <svg xmlns="http://www.w3.org/2000/svg"></svg>  | platform.file.active-page
            page.xml     | <html xmlns="http://www.w3.org/1999/xhtml"/>    | platform.file.active-page
            page.html    | just words                                      | platform.file.active-page
            run          | #!/bin/sh                                       | platform.file.executable
            run.txt      | MZ                                              | platform.file.executable
            invoice.exe  | just words                                      | platform.file.executable
            invoice.VBS  | just words                                      | platform.file.executable
            invoice.js   | var a = 1;                                      | platform.file.executable
            """)
    void whatCanRunIsRefused(String name, String content, String reason) {
        byte[] head = bytes(content.equals("MZ") ? "MZ\u0090\0\3\0\0\0\4\0\0\0\0\0\0\0" : content);

        assertThat(MediaTypes.refusal(MediaTypes.of(head, name), name)).contains(reason);
    }

    @Test
    void aBinaryOfLinuxIsRefused() {
        byte[] elf = new byte[64];
        System.arraycopy(bytes("\u007fELF\2\1\1"), 0, elf, 0, 7);
        elf[16] = 2;

        assertThat(MediaTypes.refusal(MediaTypes.of(elf, "photo.jpg"), "photo.jpg"))
                .contains("platform.file.executable");
    }

    @Test
    void ordinaryEvidenceIsTaken() throws IOException {
        for (var sample : Map.of(
                        "photo.jpg", Pictures.plain("jpg"),
                        "contract.pdf", bytes("%PDF-1.7\n"),
                        "notes.txt", bytes("空调不制冷"),
                        "list.csv", bytes("a,b\n1,2\n"))
                .entrySet()) {
            String mediaType = MediaTypes.of(sample.getValue(), sample.getKey());
            assertThat(MediaTypes.refusal(mediaType, sample.getKey()))
                    .as(sample.getKey())
                    .isEmpty();
        }
    }

    @Test
    void onlyFourTypesAreShownInPlace() {
        assertThat(MediaTypes.isSafeImage("image/jpeg")).isTrue();
        for (String other :
                new String[] {"image/svg+xml", "image/tiff", "image/heic", "text/html", "application/pdf", ""}) {
            assertThat(MediaTypes.isSafeImage(other)).as(other).isFalse();
        }
    }

    @Test
    void everySampleFileHasATypeAndItsCautions() throws IOException {
        var cautious = new HashMap<String, String>();
        for (Path path : SampleFiles.all()) {
            String name = path.getFileName().toString();
            byte[] content = java.nio.file.Files.readAllBytes(path);
            String mediaType = MediaTypes.of(content, name);
            var caution = new Caution(mediaType, content);
            caution.look(content);
            cautious.put(name, (caution.hasMacros() ? "macros" : "") + (caution.isEncrypted() ? "encrypted" : ""));
            assertThat(MediaTypes.refusal(mediaType, name)).as(name).isEqualTo(Optional.empty());
        }
        cautious.values().removeIf(String::isEmpty);
        assertThat(cautious)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("testEXCEL_macro.xls", "macros"),
                        Map.entry("testEXCEL_macro.xlsm", "macros"),
                        Map.entry("testWORD_macros.docm", "macros"),
                        Map.entry("testODSMacro.ods", "macros"),
                        Map.entry("protectedFile.xlsx", "encrypted"),
                        Map.entry("testEXCEL_protected_passtika.xlsx", "encrypted"),
                        Map.entry("testWORD_protected_passtika.docx", "encrypted"),
                        Map.entry("testODTEncrypted.odt", "encrypted"),
                        Map.entry("testPDF_protected.pdf", "encrypted"),
                        Map.entry("testPDF_no_extract_no_accessibility_owner_user.pdf", "encrypted")));
    }

    @Test
    void aMarkThatIsCutInTwoByAChunkIsFound() {
        byte[] start = bytes("PK\3\4 and then word/vbaPro");
        var caution = new Caution("application/zip", start);
        caution.look(start);
        caution.look(bytes("ject.bin"));

        assertThat(caution.hasMacros()).isTrue();
    }

    private static byte[] bytes(String text) {
        boolean isLatin = text.chars().allMatch(c -> c < 256);
        return text.getBytes(isLatin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
