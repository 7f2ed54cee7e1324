package io.bihuan.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our signatures are those of the specification, and others accept them. */
class SecretTests {
    private static final Path VECTOR = Path.of("../shared/data/webhooks/vector.json");

    @Test
    void theSignatureIsThatOfThePublishedVector() throws Exception {
        assumeTrue(Files.exists(VECTOR), "no vector beside the project");
        JsonNode vector = JsonMapper.builder().build().readTree(Files.readString(VECTOR));
        String signature = new Secret(vector.path("secret").asString())
                .signature(
                        vector.path("id").asString(),
                        vector.path("timestamp").asLong(),
                        vector.path("payload").asString().getBytes(StandardCharsets.UTF_8));
        assertThat(signature)
                .isEqualTo(vector.path("signature").asString())
                .isNotEqualTo(vector.path("wrong_signature").asString());
    }

    @Test
    void anIndependentReceiverAcceptsTheSignatureAndNoOther() throws Exception {
        Secret secret = Secret.next();
        Secret other = Secret.next();
        String body = "{\"type\":\"complaint.registered\",\"data\":{\"number\":\"26112200001003\"}}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        long at = Instant.now().getEpochSecond();
        String both = other.signature("m1", at, bytes) + " " + secret.signature("m1", at, bytes);

        new Webhook(secret.text()).verify(body, headers("m1", at, secret.signature("m1", at, bytes)));
        new Webhook(secret.text()).verify(body, headers("m1", at, both));
        new Webhook(other.text()).verify(body, headers("m1", at, both));
        assertThat(isAccepted(new Webhook(Secret.next().text()), body, headers("m1", at, both)))
                .isFalse();
        assertThat(isAccepted(new Webhook(secret.text()), body + " ", headers("m1", at, both)))
                .isFalse();
        assertThat(isAccepted(new Webhook(secret.text()), body, headers("m2", at, both)))
                .isFalse();
    }

    @Test
    void aSecretIsLongAndDoesNotShow() {
        assertThat(Secret.next().text()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(Secret.next()).isNotEqualTo(Secret.next());
        Secret secret = Secret.next();
        assertThat(secret.toString()).doesNotContain(secret.text().substring(6));
    }

    private static boolean isAccepted(Webhook webhook, String body, HttpHeaders headers) {
        try {
            webhook.verify(body, headers);
            return true;
        } catch (com.standardwebhooks.exceptions.WebhookVerificationException e) {
            return false;
        }
    }

    private static HttpHeaders headers(String id, long at, String signature) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of(id),
                        "webhook-timestamp", List.of(Long.toString(at)),
                        "webhook-signature", List.of(signature)),
                (name, value) -> true);
    }
}
