package io.bihuan.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.platform.Refused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody reaches into the network of the server by naming an address. */
class TargetsTests {
    private final Targets targets = new Targets(false, host -> new InetAddress[] {InetAddress.ofLiteral("8.8.8.8")});

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "100.64.0.1",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:0:a00:1::",
                "2001:db8::1",
                "fec0::1",
                "::10.0.0.1"
            })
    void aPrivateAddressIsNoTarget(String address) {
        assertThat(Targets.isPublic(InetAddress.ofLiteral(address))).isFalse();
        var resolving = new Targets(false, host -> new InetAddress[] {InetAddress.ofLiteral(address)});
        assertThatThrownBy(() -> resolving.resolve("hooks.example.cn")).isInstanceOf(Targets.Forbidden.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "2400:3200::1", "2606:4700::1111"
            })
    void aPublicAddressIsOne(String address) {
        assertThat(Targets.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void oneForbiddenAddressAmongOthersForbidsTheName() {
        var mixed = new Targets(false, host ->
                new InetAddress[] {InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("127.0.0.1")});
        assertThatThrownBy(() -> mixed.resolve("hooks.example.cn")).isInstanceOf(Targets.Forbidden.class);
    }

    @Test
    void aNameIsResolvedOnceForAMessage() throws UnknownHostException {
        var asked = new AtomicInteger();
        var changing = new Targets(false, host -> {
            String address = asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1";
            return new InetAddress[] {InetAddress.ofLiteral(address)};
        });
        assertThat(changing.resolve("hooks.example.cn"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("8.8.8.8");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://hooks.example.cn/a, webhook.refused.unencrypted",
        "https://127.0.0.1/a, webhook.refused.private",
        "https://localhost/a, webhook.refused.private",
        "https://[::1]/a, webhook.refused.private",
        "https://169.254.169.254/latest, webhook.refused.private",
        "https://user:pass@hooks.example.cn/, webhook.refused.url",
        "ftp://hooks.example.cn/, webhook.refused.url",
        "file:///etc/passwd, webhook.refused.url",
        "https:///a, webhook.refused.url",
        "https://hooks.example.cn:70000/, webhook.refused.url",
        "hooks.example.cn, webhook.refused.url",
        "https://hooks.example.cn/a b, webhook.refused.url",
        "https://hooks.example.cn/#top, webhook.refused.url"
    })
    void whatCannotBeSentToIsRefusedWithTheReason(String url, String key) {
        assertThatThrownBy(() -> targets.read(url))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo(key));
    }

    @Test
    void anEncryptedPublicAddressIsRead() {
        assertThat(targets.read("https://hooks.example.cn:8443/a?b=c").getPort())
                .isEqualTo(8443);
        assertThat(targets.read("https://8.8.8.8/").getHost()).isEqualTo("8.8.8.8");
        assertThat(new Targets(true, InetAddress::getAllByName)
                        .read("http://127.0.0.1:9000/a")
                        .getHost())
                .isEqualTo("127.0.0.1");
    }
}
