package io.bihuan.message.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The signatures of the clouds are those of their own published examples. */
class SigningTests {
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void alibabaCloudsExampleHasTheSignatureThatItPublishes() {
        var headers = new TreeMap<>(Map.of(
                "host", "ecs.cn-shanghai.aliyuncs.com",
                "x-acs-action", "RunInstances",
                "x-acs-content-sha256", NOTHING,
                "x-acs-date", "2023-10-26T10:22:32Z",
                "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                "x-acs-version", "2014-05-26"));
        assertThat(Signing.acs3(
                        "YourAccessKeyId",
                        "YourAccessKeySecret",
                        "POST",
                        Map.of(
                                "RegionId",
                                "cn-shanghai",
                                "ImageId",
                                "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"),
                        headers,
                        new byte[0]))
                .isEqualTo("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
                        + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                        + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
    }

    @Test
    void tencentCloudsExampleHasTheSignatureThatItPublishes() {
        byte[] body =
                "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        var headers = new TreeMap<>(
                Map.of("content-type", "application/json; charset=utf-8", "host", "cvm.tencentcloudapi.com"));
        assertThat(Signing.tc3(
                        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
                        "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
                        "cvm",
                        headers,
                        body,
                        Instant.ofEpochSecond(1551113065)))
                .isEqualTo("TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request,"
                        + " SignedHeaders=content-type;host,"
                        + " Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
    }

    @Test
    void whatIsNotALetterOrADigitIsEncodedAsTheStandardSays() {
        assertThat(Signing.query(Map.of("b", "a b*c~d/e+f", "a", "退订😀")))
                .isEqualTo("a=%E9%80%80%E8%AE%A2%F0%9F%98%80&b=a%20b%2Ac~d%2Fe%2Bf");
    }
}
