package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.privacy.Keys;
import java.time.LocalDate;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A tracking link opens one complaint, and nobody can make one. */
class TrackingLinksTests {
    private static final ComplaintNumber NUMBER = ComplaintNumber.of(LocalDate.of(2026, 11, 22), 123);
    private final TrackingLinks links = new TrackingLinks(
            new Keys(Base64.getEncoder().encodeToString(new byte[32])), " https://service.example.com/ ");

    @Test
    void aLinkOpensItsComplaint() {
        String token = links.path(NUMBER).substring("/t/".length());
        assertThat(token).hasSize(14 + 1 + 22);
        assertThat(links.verify(token)).contains(NUMBER);
        assertThat(links.url(NUMBER)).isEqualTo("https://service.example.com" + links.path(NUMBER));
    }

    @Test
    void noOtherLinkOpensAnything() {
        String token = links.path(NUMBER).substring("/t/".length());
        ComplaintNumber next = ComplaintNumber.of(LocalDate.of(2026, 11, 22), 124);
        assertThat(links.verify(next.digits() + token.substring(14))).isEmpty();
        assertThat(links.verify(token.substring(0, token.length() - 4))).isEmpty();
        assertThat(links.verify(NUMBER.digits() + "-")).isEmpty();
        assertThat(links.verify(NUMBER.digits())).isEmpty();
        assertThat(links.verify("")).isEmpty();
        assertThat(links.verify(token.replace('-', '+'))).isEmpty();
        assertThat(links.verify(NUMBER.digits() + "-!!!")).isEmpty();
        var others = new TrackingLinks(
                new Keys(Base64.getEncoder()
                        .encodeToString("x".repeat(32).getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                "");
        assertThat(others.verify(token)).isEmpty();
        assertThat(others.url(NUMBER)).startsWith("/t/");
    }
}
