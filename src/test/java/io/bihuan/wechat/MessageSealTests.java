package io.bihuan.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures and encryption of callbacks: against the samples that the platform publishes with its own code, and against openssl. */
class MessageSealTests {
    private static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private static final byte[] KEY = Base64.getDecoder().decode(AES_KEY + "=");
    private static final String SAMPLE =
            "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==";
    private static final String SAMPLE_APP = "wxb11529c136998cb6";
    private static final String CALLBACK = """
        hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5\
        GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMe\
        zR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9\
        FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=\
        """;

    @Test
    void theSampleTextIsSealedAsThePlatformSealsIt() throws MessageSeal.Broken {
        byte[] random = "aaaabbbbccccdddd".getBytes(StandardCharsets.US_ASCII);
        assertThat(MessageSeal.seal("我是中文abcd123", KEY, SAMPLE_APP, random)).isEqualTo(SAMPLE);
        assertThat(MessageSeal.open(SAMPLE, KEY, SAMPLE_APP)).isEqualTo("我是中文abcd123");
    }

    @Test
    void theSampleCallbackIsSignedAndOpens() throws Exception {
        assertThat(MessageSeal.isSigned(
                        "5d197aaffba7e9b25a30732f161a50dee96bd5fa", "spamtest", "1409735669", "1320562132", CALLBACK))
                .isTrue();
        assertThat(MessageSeal.isSigned(
                        "5d197aaffba7e9b25a30732f161a50dee96bd5fa", "spamtest", "1409735670", "1320562132", CALLBACK))
                .isFalse();
        String xml = MessageSeal.open(CALLBACK, KEY, "wx2c2769f8efd9abc2");
        assertThat(CallbackXml.read(xml.getBytes(StandardCharsets.UTF_8)))
                .containsEntry("Content", "abcdteT")
                .containsEntry("MsgId", "6054768590064713728")
                .containsEntry("FromUserName", "oyORnuP8q7ou2gfYjqLzSIWZf0rs");
    }

    @Test
    void anotherProgramSealsWhatWeOpen() throws Exception {
        String text = "<xml><Content>空调不制冷😀</Content></xml>".repeat(7);
        List<String> lines = sealedElsewhere(text);
        assertThat(MessageSeal.open(lines.get(0), KEY, SAMPLE_APP)).isEqualTo(text);
        assertThat(MessageSeal.isSigned(lines.get(1), "aToken", "1700000000", "n0nce", lines.get(0)))
                .isTrue();
    }

    private static List<String> sealedElsewhere(String text) throws IOException, InterruptedException {
        Path script = Path.of("src/test/resources/wechat/seal.py");
        Path input = Files.createTempFile("seal", ".txt");
        try {
            Files.writeString(input, text);
            Process process;
            try {
                process = new ProcessBuilder(
                                "python3", script.toString(), AES_KEY, "aToken", SAMPLE_APP, "1700000000", "n0nce")
                        .redirectInput(input.toFile())
                        .start();
            } catch (IOException e) {
                assumeTrue(false, "python3 is not here");
                throw e;
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assumeTrue(process.waitFor() == 0, "python3 or openssl is not here");
            return out.lines().toList();
        } finally {
            Files.delete(input);
        }
    }

    @Test
    void whatIsForAnotherAccountOrChangedDoesNotOpen() {
        assertThatThrownBy(() -> MessageSeal.open(SAMPLE, KEY, "wx-another")).isInstanceOf(MessageSeal.Broken.class);
        byte[] sealed = Base64.getDecoder().decode(SAMPLE);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            String text = Base64.getEncoder().encodeToString(changed);
            try {
                assertThat(MessageSeal.open(text, KEY, SAMPLE_APP)).isNotEqualTo("我是中文abcd123");
            } catch (MessageSeal.Broken e) {
                // or it says no
            }
        }
        for (String broken :
                List.of("", "x", "AAAA", "!!!!", Base64.getEncoder().encodeToString(new byte[32]))) {
            assertThatThrownBy(() -> MessageSeal.open(broken, KEY, SAMPLE_APP)).isInstanceOf(MessageSeal.Broken.class);
        }
    }

    @Test
    void everyLengthComesBack() throws MessageSeal.Broken {
        for (int length = 0; length < 80; length++) {
            String text = "字".repeat(length / 3) + "x".repeat(length % 3);
            assertThat(MessageSeal.open(MessageSeal.seal(text, KEY, "wx1", new byte[16]), KEY, "wx1"))
                    .isEqualTo(text);
        }
    }
}
