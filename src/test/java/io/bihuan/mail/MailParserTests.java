package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.platform.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Mails as Chinese and other programs write them, right or wrong, and mails that are meant to do harm. */
@NullUnmarked
@SuppressWarnings("StringConcatToTextBlock") // lines of mails, as they travel
class MailParserTests {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final KeptFiles files = new KeptFiles();

    private ParsedMail read(byte[] raw) {
        try {
            return MailParser.read(new ByteArrayInputStream(raw), MailLimits.USUAL, files);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ParsedMail read(String raw) {
        return read(raw.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] with(String header, byte[] body) {
        var raw = new ByteArrayOutputStream();
        raw.writeBytes((header + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        raw.writeBytes(body);
        return raw.toByteArray();
    }

    @Test
    void whatIsCalledGb2312IsReadAsItsLargestRelative() {
        // 镕 and 喆 are in names of people and not in GB 2312; 𠮷 is in GB 18030 only.
        for (String text : new String[] {"朱镕基、陶喆的空调", "𠮷田的冰箱"}) {
            ParsedMail mail = read(with("Content-Type: text/plain; charset=gb2312", text.getBytes(GB18030)));
            assertThat(mail.text()).isEqualTo(text);
        }
    }

    @Test
    void aWrongUnknownOrMissingCharsetIsFoundOut() {
        String text = "空调坏了，维修师傅三次没有来。";
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] chinese = text.getBytes(GB18030);
        assertThat(read(with("Content-Type: text/plain; charset=utf-8", chinese))
                        .text())
                .isEqualTo(text);
        assertThat(read(with("Content-Type: text/plain; charset=gb2312", utf8)).text())
                .isEqualTo(text);
        assertThat(read(with("Content-Type: text/plain; charset=iso-8859-1", utf8))
                        .text())
                .isEqualTo(text);
        assertThat(read(with("Content-Type: text/plain; charset=x-unknown", utf8))
                        .text())
                .isEqualTo(text);
        assertThat(read(with("Content-Type: text/plain; charset=_iso-2022-jp$ESC", chinese))
                        .text())
                .isEqualTo(text);
        assertThat(read(with("Subject: x", chinese)).text()).isEqualTo(text);
        assertThat(read(with("Content-Type: text/plain; charset=Big5", "空調壞了".getBytes(Charset.forName("Big5"))))
                        .text())
                .isEqualTo("空調壞了");
        assertThat(read(with("Subject: x", "Grüße für Jürgen".getBytes(StandardCharsets.ISO_8859_1)))
                        .text())
                .isEqualTo("Grüße für Jürgen");
    }

    @Test
    void aCharacterThatIsCutBetweenTwoWordsOfASubjectIsWhole() {
        byte[] bytes = "关于空调的投诉".getBytes(GB18030);
        Base64.Encoder base64 = Base64.getEncoder();
        String first = base64.encodeToString(Arrays.copyOfRange(bytes, 0, 5));
        String second = base64.encodeToString(Arrays.copyOfRange(bytes, 5, bytes.length));
        ParsedMail mail = read("Subject: =?gb2312?B?" + first + "?=\r\n =?GB2312?B?" + second + "?=\r\n\r\nx");
        assertThat(mail.subject()).isEqualTo("关于空调的投诉");
    }

    @Test
    void namesOfFilesAreReadInEveryWayTheyAreWritten() {
        String word =
                "=?utf-8?B?" + Base64.getEncoder().encodeToString("发票.pdf".getBytes(StandardCharsets.UTF_8)) + "?=";
        for (String name : new String[] {
            "filename=\"" + word + "\"",
            "filename*=utf-8''%E5%8F%91%E7%A5%A8.pdf",
            "filename*=gb2312''%B7%A2%C6%B1.pdf",
            "filename*0*=utf-8''%E5%8F%91%E7;\r\n filename*1*=%A5%A8;\r\n filename*2=.pdf",
            "filename=\"发票.pdf\""
        }) {
            ParsedMail mail =
                    read("Content-Type: application/pdf\r\nContent-Disposition: attachment; " + name + "\r\n\r\nx");
            assertThat(mail.parts()).extracting(MailPart::name).as(name).containsExactly("发票.pdf");
        }
    }

    @Test
    void ofAlternativesThePlainOneIsTheText() {
        ParsedMail mail = read("""
            Subject: x
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain

            plain
            --b
            Content-Type: multipart/related; boundary=c

            --c
            Content-Type: text/html

            <p>html <img src="cid:p1"></p>
            --c
            Content-Type: image/png
            Content-ID: <p1>
            Content-Transfer-Encoding: base64

            aGVsbG8=
            --c--
            --b--
            --a
            Content-Type: text/plain; name=log.txt
            Content-Disposition: attachment

            a log
            --a--
            """);
        assertThat(mail.text()).isEqualTo("plain");
        assertThat(mail.html()).contains("<p>html");
        assertThat(mail.parts()).extracting(MailPart::name).containsExactly("file-1.png", "log.txt");
        assertThat(mail.parts().getFirst().contentId()).isEqualTo("p1");
        assertThat(new String(files.contents.getFirst(), StandardCharsets.UTF_8))
                .isEqualTo("hello");
    }

    @Test
    void htmlIsReadLineByLine() {
        assertThat(
                        MailHtml.text(
                                "<html><head><title>T</title><style>p{}</style></head><body><p>一</p><p>二<br>三</p>"
                                        + "<ul><li>四</li><li>五</li></ul><script>alert(1)</script><table><tr><td>六</td><td>七</td></tr></table></body>"))
                .isEqualTo("一\n\n二\n三\n\n- 四\n- 五\n六 七");
    }

    @Test
    void htmlForAPageActsNotAndCallsNobody() {
        String safe = MailHtml.safe("""
            <p onclick="x()" style="background:url(http://a/b)">text<script>alert(1)</script><img src="http://tracker/p.gif">
            <img src="cid:p1"><img src=x onerror=alert(1)><img src="data:image/svg+xml,<svg onload=alert(1)>"><form action="http://a"><input name=q></form><a href="javascript:alert(1)">a</a>
            <a href="https://example.com/?a=1">b</a><iframe src="http://a"></iframe><link rel=stylesheet href="http://a">
            <meta http-equiv=refresh content="0;url=http://a"><svg><script>alert(1)</script></svg><base href="http://a"></p>
            """, id -> id.equals("p1") ? "data:image/png;base64,AAAA" : null);
        assertThat(safe).contains("text", "src=\"data:image/png;base64,AAAA\"", "https://example.com/?a=1", "noopener");
        assertThat(safe)
                .doesNotContain(
                        "script",
                        "onclick",
                        "onerror",
                        "style",
                        "tracker",
                        "form",
                        "input",
                        "iframe",
                        "javascript",
                        "meta",
                        "svg",
                        "<base",
                        "link rel");
    }

    @Test
    void flowedTextIsJoinedAgain() {
        ParsedMail mail = read("Content-Type: text/plain; format=flowed; delsp=yes; charset=utf-8\r\n\r\n"
                + "空调 \r\n"
                + "不制冷\r\n"
                + "> 引用 \r\n"
                + "> 的\r\n"
                + "-- \r\n"
                + "张三");
        assertThat(mail.text()).isEqualTo("空调不制冷\n> 引用的\n-- \n张三");
    }

    @Test
    void brokenEncodingsKeepWhatIsGood() {
        assertThat(read("Content-Transfer-Encoding: base64\r\n\r\naGVsb\r\n!!G8gd29ybGQ=\r\ntrailing")
                        .text())
                .startsWith("hello world");
        assertThat(read("Content-Transfer-Encoding: quoted-printable\r\n\r\na=3Db =ZZ c=\r\nd")
                        .text())
                .isEqualTo("a=b =ZZ cd");
        assertThat(read("Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a.txt\r\n%:&5L;&\\\r\n`\r\nend\r\n")
                        .text())
                .isEqualTo("hello");
    }

    @Test
    void aMailWithinAMailComesWithItsTextAndFiles() {
        ParsedMail mail = read("""
            Content-Type: multipart/mixed; boundary=a

            --a

            请看转发
            --a
            Content-Type: message/rfc822

            Subject: inner
            Content-Type: multipart/mixed; boundary=b

            --b

            inner text
            --b
            Content-Disposition: attachment; filename=a.bin
            Content-Type: application/octet-stream

            data
            --b--
            --a--
            """);
        assertThat(mail.text()).isEqualTo("请看转发");
        assertThat(mail.nested()).extracting(ParsedMail::text).containsExactly("inner text");
        assertThat(mail.parts()).extracting(MailPart::name).containsExactly("inner.eml", "a.bin");
    }

    @Test
    void threadsAreNamedByTheirFirstMail() {
        ParsedMail mail = read("Message-ID: <c@x>\r\nIn-Reply-To: <b@x>\r\nReferences: <a@x>\r\n <b@x>\r\n\r\nx");
        assertThat(mail.messageId()).isEqualTo("c@x");
        assertThat(mail.answers()).containsExactly("b@x", "a@x");
        assertThat(mail.root()).isEqualTo("a@x");
    }

    @Test
    void addressesAreReadAsPeopleWriteThem() {
        assertThat(MailHeaders.of("To: \"张, 三\" <A@Example.com>, b@example.com (王五), 客服组: c@example.com,"
                                + " <d@example.com>;")
                        .addresses("To"))
                .containsExactly(
                        new Address("张, 三", "A@Example.com"),
                        new Address("王五", "b@example.com"),
                        new Address(null, "c@example.com"),
                        new Address(null, "d@example.com"));
        assertThat(new Address(null, "a b@example.com").isReachable()).isFalse();
        assertThat(new Address(null, "a@example.com").isReachable()).isTrue();
    }

    @Test
    void bombsAreRefused() {
        var deep = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < 100; i++) {
            deep.append("--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n".formatted(i, i + 1));
        }
        assertRefused(deep.toString(), "mail.too-deep");
        assertRefused(
                "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(1_500), "mail.too-many-parts");
        assertRefused("X: " + "a".repeat(600 * 1024) + "\n\nx", "mail.unreadable");
    }

    private void assertRefused(String raw, String key) {
        assertThatThrownBy(() -> read(raw))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo(key));
    }

    @Test
    void aGigabyteStreamsThroughAndIsRefusedBySize() {
        byte[] head = "Content-Type: application/zip\n\n".getBytes(StandardCharsets.US_ASCII);
        var endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                return at < head.length ? head[(int) at++] : at++ < 1L << 30 ? (at % 76 == 0 ? '\n' : 'A') : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    int c = read();
                    if (c < 0) {
                        return i == 0 ? -1 : i;
                    }
                    target[offset + i] = (byte) c;
                }
                return length;
            }
        };
        PartStore draining = (content, name, type) -> {
            long size = 0;
            var buffer = new byte[8192];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                size += count;
            }
            return new PartStore.Kept(null, type, size, null);
        };
        assertThatThrownBy(() -> MailParser.read(endless, MailLimits.USUAL, draining))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.key()).isEqualTo("mail.too-large"));
        assertThat(endless.at).isLessThan(DataSize.ofMegabytes(110).toBytes());
    }

    @Test
    void deepHtmlIsNoTrap() {
        assertThat(MailHtml.text("<div>".repeat(50_000) + "x")).contains("x");
        assertThat(MailHtml.safe("<b>".repeat(50_000) + "x", id -> null)).contains("x");
    }
}
