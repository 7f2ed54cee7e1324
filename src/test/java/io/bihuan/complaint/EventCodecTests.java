package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class EventCodecTests {
    private final EventCodec codec = new EventCodec(List.of());
    private final Keys keys = new Keys(Base64.getEncoder().encodeToString(new byte[32]));
    private final SubjectKey key = keys.unwrap(keys.newWrapped());
    private final List<ClockChange> clocks = List.of(new ClockChange(
            "solve",
            ClockChange.Change.STARTED,
            Instant.parse("2026-11-22T01:02:03.123456Z"),
            Instant.parse("2026-11-22T01:00:00Z"),
            "appliance/1/solve/0",
            "always/1",
            null));

    @Test
    void theBytesAreCanonicalJson() throws IOException {
        var events = List.of(
                new ComplaintEvent.Solved(Outcome.REJECTED, Personal.of("依据"), Personal.of("12315")),
                new ComplaintEvent.ClockWarned(
                        "respond\u0001\u001f\b\t\n\f\r\"\\/é😀\u2028", 75, Instant.EPOCH, null, null),
                new ComplaintEvent.Erased("客户要求 \uD83D\uDE00"),
                new ComplaintEvent.Confirmed(null, 5));
        for (ComplaintEvent event : events) {
            byte[] bytes = codec.write(event, clocks, key);
            assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .isEqualTo(new JsonCanonicalizer(bytes).getEncodedString());
        }
    }

    @Test
    void whatWasWrittenIsReadBack() {
        var event = new ComplaintEvent.Verified(Finding.PARTLY, Personal.of("部分属实\u0000\n"));
        EventCodec.Content content = codec.read("Verified", codec.write(event, clocks, key), key);
        assertThat(content.event()).isEqualTo(event);
        assertThat(content.clocks()).isEqualTo(clocks);
    }

    @Test
    void personalTextIsNowhereInTheBytes() {
        byte[] bytes =
                codec.write(new ComplaintEvent.ResultTold(Contact.PHONE, Personal.of("13812345678")), List.of(), key);
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .doesNotContain("138")
                .contains("PHONE");
    }

    @Test
    void withoutTheKeyOnlyThePersonalPartIsLost() {
        byte[] bytes = codec.write(new ComplaintEvent.ResultTold(Contact.PHONE, Personal.of("已退款")), List.of(), key);
        assertThat(codec.read("ResultTold", bytes, null).event())
                .isEqualTo(new ComplaintEvent.ResultTold(Contact.PHONE, new Personal(null)));
    }
}
