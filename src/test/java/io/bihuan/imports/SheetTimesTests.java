package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTimesTests {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2019-05-03 10:22:33 | 2019-05-03T02:22:33Z",
                "2019/5/3 9:05 | 2019-05-03T01:05:00Z",
                "2019/4/25 9:32:09 | 2019-04-25T01:32:09Z",
                "2019年5月3日 | 2019-05-02T16:00:00Z",
                "2019年5月3日 9时5分 | 2019-05-03T01:05:00Z",
                "2019年5月3日9点5分30秒 | 2019-05-03T01:05:30Z",
                "2019年05月03日 下午 3:07 | 2019-05-03T07:07:00Z",
                "2019年5月3日 星期五 上午12:30 | 2019-05-02T16:30:00Z",
                "2019.5.3 | 2019-05-02T16:00:00Z",
                "2019-05-03T10:22:33Z | 2019-05-03T10:22:33Z",
                "2019-05-03T10:22:33.123+02:00 | 2019-05-03T08:22:33.123Z",
                "2019-05-03 10:22:33 +0800 | 2019-05-03T02:22:33Z",
                "2019-05-03T10:22 | 2019-05-03T02:22:00Z",
                "2019-05-03 10:22:33 PM | 2019-05-03T14:22:33Z",
                "2019-05-03 24:00 | 2019-05-03T16:00:00Z",
                "２０１９／５／３　９：０５ | 2019-05-03T01:05:00Z",
                "20190503 | 2019-05-02T16:00:00Z",
                "20190503102233 | 2019-05-03T02:22:33Z",
                "25/4/2019 9:05 | 2019-04-25T01:05:00Z",
                "4/25/2019 | 2019-04-24T16:00:00Z",
                "5/5/2019 | 2019-05-04T16:00:00Z",
                "1556850153 | 2019-05-03T02:22:33Z",
                "1556850153000 | 2019-05-03T02:22:33Z",
                "43588 | 2019-05-02T16:00:00Z",
                "43588.43 | 2019-05-03T02:19:12Z",
                "43588.432326389 | 2019-05-03T02:22:33Z",
                "43845.664131944497 | 2020-01-15T07:56:21Z"
            })
    void aTimeIsReadAsItIsMeant(String written, String meant) {
        assertThat(SheetTimes.read(written, SHANGHAI)).contains(java.time.Instant.parse(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "昨天",
                "2019",
                "2019-02-30",
                "2019-13-01",
                "2019年5月",
                "19/5/3",
                "5/3/2019", // the third of May, or the fifth of March
                "2019-05-03 25:00",
                "2019-05-03 10:61",
                "2019-05-03 10:223",
                "2019-05-03 later",
                "0",
                "43588.43.1",
                "99999",
                "-43588",
                "4.3588E4",
                "2019-05-03 10:22:33 and a story that is longer than any time anybody ever wrote down"
            })
    void whatIsNoTimeOrTwoTimesIsNotRead(String written) {
        assertThat(SheetTimes.read(written, SHANGHAI)).isEmpty();
    }

    @Test
    void aDayIsTheDayOfTheZone() {
        assertThat(SheetTimes.day("43588.99", SHANGHAI)).contains("2019-05-03");
        assertThat(SheetTimes.day("2019/5/3 0:05", SHANGHAI)).contains("2019-05-03");
    }
}
