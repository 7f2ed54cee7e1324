package io.bihuan.standard;

import io.bihuan.identity.Role;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Source;
import io.bihuan.platform.Money;
import io.bihuan.standard.Compensation.Multiple;
import io.bihuan.standard.Compensation.Share;
import io.bihuan.standard.Compensation.UpTo;
import io.bihuan.standard.Compensation.Value;
import io.bihuan.web.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a pack says about handling, in the language of a reader. */
public final class StandardTexts {
    private final Texts t;
    private final Pack pack;

    public StandardTexts(Pack pack, Texts t) {
        this.t = t;
        this.pack = pack;
    }

    public String of(Label label) {
        return label.in(t.locale());
    }

    public String department(String code) {
        return pack.departments().find(code).map(each -> of(each.label())).orElse(code);
    }

    /** To what an item applies, in words. */
    public String applies(Applies applies) {
        List<String> categories = applies.categories();
        if (categories == null) {
            return t.of("standard.applies.others");
        }
        return categories.isEmpty()
                ? t.of("standard.applies.none")
                : categories.stream().map(this::category).collect(Collectors.joining(t.of("standard.list")));
    }

    private String category(String code) {
        return pack.categories().find(code).map(each -> of(each.label())).orElse(code);
    }

    public String within(Within within) {
        return t.of("standard.within." + within.unit().name(), within.amount());
    }

    public String money(Money money) {
        return t.of("standard.money", money.yuan());
    }

    /** Up to ¥50 a day; 10 % of the price, at most ¥500; 3 times what was paid, at least ¥500. */
    public String value(Value value) {
        return switch (value) {
            case UpTo upTo -> t.of("standard.value.upTo." + upTo.per().name(), money(upTo.amount()));
            case Share share -> {
                String text = t.of(
                        "standard.value.percent",
                        share.percent().stripTrailingZeros().toPlainString(),
                        t.of(share.of()));
                Money most = share.upTo();
                yield most == null ? text : t.of("standard.value.most", text, money(most));
            }
            case Multiple multiple -> {
                String text = t.of(
                        "standard.value.times",
                        multiple.times().stripTrailingZeros().toPlainString(),
                        t.of(multiple.of()));
                Money least = multiple.atLeast();
                yield least == null ? text : t.of("standard.value.least", text, money(least));
            }
        };
    }

    /** Who may grant how much by itself: 客服 ¥50, 责任人 ¥200. */
    public List<String> limits(Compensation compensation) {
        var lines = new ArrayList<String>();
        for (Map.Entry<Role, Money> limit : compensation.limits().entrySet()) {
            lines.add(t.of("standard.limit", t.of(limit.getKey()), money(limit.getValue())));
        }
        return lines;
    }

    /** {@code 《…规定》第二十四条（2022-01-01 起施行）}; empty when there is none. */
    public String source(@Nullable Source source) {
        if (source == null) {
            return "";
        }
        String title = of(source.title());
        String article = source.article();
        if (article == null) {
            return title;
        }
        return source.to() == null
                ? t.of("standard.source.law", title, article, t.date(source.from()))
                : t.of("standard.source.law.ended", title, article, t.date(source.from()), t.date(source.to()));
    }

    /** The measures, each once: 重做、退款. */
    public String measures(Standard standard) {
        return standard.steps().stream()
                .map(step -> t.of(step.measure()))
                .distinct()
                .collect(Collectors.joining(t.of("standard.list")));
    }

    public String goal(Target target) {
        var parts = new ArrayList<String>();
        if (target.atLeast() != null) {
            parts.add(t.of(
                    "standard.goal.atLeast",
                    target.atLeast().stripTrailingZeros().toPlainString()));
        }
        if (target.atMost() != null) {
            parts.add(t.of(
                    "standard.goal.atMost", target.atMost().stripTrailingZeros().toPlainString()));
        }
        if (target.within() != null) {
            parts.add(t.of("standard.goal.within", within(target.within())));
        }
        return String.join(t.of("standard.comma"), parts);
    }

    public String keep(Keeping keeping) {
        int years = keeping.keep().getYears();
        String length = years > 0
                ? t.of("standard.keep.years", years)
                : t.of("standard.keep.months", keeping.keep().getMonths());
        return t.of("standard.keep." + keeping.after().name(), length);
    }
}
