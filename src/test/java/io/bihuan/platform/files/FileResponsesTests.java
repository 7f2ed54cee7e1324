package io.bihuan.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

class FileResponsesTests {
    private static final FileHash HASH = new FileHash("ab".repeat(32));

    @Test
    void aSafeImageIsShownInPlace() {
        HttpHeaders headers = headers("image/png", "漏水.png");

        assertThat(headers.getContentType()).isEqualTo(MediaType.IMAGE_PNG);
        assertThat(headers.getFirst("Content-Disposition"))
                .startsWith("inline")
                .contains("filename*=UTF-8''%E6%BC%8F%E6%B0%B4.png");
    }

    @Test
    void anythingElseIsOfferedForSavingWithoutAType() {
        for (String mediaType :
                new String[] {"text/html", "image/svg+xml", "application/pdf", "image/tiff", "nonsense"}) {
            HttpHeaders headers = headers(mediaType, "合同.pdf");
            assertThat(headers.getContentType()).as(mediaType).isEqualTo(MediaType.APPLICATION_OCTET_STREAM);
            assertThat(headers.getFirst("Content-Disposition")).as(mediaType).startsWith("attachment");
        }
    }

    @Test
    void everyFileIsSandboxedPrivateAndNamedByItsHash() {
        HttpHeaders headers = headers("image/jpeg", "a.jpg");

        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.getFirst("Content-Security-Policy"))
                .contains("sandbox")
                .contains("default-src 'none'");
        assertThat(headers.getCacheControl()).contains("private");
        assertThat(headers.getETag()).isEqualTo("\"" + HASH + "\"");
    }

    private static HttpHeaders headers(String mediaType, String name) {
        var user = new FileUser("complaint", new UUID(0, 1));
        var file = new StoredFile(HASH, 5, mediaType, false, false);
        return FileResponses.headers(new FileUse(user, name, file, Instant.EPOCH));
    }
}
