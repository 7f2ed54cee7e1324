package io.bihuan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bihuan.rules.Project;
import io.bihuan.web.Bundles;
import io.bihuan.web.Phrase;
import io.bihuan.web.Texts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads Chinese is told in Chinese what is wrong with a pack; only words of the pack itself stay as they are written. */
class PackMessagesTests {
    private static final Bundles BUNDLES = new Bundles(() -> () -> Instant.EPOCH, ZoneOffset.UTC, true);
    private static final Texts ZH = BUNDLES.in(Locale.SIMPLIFIED_CHINESE);
    private static final Texts EN = BUNDLES.in(Locale.ENGLISH);

    private static final List<PackPart<?>> PARTS = AllParts.find();

    private static final Pattern QUOTED = Pattern.compile("`[^`]*`");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d[^{}]*}");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}");

    private static final String IDENTITY = """
            id: shop
            edition: first
            name: {zh: 商店, en: Shop}
            effectiveFrom: 2026-02-01
            effectiveTo: 2026-01-01
            without: {rules: [late]}
            unknwon: x
            files: [all.yaml, extra.yaml]
            """;

    /** Something is wrong in nearly every line. */
    private static final String ALL = """
            departments:
              - {code: desk, name: {zh: 柜台, en: Desk}}
              - {code: desk, name: {zh: 404, en: ''}}
              - {code: Bad_Code, name: 柜台}
            categories:
              - {code: goods, name: {zh: 商品, en: Goods}, department: desc, safety: maybe, severity: HUGE, keywords: {}}
              - {code: other, name: {zh: 其他, en: Other}, department: marketing, severity: urgent, severity: MAJOR}
            form:
              - {key: Size, name: {zh: 尺码, en: Size}, type: TEXT, maxLength: five}
              - {key: size, name: {zh: 尺码, en: Size}, type: TEXT, maxLength: 5000000}
              - {key: size, name: {zh: 尺码, en: Size}, type: TEXT, maxLength: 7.5}
              - {key: many, name: {zh: 件数, en: Many}, type: NUMBER}
              - {key: bought, name: {zh: 购买日期, en: Bought}, type: DATE}
              - {key: choice, name: {zh: 选择, en: Choice}, type: CHOICE, options: []}
              - {key: pick, name: {zh: 选择, en: Pick}, type: CHOICE, options: [
                  {code: a, name: {zh: 甲, en: A}}, {code: a, name: {zh: 乙, en: B}}]}
              - {key: c1, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "siz = 'x' and many = 'a' and pick = 'b' and pick > 'a'"}
              - {key: c2, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "bought > 5 and pick = 3 and kind = 'COMPLAIN'"}
              - {key: c3, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "many == 5"}
              - {key: c4, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "many ~ 5"}
              - {key: c5, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "many > "}
              - {key: c6, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "many > five"}
              - {key: c7, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "many between 1 or 3"}
              - {key: c8, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "many > 1 adn size = 'x'"}
              - {key: c9, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "(many > 1"}
              - {key: d1, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "pick in ['a' 'b']"}
              - {key: d2, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "many > 1 and"}
              - {key: d3, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "= 1"}
              - {key: d4, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "size = 'x"}
              - {key: d5, name: {zh: 一, en: C}, type: TEXT, visibleWhen: "many"}
            remedies:
              - {code: refund, name: {zh: 退款, en: Refund}, 3: x}
            texts:
              hotline: {number: 400, hours: {zh: 全天, en: All day}}
              ways: {}
              steps:
              bodies:
                - {code: court, name: {zh: 法院, en: Court}, text: {zh: 诉讼, en: Sue}}
                - {code: police, name: {zh: 警察, en: Police}, text: {zh: 报警, en: Call}, url: http://x}
            """;

    private static final String EXTRA = """
            rules:
              words: [{name: fire, words: []}]
              severity:
                - {name: a, label: {zh: 甲, en: A}, when: {says: [fier]}, then: MAJOR}
                - {name: a, label: {zh: 甲, en: A}, when: {}, then: MAJOR}
                - {name: b, label: {zh: 甲, en: A}, when: {expression: "severity = 'MAJOR'"}, then: MAJOR}
              otherwise:
                urgency:
                  - {customersAffected: 2, GENERAL: LOW, URGENT: LOW, MAJOR: LOW}
                  - {customersAffected: 1, GENERAL: LOW, URGENT: LOW, MAJOR: LOW}
            calendars:
              - {name: always, label: {zh: 门店, en: Shop}, zone: Mars/Base, week: {}, holidays: xx, onHolidays: [], makeUp: []}
              - {name: shop, label: {zh: 门店, en: Shop}, zone: Asia/Shanghai, week: {MONDAY: ["09:00-18:00", "17:00-19:00", "9-5", "22:00-06:00"]},
                 makeUp: ["09:00-18:00"], for: ["channel:PHONE"],
                 days: [{date: 2026-13-31, name: {zh: 一, en: A}, hours: []}, {date: 2026-12-31, name: {zh: 一, en: A}, hours: []},
                        {date: 2026-12-31, name: {zh: 一, en: A}, hours: []}]}
              - {name: night, label: {zh: 夜, en: Night}, over: shop, zone: Asia/Shanghai, for: [], adds: {}}
              - {name: late, label: {zh: 夜, en: Night}, over: shop, for: [all, "channel:PHONE", "channel:PHONE"], adds: {onHolidays: ["01:00-02:00"]}}
              - {name: later, label: {zh: 夜, en: Night}, over: shop, for: ["channel:PHONE"], adds: {onHolidays: ["01:00-02:00"]}}
              - {name: dawn, label: {zh: 夜, en: Night}, over: late, for: ["channel:PHONE"], adds: {onHolidays: ["01:00-02:00"]}}
              - {name: lost, label: {zh: 夜, en: Night}, adds: {onHolidays: ["01:00-02:00"]}}
            clocks:
              - {name: respond, label: {zh: 首次响应, en: First}, startOn: REGISTERED, stopOn: [RESPONDED, RESPONDED], unit: MINUTE, calendar: alway,
                 amount: {GENERAL: 30, URGENT: 0, MAJOR: 5}, grade: INTERNAL, warnAt: [75, 75, -5%, 2000%, +999999d], cutOff: "17:00",
                 escalation: lat, pausable: [MEDIATION, MEDIATION]}
              - {name: solve, label: {zh: 解决, en: Solve}, startOn: REGISTERED, stopOn: [SOLVED], unit: CALENDAR_DAY, calendar: always, cutOff: noon,
                 amount: {GENERAL: 30, URGENT: 1, MAJOR: 5}, grade: LEGAL, warnAt: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
                 source: 某法}
              - {name: tell, label: {zh: 告知, en: Tell}, startOn: REGISTERED, stopOn: [SOLVED], unit: MINUTE, calendar: always,
                 amount: {GENERAL: 30, URGENT: 1, MAJOR: 5}, grade: INTERNAL, warnAt: [1],
                 source: {law: {zh: 某法, en: Law}, article: 第一条, from: 2026-02-30, to: 2020-01-01, confirmed: no}}
            escalations:
              - {name: late, label: {zh: 超时, en: Late}, levels: []}
              - name: worse
                label: {zh: 超时, en: Late}
                levels:
                  - {at: 75%, when: {hours: ["8-9"], duringWorkOf: always, outsideWorkOf: always}, do: []}
                  - {at: 50%, do: [{notify: []}, {notify: [LEAD, LEAD]}, {reassign: OWNER}, {raiseSeverity: false}, {}]}
                  - {at: 100%, do: [{openTask: {for: LEAD, text: {zh: 一, en: A}, dueIn: 0m}}, {openTask: {for: LEAD, text: {zh: 一, en: A}, dueIn: soon}}]}
            playbooks:
              - {name: general, label: {zh: 通用, en: General}, ask: [], check: [{zh: 订单, en: Order}], collect: [
                  {zh: 一, en: A}, {zh: 一, en: A}, {zh: 一, en: A}, {zh: 一, en: A}, {zh: 一, en: A}, {zh: 一, en: A},
                  {zh: 一, en: A}, {zh: 一, en: A}, {zh: 一, en: A}, {zh: 一, en: A}, {zh: 一, en: A}]}
            standards:
              - {name: general, label: {zh: 通用, en: General}, text: {zh: 答复, en: Answer}, measures: [], tell: {zh: 结果, en: Result}}
              - {name: special, label: {zh: 通用, en: General}, text: {zh: 答复, en: Answer}, tell: {zh: 结果, en: Result}, measures: [
                  {measure: REFUND, by: desk, within: 10y, text: {zh: 退款, en: Refund}}]}
            compensation:
              - {name: a, label: {zh: 超时, en: Delay}, measure: COUPON, value: {upTo: 50}, limits: {AGENT: 100, HANDLER: 20, BOSS: 5},
                 condition: {zh: 超时, en: Late}}
              - {name: b, label: {zh: 超时, en: Delay}, measure: COUPON, value: {}, limits: {}, condition: {zh: 超时, en: Late}}
              - {name: c, label: {zh: 超时, en: Delay}, measure: COUPON, value: {percent: 200, of: PRICE}, limits: {AGENT: much}, condition: {zh: 超时, en: Late}}
              - {name: d, label: {zh: 超时, en: Delay}, measure: COUPON, value: {times: 0, of: PRICE}, limits: {AGENT: 1}, condition: {zh: 超时, en: Late}}
            letters:
              - {name: a, purpose: RESULT, channel: SMS, subject: {zh: 一, en: A}, text: {zh: "{numbre} {", en: "LONG"}}
            targets:
              - {name: a, label: {zh: 及时率, en: Punctual}, atLeast: 195%, atMost: 3%}
              - {name: b, label: {zh: 及时率, en: Punctual}}
            retention:
              - {name: a, label: {zh: 档案, en: File}, keep: long, after: ARCHIVED}
            statutes:
              - {calculator: FRAUDS, source: {law: {zh: 某法, en: Law}, article: 第一条, from: 2020-01-01, confirmed: true}}
              - {calculator: FRAUD, source: {law: {zh: 某法, en: Law}, article: 第一条, from: 2020-01-01, confirmed: true}, numbers: {}}
              - {calculator: FRAUD, source: {law: {zh: 某法, en: Law}, article: 第一条, from: 2021-01-01, confirmed: true}, numbers: {}}
              - {calculator: CAR_THREE_GUARANTEES, source: 某法, numbers: {mostCoefficient: {is: half}}}
              - {calculator: BURDEN_OF_PROOF, source: 某法, inputs: {acceptedOn: bougth, productType: many}, numbers: {}, lists: {goods: {items: [
                  {code: a, name: {zh: 甲, en: A}}, {code: a, name: {zh: 甲, en: A}}]}}}
            """.replace("LONG", "x".repeat(600));

    private static List<PackProblem> problems(Map<String, byte[]> files) {
        var thrown = catchThrowableOfType(
                PackInvalid.class,
                () -> Packs.load(List.of(new PackFolder("shop", new TreeMap<>(files))), PARTS, Map.of("line", "shp")));
        assertThat(thrown).isNotNull();
        return thrown.problems();
    }

    private static Map<String, byte[]> files(String identity, String all, String extra) {
        var files = new HashMap<String, byte[]>();
        files.put("pack.yaml", identity.getBytes(StandardCharsets.UTF_8));
        files.put("all.yaml", all.getBytes(StandardCharsets.UTF_8));
        files.put("extra.yaml", extra.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static List<PackProblem> problems() {
        var found = new ArrayList<>(problems(files(IDENTITY, ALL, EXTRA)));
        Stream.of(
                        "a: &a 1\nb: *a\nc: !!str x\n---\nd: 1\n",
                        "a: [",
                        "a: b: c",
                        "a: 'open",
                        "a:\n\t- b",
                        "a\nb: c",
                        "a: \0",
                        "",
                        "a: " + "[".repeat(40) + "]".repeat(40),
                        "departments: [" + "a,".repeat(210_000) + "]",
                        "#" + "x".repeat(1 << 20))
                .forEach(broken -> found.addAll(problems(files(IDENTITY, broken, EXTRA))));
        found.addAll(problems(files(
                IDENTITY.replace("all.yaml, extra.yaml", "all.yaml, all.yaml, al.yaml, a/b.yaml")
                        .replace("id: shop", "id: ship")
                        .replace("without", "extends: bsae\nwithout"),
                ALL,
                EXTRA)));
        found.addAll(problems(Map.of("all.yaml", new byte[] {(byte) 0xc3, 0x28}, "strange name", new byte[0])));
        found.addAll(problems(Map.of("all.yaml", new byte[] {(byte) 0xc3, 0x28})));
        return found;
    }

    @Test
    void everythingThatIsWrongIsSaidInChineseAlone() {
        var problems = problems();

        for (var problem : problems) {
            var said = ZH.of(problem.message());
            assertThat(said).as("%s %s", problem, said).containsPattern(HAN);
            assertThat(QUOTED.matcher(said).replaceAll(""))
                    .as("%s %s", problem, said)
                    .doesNotContainPattern(LATIN);
            assertThat(problem).hasToString(problem.position() + " " + EN.of(problem.message()));
        }
        assertThat(problems.stream().map(problem -> problem.message().key()).distinct())
                .as("kinds of problems that are tried")
                .hasSizeGreaterThan(100);
    }

    @Test
    void theSentencesSayWhatToDo() {
        var said = problems().stream().map(problem -> ZH.of(problem.message())).toList();

        assertThat(said)
                .contains(
                        "未知的部门 `desc`：是否想写 `desk`？",
                        "未知的部门 `marketing`：可以使用 `desk`",
                        "没有 `HUGE` 这个取值：可以使用 `GENERAL`、`MAJOR`、`URGENT`",
                        "部门 `desk` 已在 `packs/shop/all.yaml:2:12` 定义：请换一个代码",
                        "这里应为整数，不能是文字 `five`：请改为整数",
                        "没有行业包 `shp`：是否想写 `shop`？");
    }

    @Test
    void everyTextOfAProblemIsInTheLanguageOfItsBundle() {
        var keys = BUNDLES.keys(Locale.ENGLISH).stream()
                .filter(key -> key.contains(".problem."))
                .toList();

        assertThat(keys).hasSizeGreaterThan(150);
        for (var key : keys) {
            var words = PLACEHOLDER.matcher(ZH.of(key)).replaceAll("");
            assertThat(QUOTED.matcher(words).replaceAll("")).as(key).doesNotContainPattern(LATIN);
            assertThat(EN.of(key)).as(key).doesNotContainPattern(HAN);
            assertThat(placeholders(ZH.of(key))).as(key).isEqualTo(placeholders(EN.of(key)));
            // what only joins others has no words of its own
            if (LATIN.matcher(PLACEHOLDER.matcher(EN.of(key)).replaceAll("")).find()) {
                assertThat(words).as(key).containsPattern(HAN);
            }
        }
    }

    /** Readers name the kinds of what they define and refer to by words of their own. */
    @Test
    void everyKindOfThingHasAName() {
        var named = Pattern.compile(
                "\\b(?:define|refer|optionalRefer|referAll|mention|unknown)\\(\\s*\"([a-z ]+)\"|WORD_LIST = \"([a-z ]+)\"");
        var kinds = new TreeSet<String>();
        for (var source : Project.texts("src/main/java", ".java")) {
            named.matcher(source.content())
                    .results()
                    .forEach(found -> kinds.add(found.group(1) == null ? found.group(2) : found.group(1)));
        }

        assertThat(kinds).contains("category", "word list", "holiday set");
        for (var kind : kinds) {
            assertThat(ZH.of(PackReading.kind(kind))).containsPattern(HAN);
        }
    }

    private static Set<String> placeholders(String text) {
        var found = new TreeSet<String>();
        PLACEHOLDER.matcher(text).results().forEach(each -> found.add(each.group()));
        return found;
    }

    @Test
    void aPhraseIsSaidWithThePhrasesInIt() {
        var phrase = Phrase.of("pack.problem.unknownKey", "{0}", Phrase.of("pack.problem.suggestion.nearest", "it's"));

        assertThat(ZH.of(phrase)).isEqualTo("没有 `{0}` 这个键：是否想写 `it's`？");
        assertThat(phrase).hasToString("unknown key `{0}`: did you mean `it's`?");
    }
}
