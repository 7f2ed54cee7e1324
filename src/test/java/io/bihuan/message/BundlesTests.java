package io.bihuan.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.platform.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BihuanTest(
        properties = {"bihuan.alarms.enabled=false", "bihuan.followers.enabled=false", "bihuan.bundles.enabled=false"})
class BundlesTests {
    @Autowired
    Bundles bundles;

    @Autowired
    Notices notices;

    @Autowired
    MovableTime time;

    private final UUID person = Ids.next();

    @AfterEach
    void now() {
        time.reset();
    }

    private WaitingNotice waiting(UUID subject, int weight, String number, Instant notBefore) {
        return new WaitingNotice(
                new StaffNotice(person, Ids.next(), "one", List.of(number, "75"), "/one/" + number, time.instant()),
                subject,
                weight,
                "many",
                "/many",
                notBefore);
    }

    private List<StaffNotice> told() {
        return notices.of(person, null).stream().map(Notices.Received::notice).toList();
    }

    @Test
    void theHeaviestIsNamedAndSubjectsAreCountedOnce() {
        UUID twice = Ids.next();
        Instant now = time.instant();
        bundles.add(
                List.of(waiting(twice, 1, "A", now), waiting(twice, 2, "B", now), waiting(Ids.next(), 3, "C", now)));
        bundles.tell();
        assertThat(told()).as("others may join them").isEmpty();
        time.advance(Bundles.WINDOW);
        bundles.tell();
        assertThat(told()).singleElement().satisfies(notice -> {
            assertThat(notice.key()).isEqualTo("many");
            assertThat(notice.arguments()).containsExactly("2", "C");
            assertThat(notice.href()).isEqualTo("/many");
        });
    }

    @Test
    void severalOfOneSubjectAreToldAsTheHeaviest() {
        UUID subject = Ids.next();
        bundles.add(List.of(waiting(subject, 2, "late", time.instant()), waiting(subject, 1, "near", time.instant())));
        time.advance(Bundles.WINDOW);
        bundles.tell();
        assertThat(told()).singleElement().satisfies(notice -> {
            assertThat(notice.key()).isEqualTo("one");
            assertThat(notice.arguments()).containsExactly("late", "75");
        });
    }

    @Test
    void nobodyIsToldMoreThanTwelveTimesAnHourAndNothingIsLost() {
        int sent = 0;
        for (int second = 0; second < 3_600; second += 10) {
            bundles.add(List.of(waiting(Ids.next(), 1, "N", time.instant())));
            sent++;
            time.advance(Duration.ofSeconds(10));
            bundles.tell();
        }
        int most = (int) Duration.ofHours(1).dividedBy(Bundles.GAP);
        assertThat(told()).hasSizeBetween(2, most);
        time.advance(Bundles.GAP);
        bundles.tell();
        assertThat(told().stream()
                        .mapToInt(notice -> notice.key().equals("many")
                                ? Integer.parseInt(notice.arguments().getFirst())
                                : 1)
                        .sum())
                .isEqualTo(sent);
    }

    @Test
    void whatIsForLaterComesLater() {
        Instant morning = time.instant().plus(Duration.ofHours(8));
        bundles.add(
                List.of(waiting(Ids.next(), 1, "tomorrow", morning), waiting(Ids.next(), 1, "now", time.instant())));
        time.advance(Bundles.WINDOW);
        bundles.tell();
        assertThat(told()).extracting(notice -> notice.arguments().getFirst()).containsExactly("now");
        time.set(morning.minusSeconds(1));
        bundles.tell();
        assertThat(told()).hasSize(1);
        time.set(morning.plusSeconds(1));
        bundles.tell();
        assertThat(told()).extracting(notice -> notice.arguments().getFirst()).containsExactly("tomorrow", "now");
    }
}
