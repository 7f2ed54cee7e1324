package io.bihuan.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.identity.Profile;
import io.bihuan.routing.Ranking.Excluded;
import io.bihuan.routing.Ranking.Scored;
import io.bihuan.routing.RoutingRules.Certificate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RankingTests {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Certificate GAS =
            new Certificate("gas-work", new io.bihuan.pack.Label("燃气证", "Gas certificate"), List.of("safety"));
    private static final RoutingRules RULES = new RoutingRules(7, 10, RoutingRules.PLAIN.weights(), List.of(GAS));
    private static final RoutedCase NOISE =
            new RoutedCase(List.of("product-quality", "noise"), Set.of("air-conditioner"), "上海浦东新区，空调太响", "zh");
    private static final RoutedCase LEAK = new RoutedCase(List.of("safety", "gas-leak"), Set.of(), "有煤气味", "zh");

    private static Candidate candidate(Profile profile, int open, int recent) {
        return new Candidate(UUID.randomUUID(), "李娜", "technical-support", profile, false, true, open, recent);
    }

    private static Profile skilled(String... skills) {
        return new Profile(Set.of(skills), Set.of(), Set.of(), null, null, Map.of());
    }

    private static Ranking rank(RoutedCase routed, Recusal recusal, Candidate... candidates) {
        return Ranking.of(RULES, routed, recusal, Seat.HANDLER, List.of(candidates), TODAY);
    }

    private static Recusal against(@Nullable UUID person, Set<String> outlets, Set<String> departments) {
        return new Recusal(person == null ? Set.of() : Set.of(person), outlets, departments, Set.of());
    }

    @Test
    void whoKnowsProductAndCategoryComesBeforeWhoKnowsOneOfThem() {
        Candidate both = candidate(skilled("product-quality", "air-conditioner"), 0, 0);
        Candidate one = candidate(skilled("air-conditioner"), 0, 0);
        Candidate none = candidate(Profile.NONE, 0, 0);

        assertThat(rank(NOISE, Recusal.NONE, none, one, both).proposed())
                .extracting(Scored::candidate)
                .containsExactly(both, one, none);
        assertThat(rank(NOISE, Recusal.NONE, both).proposed().getFirst().points())
                .containsEntry(Criterion.SKILL, 35)
                .containsEntry(Criterion.REGION, 5);
    }

    @Test
    void theRegionThatIsNamedCountsMoreThanAllRegions() {
        Candidate here = candidate(new Profile(Set.of(), Set.of("浦东"), Set.of(), null, null, Map.of()), 0, 0);
        Candidate there = candidate(new Profile(Set.of(), Set.of("徐汇"), Set.of(), null, null, Map.of()), 0, 0);
        Candidate everywhere = candidate(Profile.NONE, 0, 0);

        assertThat(rank(NOISE, Recusal.NONE, there, everywhere, here).proposed())
                .extracting(Scored::candidate)
                .containsExactly(here, everywhere, there);
    }

    @Test
    void whoHasLessWorkAndGotFewerLatelyComesFirst() {
        Candidate idle = candidate(Profile.NONE, 1, 0);
        Candidate busy = candidate(Profile.NONE, 8, 0);
        assertThat(rank(NOISE, Recusal.NONE, busy, idle).best()).contains(idle);

        Candidate often = candidate(Profile.NONE, 2, 9);
        Candidate seldom = candidate(Profile.NONE, 2, 1);
        assertThat(rank(NOISE, Recusal.NONE, often, seldom).best()).contains(seldom);
    }

    @Test
    void aTextInEnglishGoesToWhoSpeaksIt() {
        var english = new RoutedCase(
                List.of(), Set.of(), "", RoutedCase.language("The technician was rude and did not come back"));
        Candidate chinese = candidate(Profile.NONE, 0, 0);
        Candidate bilingual =
                candidate(new Profile(Set.of(), Set.of(), Set.of("zh", "en"), null, null, Map.of()), 1, 0);

        assertThat(rank(english, Recusal.NONE, chinese, bilingual).best()).contains(bilingual);
        assertThat(RoutedCase.language("KFR-35GW/WDCA3 not working，空调不制冷")).isEqualTo("zh");
        assertThat(RoutedCase.language("エアコンが冷えない")).isEqualTo("ja");
    }

    @Test
    void aCertificateCountsToItsLastDayAndForTheCategoriesBelow() {
        Candidate valid = certified(TODAY);
        Candidate expired = certified(TODAY.minusDays(1));
        Candidate without = candidate(skilled("safety"), 0, 0);

        Ranking ranking = rank(LEAK, Recusal.NONE, without, expired, valid);

        assertThat(ranking.proposed()).extracting(Scored::candidate).containsExactly(valid);
        assertThat(ranking.excluded())
                .allMatch(each -> each.why() == Exclusion.NO_CERTIFICATE && GAS.equals(each.certificate()))
                .hasSize(2);
        assertThat(rank(NOISE, Recusal.NONE, without).excluded()).isEmpty();
    }

    private static Candidate certified(LocalDate last) {
        return candidate(new Profile(Set.of(), Set.of(), Set.of(), null, null, Map.of("gas-work", last)), 0, 0);
    }

    @Test
    void whoDecidedDoesNotReviewButMayOwn() {
        Candidate decider = candidate(Profile.NONE, 0, 0);
        var review = new Recusal(Set.of(), Set.of(), Set.of(), Set.of(decider.id()));

        assertThat(rank(NOISE, review, decider).excluded())
                .extracting(Excluded::why)
                .containsExactly(Exclusion.DECIDED_BEFORE);
        assertThat(Ranking.of(RULES, NOISE, review, Seat.OWNER, List.of(decider), TODAY)
                        .best())
                .contains(decider);
    }

    @Test
    void nobodyIsProposedWhoIsRecusedAwayUncertifiedOrFull() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var candidates = new ArrayList<Candidate>();
            int people = random.nextInt(12);
            for (int i = 0; i < people; i++) {
                candidates.add(anybody(random));
            }
            Recusal recusal = against(
                    candidates.isEmpty()
                            ? null
                            : candidates.get(random.nextInt(people)).id(),
                    random.nextBoolean() ? Set.of("A1") : Set.of(),
                    random.nextInt(4) == 0 ? Set.of("quality") : Set.of());
            RoutedCase routed = random.nextBoolean() ? LEAK : NOISE;
            Seat seat = random.nextBoolean() ? Seat.HANDLER : Seat.OWNER;

            Ranking ranking = Ranking.of(RULES, routed, recusal, seat, candidates, TODAY);

            assertThat(ranking.proposed().size() + ranking.excluded().size())
                    .as("everybody is in the table, seed %d", seed)
                    .isEqualTo(people);
            for (Scored scored : ranking.proposed()) {
                Candidate who = scored.candidate();
                assertThat(recusal.people()).as("seed %d", seed).doesNotContain(who.id());
                assertThat(who.profile().outlet() != null
                                && recusal.outlets().contains(who.profile().outlet()))
                        .isFalse();
                assertThat(recusal.isAgainstDepartment(who.department())).isFalse();
                assertThat(who.isAway()).isFalse();
                assertThat(seat == Seat.OWNER
                                || routed.equals(NOISE)
                                || who.profile().holds("gas-work", TODAY))
                        .isTrue();
                assertThat(who.profile().mostOpen() == null
                                || who.open() < who.profile().mostOpen())
                        .isTrue();
                assertThat(scored.total()).isBetween(0, 100);
            }
            assertThat(ranking.proposed())
                    .isSortedAccordingTo((one, other) -> Integer.compare(other.total(), one.total()));
        }
    }

    private static Candidate anybody(Random random) {
        return new Candidate(
                new UUID(random.nextLong(), random.nextLong()),
                "王强",
                random.nextBoolean() ? "quality" : "parts",
                new Profile(
                        random.nextBoolean() ? Set.of("noise") : Set.of(),
                        random.nextBoolean() ? Set.of("浦东") : Set.of(),
                        random.nextBoolean() ? Set.of("en") : Set.of(),
                        random.nextBoolean() ? "A1" : null,
                        random.nextInt(3) == 0 ? 5 : null,
                        random.nextBoolean() ? Map.of("gas-work", TODAY.plusDays(random.nextInt(3) - 1)) : Map.of()),
                random.nextInt(4) == 0,
                random.nextBoolean(),
                random.nextInt(40),
                random.nextInt(10));
    }
}
