package io.bihuan.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.privacy.Keys;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A link opens one proposal of one complaint, and nothing else. */
class ProposalLinksTests {
    private static final ComplaintNumber NUMBER = number("2611220000123");
    private final Keys keys = new Keys(Base64.getEncoder().encodeToString(new byte[32]));
    private final ProposalLinks links = new ProposalLinks(keys, "https://service.example.com/");

    /** With the check digit that fits. */
    private static ComplaintNumber number(String digits) {
        return IntStream.range(0, 10)
                .mapToObj(check -> ComplaintNumber.read(digits + check))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private String token(int proposal) {
        return links.path(NUMBER, proposal).substring("/p/".length());
    }

    @Test
    void aLinkOpensItsProposal() {
        assertThat(links.verify(token(2))).contains(new ProposalLinks.Ref(NUMBER, 2));
        assertThat(links.url(NUMBER, 2)).isEqualTo("https://service.example.com" + links.path(NUMBER, 2));
    }

    @Test
    void itOpensNoOtherProposalAndNoOtherComplaint() {
        String signature = token(1).substring(NUMBER.digits().length() + 3);
        assertThat(links.verify(NUMBER.digits() + "-2-" + signature)).isEmpty();
        ComplaintNumber next = number("2611220000124");
        assertThat(links.verify(next.digits() + "-1-" + signature)).isEmpty();
        assertThat(links.verify(NUMBER.digits() + "-11-" + signature)).isEmpty();
        assertThat(links.verify("")).isEmpty();
        assertThat(links.verify(NUMBER.digits() + "-1-" + "!".repeat(22))).isEmpty();
    }

    @Test
    void theSignatureOfATrackingLinkOpensNoProposal() {
        byte[] tracking = keys.blindIndex("tracking", NUMBER.digits());
        assertThat(tracking).isNotNull();
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(tracking);
        assertThat(links.verify(NUMBER.digits() + "-1-" + signature)).isEmpty();
    }
}
