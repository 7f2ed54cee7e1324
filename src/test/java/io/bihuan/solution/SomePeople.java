package io.bihuan.solution;

import io.bihuan.identity.Post;
import io.bihuan.identity.Role;
import io.bihuan.pack.Label;
import io.bihuan.platform.Money;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Applies;
import io.bihuan.standard.ApprovalRule;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.Measure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** People, limits and measures for tests without a database. */
final class SomePeople {
    static final Authority.Person HANDLER = person(1, Role.HANDLER);
    static final Authority.Person MANAGER = person(2, Role.MANAGER);
    static final Authority.Person OTHER_MANAGER = person(3, Role.MANAGER);
    static final Authority.Person QUALITY = person(4, Role.QUALITY);
    static final Authority.Person DIRECTOR =
            new Authority.Person(new UUID(7, 5), Set.of(Role.QUALITY), Set.of(Post.DECISION_LEVEL));
    static final List<Authority.Person> ALL = List.of(HANDLER, MANAGER, OTHER_MANAGER, QUALITY, DIRECTOR);

    static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

    /** Coupons: 50, 200, 1000; all else: 100, 300, 1000, 20000; from 5000 on two people. */
    static final Authority AUTHORITY = new Authority(
            List.of(new Compensation(
                    "delay",
                    new Label("超时补偿券", "Coupon for delay"),
                    Measure.COUPON,
                    new Applies(null),
                    new Compensation.UpTo(Money.ofYuan(1_000), Compensation.Per.CASE),
                    Map.of(
                            Role.AGENT, Money.ofYuan(50),
                            Role.HANDLER, Money.ofYuan(200),
                            Role.MANAGER, Money.ofYuan(1_000)),
                    new Label("超时", "Late"),
                    null)),
            new ApprovalRule(
                    "general",
                    new Label("通用", "General"),
                    new Applies(null),
                    Map.of(
                            Role.AGENT, Money.ofYuan(100),
                            Role.HANDLER, Money.ofYuan(300),
                            Role.QUALITY, Money.ofYuan(1_000),
                            Role.MANAGER, Money.ofYuan(20_000)),
                    Money.ofYuan(5_000),
                    null));

    static final Proposals.Case HANDLED = new Proposals.Case(AUTHORITY, true, true, true);

    private SomePeople() {}

    private static Authority.Person person(int number, Role role) {
        return new Authority.Person(new UUID(7, number), Set.of(role), Set.of());
    }

    static PlannedMeasure measure(int number, Measure kind, @Nullable Long yuan) {
        return measure(number, kind, yuan, null);
    }

    static PlannedMeasure measure(int number, Measure kind, @Nullable Long yuan, @Nullable String item) {
        return new PlannedMeasure(
                new UUID(8, number),
                number,
                kind,
                "customer-service",
                null,
                NOW.plusSeconds(3_600),
                yuan == null ? null : yuan * 100,
                item,
                kind == Measure.TRAINING,
                Personal.of("上门复检并出具读数"));
    }
}
