package io.bihuan.portal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.TrackingLinks;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@BihuanTest
class LookupTests {
    @Autowired
    MockMvc http;

    @Autowired
    TrackingLinks links;

    @Autowired
    MovableTime time;

    @AfterEach
    void now() {
        time.reset();
    }

    private ComplaintNumber filed() {
        String location = new Visitor(http).file(Map.of("phone", "13812345678")).location();
        return links.verify(location.substring("/complain/receipts/".length())).orElseThrow();
    }

    private static Visitor.Answer look(Visitor visitor, String number, String digits) {
        return visitor.send("/track", Map.of("number", number, "digits", digits));
    }

    /** A number that could be, but is not. */
    private static String unknown(int counter) {
        for (int check = 0; check < 10; check++) {
            var number = ComplaintNumber.read("200101%07d%d".formatted(counter, check));
            if (number.isPresent()) {
                return number.get().readable();
            }
        }
        throw new AssertionError();
    }

    @Test
    void numberAndDigitsOpenTheComplaint() {
        ComplaintNumber number = filed();
        var visitor = new Visitor(http);
        assertThat(visitor.open("/track").html()).contains("name=\"number\"").contains("name=\"digits\"");
        assertThat(look(visitor, number.readable(), "5678").location()).isEqualTo(links.path(number));
        assertThat(look(visitor, number.digits(), " 5678 ").location()).isEqualTo(links.path(number));
        assertThat(look(visitor, "２" + number.digits().substring(1), "５６７８").location())
                .isEqualTo(links.path(number));
        assertThat(visitor.follow(look(visitor, number.digits(), "5678")).html()).contains(number.readable());
    }

    @Test
    void whateverIsWrongTheAnswerIsTheSame() {
        ComplaintNumber number = filed();
        var visitor = new Visitor(http);
        String shown = "NUMBER";
        var wrongDigits = look(visitor, number.readable(), "1234");
        var expected = wrongDigits.withoutTokens().replace(number.readable(), shown);
        assertThat(wrongDigits.status()).isEqualTo(422);
        assertThat(expected).contains("编号与手机号后四位不相符");

        for (String other : new String[] {unknown(1), "261122-0000123-0", "投诉", "1"}) {
            var answer = look(visitor, other, "5678");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.withoutTokens().replace("value=\"" + other + "\"", "value=\"NUMBER\""))
                    .isEqualTo(expected);
            assertThat(answer.response().getHeaderNames())
                    .isEqualTo(wrongDigits.response().getHeaderNames());
        }
        for (String digits : new String[] {"678", "45678", "", "567８9", "abcd"}) {
            assertThat(look(new Visitor(http), filed().readable(), digits).status()).isEqualTo(422);
        }
    }

    @Test
    void aNumberIsLockedAfterFiveFailuresWhetherItExistsOrNot() {
        String known = filed().readable();
        String unknown = unknown(2);
        String shown = lockedPage(known);
        assertThat(lockedPage(unknown).replace(unknown, known)).isEqualTo(shown);

        // The right digits, another address: still locked.
        assertThat(look(new Visitor(http), known, "5678").status()).isEqualTo(429);
        time.advance(Duration.ofMinutes(20));
        assertThat(look(new Visitor(http), known, "5678").status()).isEqualTo(303);
        // The failures are forgotten once it was opened.
        assertThat(look(new Visitor(http), known, "0000").status()).isEqualTo(422);
        assertThat(look(new Visitor(http), known, "5678").status()).isEqualTo(303);
    }

    /** Fails five times, each time from another address and after waiting as long as the answer asks. */
    private String lockedPage(String number) {
        for (int failure = 1; failure <= 5; failure++) {
            assertThat(look(new Visitor(http), number, "000" + failure).status()).isEqualTo(422);
            if (failure == 3) {
                assertThat(look(new Visitor(http), number, "5678").status()).isEqualTo(429);
            }
            if (failure < 5) {
                time.advance(Duration.ofSeconds(11));
            }
        }
        var locked = look(new Visitor(http), number, "5678");
        assertThat(locked.status()).isEqualTo(429);
        assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(600, 900);
        assertThat(locked.html()).contains("尝试次数过多");
        return locked.withoutTokens().replaceAll("\\d+ 分钟后", "");
    }

    @Test
    void waitingDoesNotWinNewAttempts() {
        String number = filed().readable();
        int tries = 0;
        for (int day = 0; day < 60; day++) {
            if (look(new Visitor(http), number, "9" + "%03d".formatted(day)).status() == 422) {
                tries++;
            }
            time.advance(Duration.ofHours(6));
        }
        assertThat(tries).isLessThan(40);
    }

    @Test
    void anAddressThatTriesManyNumbersHasToWait() {
        var visitor = new Visitor(http);
        for (int i = 0; i < 20; i++) {
            assertThat(look(visitor, unknown(100 + i), "1111").status()).isEqualTo(422);
        }
        assertThat(look(visitor, unknown(200), "1111").status()).isEqualTo(429);
        assertThat(look(new Visitor(http), unknown(200), "1111").status()).isEqualTo(422);
    }
}
