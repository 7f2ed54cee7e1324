package io.bihuan.compensation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.identity.Role;
import io.bihuan.pack.Label;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Applies;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.Compensation.Base;
import io.bihuan.standard.Compensation.Multiple;
import io.bihuan.standard.Compensation.Per;
import io.bihuan.standard.Compensation.Share;
import io.bihuan.standard.Compensation.UpTo;
import io.bihuan.standard.Measure;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much may be granted, and by whom. */
class CatalogueTests {
    private static Compensation item(Compensation.Value value) {
        var label = new Label("项目", "Item");
        return new Compensation(
                "item",
                label,
                Measure.REFUND,
                new Applies(null),
                value,
                Map.of(Role.AGENT, Money.ofYuan(100), Role.MANAGER, Money.ofYuan(500)),
                label,
                null);
    }

    @Test
    void anAmountPerDayGrowsWithTheDays() {
        Compensation item = item(new UpTo(Money.ofYuan(30), Per.DAY));
        assertThat(Catalogue.most(item, 4, null)).isEqualTo(Money.ofYuan(120));
        assertThatThrownBy(() -> Catalogue.most(item, 0, null)).isInstanceOf(Refused.class);
        assertThat(Catalogue.most(item(new UpTo(Money.ofYuan(30), Per.CASE)), 4, null))
                .isEqualTo(Money.ofYuan(30));
    }

    @Test
    void aShareIsOfAPriceAndAtMostItsCap() {
        Compensation item = item(new Share(new BigDecimal("12.5"), Base.PRICE, Money.ofYuan(50)));
        assertThat(Catalogue.most(item, 1, Money.ofFen(9_999))).isEqualTo(Money.ofFen(1_250));
        assertThat(Catalogue.most(item, 1, Money.ofYuan(9_999))).isEqualTo(Money.ofYuan(50));
        assertThat(Catalogue.most(item, 1, null)).isEqualTo(Money.ofYuan(50));
        assertThatThrownBy(() -> Catalogue.most(item(new Share(new BigDecimal("10"), Base.FEE, null)), 1, null))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aMultipleIsAtLeastItsLeast() {
        Compensation item = item(new Multiple(new BigDecimal("3"), Base.PAID, Money.ofYuan(500)));
        assertThat(Catalogue.most(item, 1, Money.ofYuan(20))).isEqualTo(Money.ofYuan(500));
        assertThat(Catalogue.most(item, 1, Money.ofYuan(400))).isEqualTo(Money.ofYuan(1_200));
    }

    @Test
    void eachGrantsAndApprovesWithinTheOwnLimit() {
        Compensation item = item(new UpTo(Money.ofYuan(2_000), Per.CASE));
        assertThat(Catalogue.mayGrantAlone(item, Set.of(Role.AGENT), Money.ofYuan(100)))
                .isTrue();
        assertThat(Catalogue.mayGrantAlone(item, Set.of(Role.AGENT), Money.ofFen(10_001)))
                .isFalse();
        assertThat(Catalogue.mayApprove(item, Set.of(Role.AGENT), Money.ofYuan(300)))
                .isFalse();
        assertThat(Catalogue.mayApprove(item, Set.of(Role.MANAGER), Money.ofYuan(300)))
                .isTrue();
        assertThat(Catalogue.mayGrantAlone(item, Set.of(Role.ADMINISTRATOR), Money.ofYuan(1)))
                .isFalse();
    }

    @Test
    void aboveEveryLimitTwoDecide() {
        Compensation item = item(new UpTo(Money.ofYuan(2_000), Per.CASE));
        assertThat(Catalogue.mayGrantAlone(item, Set.of(Role.MANAGER), Money.ofYuan(501)))
                .isFalse();
        assertThat(Catalogue.mayApprove(item, Set.of(Role.MANAGER), Money.ofYuan(501)))
                .isTrue();
        assertThat(Catalogue.mayApprove(item, Set.of(Role.AGENT, Role.HANDLER), Money.ofYuan(501)))
                .isFalse();
    }

    @Test
    void anEntryMovesMoneyAndMakesNone() {
        for (Status from : Status.values()) {
            for (Status to : Status.values()) {
                if (from.mayBecome(to)) {
                    Entry entry = Entry.moved(from, to, 700);
                    assertThat(entry.postings().values().stream()
                                    .mapToLong(fen -> fen)
                                    .sum())
                            .isZero();
                    assertThat(entry.postings())
                            .containsEntry(Entry.account(to), 700L)
                            .containsEntry(Entry.account(from), -700L);
                } else {
                    assertThatThrownBy(() -> Entry.moved(from, to, 700)).isInstanceOf(Refused.class);
                }
            }
        }
    }

    @Test
    void whatIsUsedStaysUsed() {
        for (Status to : Status.values()) {
            assertThat(Status.USED.mayBecome(to)).isFalse();
            assertThat(Status.VOID.mayBecome(to)).isFalse();
            assertThat(Status.EXPIRED.mayBecome(to)).isFalse();
        }
    }
}
