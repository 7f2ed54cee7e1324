package io.bihuan.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bihuan.identity.Role;
import io.bihuan.pack.Category;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.PackPart;
import io.bihuan.pack.Severity;
import io.bihuan.pack.SmallPack;
import io.bihuan.platform.Money;
import io.bihuan.standard.Compensation.Base;
import io.bihuan.standard.Compensation.Multiple;
import io.bihuan.standard.Compensation.Per;
import io.bihuan.standard.Compensation.Share;
import io.bihuan.standard.Compensation.UpTo;
import java.math.BigDecimal;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a pack may say about handling, what is refused and where, and which item holds for a category. */
class StandardPartsTests {
    private static final StandardParts OURS = new StandardParts();
    private static final PackPart<?>[] PARTS = {
        OURS.playbooksPart(),
        OURS.standardsPart(),
        OURS.compensationPart(),
        OURS.lettersPart(),
        OURS.targetsPart(),
        OURS.retentionPart()
    };

    private static final String ALL = """
            playbooks:
              - name: general
                label: {zh: 通用, en: General}
                ask: [{zh: 何时发生, en: When}]
                check: [{zh: 订单, en: Order}]
                collect: [{zh: 照片, en: Photo}]
            standards:
              - name: general
                label: {zh: 通用, en: General}
                text: {zh: 查明后答复, en: An answer}
                measures:
                  - {measure: REFUND, by: desk, within: 10wd, text: {zh: 退款, en: Refund}}
                tell: {zh: 结果, en: The result}
                source: 企业标准
            compensation:
              - name: delay
                label: {zh: 超时, en: Delay}
                measure: COUPON
                value: {upTo: 50, per: DAY}
                limits: {AGENT: 50, HANDLER: 200, MANAGER: 1000}
                condition: {zh: 超时, en: Late}
            letters:
              - name: result
                purpose: RESULT
                channel: EMAIL
                subject: {zh: "投诉{number}", en: "Complaint {number}"}
                text: {zh: "{customer}您好：{result}", en: "Dear {customer}, {result}"}
            targets:
              - {name: punctual, label: {zh: 及时率, en: Punctual}, atLeast: 95.5%, within: 48h}
            retention:
              - {name: file, label: {zh: 档案, en: File}, keep: 3y, after: ARCHIVED}
            """;

    private static Pack load(String yaml) {
        return SmallPack.load(yaml, PARTS);
    }

    private static List<String> problems(String what, String instead) {
        assertThat(ALL).as("what is replaced").contains(what);
        int at = ALL.indexOf(what);
        String yaml = ALL.substring(0, at) + instead + ALL.substring(at + what.length());
        PackInvalid invalid = catchThrowableOfType(PackInvalid.class, () -> load(yaml));
        assertThat(invalid).as(instead).isNotNull();
        return invalid.problems().stream().map(Object::toString).toList();
    }

    private static void assertProblem(String what, String instead, String place, String says) {
        assertThat(problems(what, instead))
                .singleElement()
                .asString()
                .startsWith("packs/shop/extra.yaml:" + place + " ")
                .contains(says);
    }

    // ---- what is read ----

    @Test
    void aSoundPackIsReadWhole() {
        Pack pack = load(ALL);

        assertThat(pack.part(Playbooks.class).all().getFirst().ask()).containsExactly(new Label("何时发生", "When"));
        Standard standard = pack.part(Standards.class).all().getFirst();
        assertThat(standard.steps())
                .containsExactly(new Standard.Step(
                        Measure.REFUND, "desk", new Within(10, Within.Unit.WORKING_DAY), new Label("退款", "Refund")));
        assertThat(standard.source()).isNotNull();
        Compensation delay = pack.part(CompensationMatrix.class).all().getFirst();
        assertThat(delay.value()).isEqualTo(new UpTo(Money.ofYuan(50), Per.DAY));
        assertThat(delay.limits())
                .isEqualTo(Map.of(
                        Role.AGENT, Money.ofYuan(50),
                        Role.HANDLER, Money.ofYuan(200),
                        Role.MANAGER, Money.ofYuan(1000)));
        assertThat(pack.part(Letters.class).find("result").orElseThrow().purpose())
                .isEqualTo(Letter.Purpose.RESULT);
        Target target = pack.part(Targets.class).find("punctual").orElseThrow();
        assertThat(target.atLeast()).isEqualByComparingTo("95.5");
        assertThat(target.within()).isEqualTo(new Within(48, Within.Unit.HOUR));
        assertThat(pack.part(Retention.class).all().getFirst().keep()).isEqualTo(Period.ofYears(3));
    }

    @Test
    void aShareAndAMultipleAreAmountsToo() {
        assertThat(value("{percent: 2.5, of: PRICE, upTo: 500.5}"))
                .isEqualTo(new Share(new BigDecimal("2.5"), Base.PRICE, Money.ofFen(50050)));
        assertThat(value("{times: 3, of: PAID, atLeast: 500}"))
                .isEqualTo(new Multiple(new BigDecimal("3"), Base.PAID, Money.ofYuan(500)));
        assertThat(value("{upTo: 0.5}")).isEqualTo(new UpTo(Money.ofFen(50), Per.CASE));
    }

    private static Compensation.Value value(String written) {
        String limits = written.startsWith("{upTo") ? "{AGENT: 0.5}" : "{AGENT: 50}";
        return load(ALL.replace("{upTo: 50, per: DAY}", written)
                        .replace("{AGENT: 50, HANDLER: 200, MANAGER: 1000}", limits))
                .part(CompensationMatrix.class)
                .all()
                .getFirst()
                .value();
    }

    @Test
    void somebodyMayGrantWhatTheHighestOfTheRolesMay() {
        Compensation delay = load(ALL).part(CompensationMatrix.class).all().getFirst();

        assertThat(delay.limitOf(Set.of(Role.AGENT))).contains(Money.ofYuan(50));
        assertThat(delay.limitOf(Set.of(Role.AGENT, Role.MANAGER))).contains(Money.ofYuan(1000));
        assertThat(delay.limitOf(Set.of(Role.QUALITY, Role.ADMINISTRATOR))).isEmpty();
    }

    @Test
    void retentionMayBeLeftOutAndNothingElse() {
        assertThat(load(ALL.substring(0, ALL.indexOf("retention:"))).part(Retention.class, Retention.NONE))
                .isEqualTo(Retention.NONE);
        PackInvalid invalid =
                catchThrowableOfType(PackInvalid.class, () -> load(ALL.substring(0, ALL.indexOf("compensation:"))));
        assertThat(invalid.problems().toString()).contains("`compensation`", "`letters`", "`targets`");
    }

    // ---- what is refused ----

    @Test
    void whatIsNotThereCannotBeReferredTo() {
        assertProblem("by: desk", "by: dsk", "12:31", "unknown department `dsk`: did you mean `desk`?");
        assertProblem("    ask:", "    categories: [god]\n    ask:", "4:18", "unknown category `god`");
        assertProblem("AGENT: 50", "AGNET: 50", "20:21", "unknown role `AGNET`: use one of AGENT, HANDLER");
        assertProblem("MANAGER: 1000", "ADMINISTRATOR: 1000", "20:54", "unknown role `ADMINISTRATOR`");
    }

    @Test
    void anUnknownWordIsRefusedWithTheNearestKnownOne() {
        assertProblem("measure: REFUND", "measure: REFUN", "12:19", "`REFUND`");
        assertProblem("measure: COUPON", "measure: COUPONS", "18:14", "`COUPON`");
        assertThat(problems("per: DAY", "per: DAYS"))
                .contains("packs/shop/extra.yaml:19:28 unknown word `DAYS`: did you mean `DAY`?");
        assertProblem("purpose: RESULT", "purpose: RESULTS", "24:14", "`RESULT`");
        assertProblem("after: ARCHIVED", "after: ARCHIVE", "31:62", "`ARCHIVED`");
    }

    @Test
    void aLengthOfTimeIsMinutesHoursDaysOrWorkingDays() {
        for (String wrong : List.of("soon", "0h", "10", "2w", "48 h")) {
            assertProblem("within: 10wd", "within: " + wrong, "12:45", "10wd for working days");
        }
        assertProblem("keep: 3y", "keep: 3d", "31:51", "3y or months as 18m");
    }

    @Test
    void anAmountIsYuanWithTwoDecimals() {
        for (String wrong : List.of("1.234", "-5", "fifty", "0", "\"50元\"")) {
            assertThat(problems("upTo: 50", "upTo: " + wrong))
                    .as(wrong)
                    .singleElement()
                    .asString()
                    .startsWith("packs/shop/extra.yaml:19:19 ")
                    .contains("is no amount");
        }
        assertProblem("{upTo: 50, per: DAY}", "{percent: 120, of: FEE}", "19:22", "at most 100");
        assertProblem("{upTo: 50, per: DAY}", "{percent: 10, times: 3, of: FEE}", "19:12", "must be one of {upTo: 50");
    }

    @Test
    void aHigherRoleMayNotGrantLessAndNobodyMoreThanThereIs() {
        assertProblem("AGENT: 50, HANDLER: 200", "AGENT: 500, HANDLER: 200", "20:35", "is less than the 500 of AGENT");
        assertThat(problems("per: DAY", "per: CASE"))
                .containsExactly(
                        "packs/shop/extra.yaml:20:34 is more than the 50 that may be given at all: lower it",
                        "packs/shop/extra.yaml:20:48 is more than the 50 that may be given at all: lower it");
        assertProblem("{AGENT: 50, HANDLER: 200, MANAGER: 1000}", "{}", "20:13", "names nobody");
    }

    @Test
    void aPlaceholderThatNobodyFillsIsRefused() {
        assertProblem(
                "{zh: \"{customer}您好：{result}\"",
                "{zh: \"{costumer}您好：{result}\"",
                "27:16",
                "unknown placeholder `costumer`: did you mean `customer`?");
        assertProblem("en: \"Complaint {number}\"", "en: \"Complaint {}\"", "26:37", "unknown placeholder ``");
        assertProblem("您好：{result}", "您好：{result", "27:16", "single brace");
    }

    @Test
    void aSubjectIsForMailsAndLettersOnly() {
        assertProblem("channel: EMAIL", "channel: SMS", "26:14", "is for EMAIL and LETTER only");
        assertProblem(
                "    subject: {zh: \"投诉{number}\", en: \"Complaint {number}\"}\n", "", "23:5", "`subject` is missing");
    }

    @Test
    void anSmsIsShort() {
        String sms = ALL.replace("channel: EMAIL", "channel: SMS")
                .replace("    subject: {zh: \"投诉{number}\", en: \"Complaint {number}\"}\n", "");
        String just = "好".repeat(500 - "{customer}您好：{result}".length());
        load(sms.replace("您好：", "您好：" + just));
        PackInvalid invalid =
                catchThrowableOfType(PackInvalid.class, () -> load(sms.replace("您好：", "您好：" + just + "好")));
        assertThat(invalid.problems())
                .singleElement()
                .asString()
                .isEqualTo("packs/shop/extra.yaml:26:16 has 501 characters: an SMS has at most 500, shorten it");
    }

    @Test
    void aTargetIsOneGoal() {
        assertProblem("atLeast: 95.5%", "atLeast: 95.5", "29:63", "write it as 95%");
        assertProblem("atLeast: 95.5%", "atLeast: 105%", "29:63", "0% to 100%");
        assertProblem("within: 48h}", "atMost: 99%}", "29:78", "keep one");
        assertProblem(", atLeast: 95.5%, within: 48h", "", "29:5", "says no goal");
    }

    @Test
    void thereIsSomethingToDo() {
        assertProblem("ask: [{zh: 何时发生, en: When}]", "ask: []", "4:10", "at least one line");
        assertThat(problems("check: [{zh: 订单, en: Order}]\n    ", ""))
                .singleElement()
                .asString()
                .contains("`check`");
        assertProblem(
                "\n      - {measure: REFUND, by: desk, within: 10wd, text: {zh: 退款, en: Refund}}",
                " []",
                "11:15",
                "at least one measure");
    }

    @Test
    void aNameStandsOnlyOnce() {
        String twice = ALL.replace(
                "retention:\n", "retention:\n  - {name: file, label: {zh: 甲, en: A}, keep: 1y, after: ARCHIVED}\n");
        assertThat(catchThrowableOfType(PackInvalid.class, () -> load(twice)).problems())
                .singleElement()
                .asString()
                .contains("retention `file` exists already");
    }

    // ---- which one holds ----

    private static List<Category> path(String... codes) {
        return Arrays.stream(codes)
                .map(code -> new Category(
                        code, null, new Label(code, code), "desk", Severity.GENERAL, false, List.of(), List.of()))
                .toList();
    }

    private record Item(String name, Applies applies) {}

    private static Item item(String name, String... categories) {
        return new Item(name, new Applies(List.of(categories)));
    }

    private static List<String> best(List<Item> items, String... path) {
        return Applies.best(items, Item::applies, path(path)).stream()
                .map(Item::name)
                .toList();
    }

    @Test
    void theMostSpecificItemHolds() {
        var fallback = new Item("fallback", new Applies(null));
        var items = List.of(fallback, item("top", "goods"), item("leaf", "other", "broken"), item("none"));

        assertThat(best(items, "goods", "broken")).containsExactly("leaf");
        assertThat(best(items, "goods", "stale")).containsExactly("top");
        assertThat(best(items, "service")).containsExactly("fallback");
        assertThat(best(items)).as("no category yet").containsExactly("fallback");
        assertThat(best(List.of(item("none")), "goods")).isEmpty();
        assertThat(best(List.of(item("own", "goods"), item("base", "goods")), "goods"))
                .as("equally specific ones in the order of the pack")
                .containsExactly("own", "base");
    }

    @Test
    void allCompensationThatFitsMayBeOffered() {
        var delay = load(ALL).part(CompensationMatrix.class).all().getFirst();
        var matrix =
                new CompensationMatrix(List.of(delay, named(delay, "goods", "goods"), named(delay, "no", "service")));

        assertThat(matrix.forCategory(path("goods", "broken")))
                .extracting(Compensation::name)
                .containsExactly("goods", "delay");
    }

    private static Compensation named(Compensation of, String name, String category) {
        return new Compensation(
                name,
                of.label(),
                of.measure(),
                new Applies(List.of(category)),
                of.value(),
                of.limits(),
                of.condition(),
                of.source());
    }

    // ---- letters ----

    @Test
    void aLetterIsFilledInTheLanguageOfTheCustomer() {
        Letter letter = load(ALL).part(Letters.class).find("result").orElseThrow();
        var values = Map.of(Placeholder.CUSTOMER, "王$1\\", Placeholder.RESULT, "{number}", Placeholder.NUMBER, "P-1");

        assertThat(letter.subject(Locale.CHINESE, values)).isEqualTo("投诉P-1");
        assertThat(letter.text(Locale.CHINESE, values))
                .as("a value is no template")
                .isEqualTo("王$1\\您好：{number}");
        assertThat(letter.text(Locale.ENGLISH, values)).isEqualTo("Dear 王$1\\, {number}");
    }

    @Test
    void whatIsNotKnownIsADash() {
        Letter letter = load(ALL).part(Letters.class).find("result").orElseThrow();

        var lacking = Map.of(Placeholder.RESULT, " ");
        assertThat(letter.text(Locale.CHINESE, lacking)).isEqualTo("—您好：—");
        assertThat(letter.lacks(Locale.CHINESE, lacking)).isTrue();
        var known = Map.of(Placeholder.CUSTOMER, "王芳", Placeholder.RESULT, "已退款");
        assertThat(letter.lacks(Locale.CHINESE, known)).isFalse();
    }

    @Test
    void everyPlaceWithoutAValueIsNamed() {
        Letter letter = load(ALL).part(Letters.class).find("result").orElseThrow();

        assertThat(letter.places(Locale.CHINESE))
                .containsExactly(Placeholder.NUMBER, Placeholder.CUSTOMER, Placeholder.RESULT);
        assertThat(letter.missing(Locale.CHINESE, Map.of(Placeholder.RESULT, "已退款", Placeholder.NUMBER, " ")))
                .containsExactlyInAnyOrder(Placeholder.NUMBER, Placeholder.CUSTOMER);
    }

    // ---- notices ----

    @Test
    void aPlaybookSaysWhenTheCustomerHearsOfTheProgress() {
        assertThat(load(ALL).part(Playbooks.class).all().getFirst().notices()).isEqualTo(NoticePlan.USUAL);
        String collect = "collect: [{zh: 照片, en: Photo}]";
        String notices = collect + "\n    notices: {accepted: 10, findings: 40, sendsAccepted: true}";
        assertThat(load(ALL.replace(collect, notices))
                        .part(Playbooks.class)
                        .all()
                        .getFirst()
                        .notices())
                .isEqualTo(new NoticePlan(10, 40, 80, true));
        assertThat(problems(collect, collect + "\n    notices: {findings: 90}"))
                .singleElement()
                .asString()
                .contains("must not fall");
        assertThat(problems(collect, collect + "\n    notices: {findings: 101}"))
                .isNotEmpty();
    }

    @Test
    void aSentenceEndsOnce() {
        Letter letter = load(ALL.replace("您好：{result}", "您好：{result}。{number}"))
                .part(Letters.class)
                .find("result")
                .orElseThrow();
        var values = Map.of(Placeholder.RESULT, "已退款。", Placeholder.NUMBER, "已办结。");

        assertThat(letter.text(Locale.CHINESE, values)).isEqualTo("—您好：已退款。已办结。");
    }

    @Test
    void moneyIsWholeFen() {
        assertThat(Money.readYuan("12.5")).isEqualTo(Money.ofFen(1250));
        assertThat(Money.readYuan("1.234")).isNull();
        assertThat(Money.ofFen(1250).yuan()).isEqualTo("12.50");
        assertThat(Money.ofYuan(200).yuan()).isEqualTo("200");
        assertThat(Money.ofFen(99)).isLessThan(Money.ofYuan(1));
    }
}
