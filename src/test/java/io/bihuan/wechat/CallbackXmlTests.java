package io.bihuan.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only plain XML is read. */
class CallbackXmlTests {
    private static byte[] bytes(String xml) {
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void textsAreReadByTheNamesOfTheirElements() throws CallbackXml.Unreadable {
        assertThat(CallbackXml.read(bytes("""
            <xml><ToUserName><![CDATA[gh]]></ToUserName><Content><![CDATA[a<b]]> &amp; c</Content>
            <ScanCodeInfo><ScanType>qr</ScanType></ScanCodeInfo><Empty/></xml>\
            """)))
                .containsEntry("ToUserName", "gh")
                .containsEntry("Content", "a<b & c")
                .containsEntry("ScanCodeInfo.ScanType", "qr")
                .doesNotContainKey("Empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<xml><a>1</xml>",
                "<!DOCTYPE xml><xml><a>1</a></xml>",
                "<!DOCTYPE xml [<!ENTITY e \"x\">]><xml><a>&e;</a></xml>",
                "<!DOCTYPE xml SYSTEM \"http://127.0.0.1:1/x.dtd\"><xml><a>1</a></xml>",
                "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><Content>&e;</Content></xml>",
                "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><x><y>&b;</y></x>",
                "<xml><a>&undeclared;</a></xml>",
                "<a><b><c><d><e><f><g>1</g></f></e></d></c></b></a>"
            })
    void declarationsEntitiesAndNonsenseAreRefused(String xml) {
        assertThatThrownBy(() -> CallbackXml.read(bytes(xml))).isInstanceOf(CallbackXml.Unreadable.class);
    }

    @Test
    void aThousandElementsAreRefused() {
        assertThatThrownBy(() -> CallbackXml.read(bytes("<x>" + "<a>1</a>".repeat(1_000) + "</x>")))
                .isInstanceOf(CallbackXml.Unreadable.class);
    }
}
