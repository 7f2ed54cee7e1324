package io.bihuan.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.complaint.Factor;
import io.bihuan.complaint.Factors;
import io.bihuan.pack.Category;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.pack.ShippedPacks;
import io.bihuan.triage.Reason.Aspect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriageTests {
    private static final Pack APPLIANCE = ShippedPacks.load(Map.of("appliance", "appliance"), TriageConfiguration.RULES)
            .of("appliance");
    private final Triage triage = new Triage();

    @Test
    void missingPartsComeFirst() {
        for (var category : APPLIANCE.categories().leaves()) {
            if (APPLIANCE.categories().within(category.code(), "parts-supply")) {
                for (var kind : Kind.values()) {
                    var proposal = assess(new Facts(kind, category.code(), "师傅说要再来一次"));
                    assertThat(proposal.priority()).as(category.code()).isEqualTo(Priority.HIGH);
                    assertThat(rules(proposal, Aspect.PRIORITY)).containsExactly("missing-parts-first");
                }
            }
        }
        var told = assess(new Facts(Kind.COMPLAINT, "late-visit", "约了三次，每次都说没有配件"));
        assertThat(told.priority()).isEqualTo(Priority.HIGH);
        assertThat(told.why(Aspect.PRIORITY))
                .containsExactly(new Reason(
                        Aspect.PRIORITY,
                        "missing-parts-in-words",
                        new Label("描述中提到缺少零件，优先处理", "The description tells of a missing part, which comes first"),
                        "没有配件"));
        assertThat(assess("冰箱不制冷，等配件等了两个月").department()).isEqualTo("parts");
    }

    @Test
    void theCategoriesThatATextSpeaksForComeWithTheirWordsTheLikeliestFirst() {
        var guessed = triage.suggest(APPLIANCE, "师傅态度恶劣，多收了钱，没有漏电，但是插座漏电冒火花，退款没到账");
        assertThat(guessed.getFirst().category().safety()).isTrue();
        assertThat(guessed).extracting(each -> each.category().code()).contains("overcharge", "refund-late");
        assertThat(guessed).allSatisfy(each -> assertThat(each.words()).isNotEmpty());
        assertThat(assess("师傅态度恶劣，多收了钱，没有漏电，但是插座漏电冒火花，退款没到账").category())
                .isEqualTo(guessed.getFirst().category().code());
        assertThat(triage.suggest(APPLIANCE, "你好")).isEmpty();
    }

    @Test
    void safetyOverridesAll() {
        var categories = new ArrayList<>(
                APPLIANCE.categories().leaves().stream().map(Category::code).toList());
        categories.add("none-of-these");
        for (var category : categories) {
            for (var kind : Kind.values()) {
                for (var text : List.of("热水器漏电", "空调冒烟了，没有配件", "插座起火，老人受伤")) {
                    var proposal = assess(new Facts(kind, category, text));
                    assertThat(proposal.severity()).as(category + kind + text).isEqualTo(Severity.MAJOR);
                    assertThat(proposal.priority()).as(category + kind + text).isEqualTo(Priority.HIGH);
                    assertThat(rules(proposal, Aspect.SEVERITY)).containsExactly("danger-to-people");
                }
            }
        }
    }

    @Test
    void aDangerousCategoryIsMajorWithoutAnyWord() {
        for (var kind : Kind.values()) {
            var proposal = assess(new Facts(kind, "gas-leak", "请尽快来人，家里有老人"));
            assertThat(proposal.severity()).isEqualTo(Severity.MAJOR);
            assertThat(proposal.priority()).isEqualTo(Priority.HIGH);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "洗衣机漏电",
                "洗衣机 漏 电",
                "洗衣機漏電",
                "有没有漏电的可能？",
                "微波炉突然冒火花",
                "燃气灶爆炸",
                "闻到煤气味",
                "孩子被烫伤",
                "the oven is on fire",
                "There is SMOKE coming out",
                "打不着火之后突然着火了",
                "没有漏电保护，现在漏电"
            })
    void wordsOfDangerAreMajor(String text) {
        assertThat(assess(text).severity()).isEqualTo(Severity.MAJOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "燃气灶打不着火",
                "煤气灶点不着火，师傅迟到",
                "机器没有漏电，就是声音大",
                "没有人受伤，外壳掉漆",
                "漏电保护器的颜色不对",
                "I was smokey eyed about the price",
                "there was no smoke, only noise"
            })
    void harmlessWordsAreNotMajor(String text) {
        assertThat(assess(text).severity()).isNotEqualTo(Severity.MAJOR);
    }

    @Test
    void theCategoryDecidesWhereNoRuleDoes() {
        var proposal = assess(new Facts(Kind.COMPLAINT, "overcharge", "收了三百元"));

        assertThat(proposal.severity()).isEqualTo(Severity.URGENT);
        assertThat(proposal.priority()).isEqualTo(Priority.MEDIUM);
        assertThat(proposal.department()).isEqualTo("finance");
        assertThat(proposal.why())
                .extracting(Reason::rule)
                .containsExactly("chosen", "category", "urgency", "category");
    }

    @Test
    void moreCustomersRaiseSeverityAndPriority() {
        var one = assess(facts("late-visit", 1));
        var two = assess(facts("late-visit", 2));

        assertThat(one.severity()).isEqualTo(Severity.GENERAL);
        assertThat(one.priority()).isEqualTo(Priority.LOW);
        assertThat(two.severity()).isEqualTo(Severity.URGENT);
        assertThat(two.priority()).isEqualTo(Priority.HIGH);
        assertThat(rules(two, Aspect.SEVERITY)).containsExactly("category", "several-customers");
        assertThat(assess(facts("overcharge", 500)).severity()).isEqualTo(Severity.MAJOR);
    }

    @Test
    void authoritiesRaiseTheSeverityAndGoToCustomerRelations() {
        var proposal = assess(new Facts(Kind.COMPLAINT, "late-visit", "师傅没有按时来", 1, Set.of(Circumstance.REGULATOR)));

        assertThat(proposal.severity()).isEqualTo(Severity.URGENT);
        assertThat(proposal.priority()).isEqualTo(Priority.HIGH);
        assertThat(proposal.department()).isEqualTo("customer-relations");
    }

    @Test
    void needRaisesGeneralCasesAndLeavesUrgentOnesTheirShorterTime() {
        var general = assess(new Facts(Kind.COMPLAINT, "late-visit", "家里有老人，等不了"));
        var urgent = assess(new Facts(Kind.COMPLAINT, "no-visit", "家里有老人，等不了"));

        assertThat(general.severity()).isEqualTo(Severity.URGENT);
        assertThat(rules(general, Aspect.SEVERITY)).containsExactly("category", "words-of-need");
        assertThat(urgent.severity()).isEqualTo(Severity.URGENT);
        assertThat(rules(urgent, Aspect.SEVERITY)).containsExactly("category");
    }

    @Test
    void praiseIsGeneralAndLow() {
        var proposal = assess(new Facts(Kind.PRAISE, null, "师傅很专业，谢谢"));

        assertThat(proposal.severity()).isEqualTo(Severity.GENERAL);
        assertThat(proposal.priority()).isEqualTo(Priority.LOW);
        assertThat(proposal.department()).isEqualTo("customer-service");
    }

    @ParameterizedTest
    @CsvSource({
        "空调修了三次还是坏的，repeated-repair",
        "师傅让我等配件，等了一个月配件还没到，waiting-for-part",
        "约好周六，结果没人上门，no-visit",
        "维修师傅骂人，态度恶劣，technician-attitude",
        "收费过高，明显乱收费，overcharge",
        "过保了吗？在保修期还要收钱，warranty-charged",
        "安装费和打孔费太贵，installation-fee",
        "刚买的新机就不通电，faulty-on-arrival",
        "洗衣机漏水，地板泡水，water-leak",
        "冰箱送来有凹陷，运输损坏，damaged-in-transit",
        "扫地机配网失败，连不上，network-connection",
        "商家不给退货，三包期内拒绝换货，return-and-exchange",
        "The technician was rude，technician-attitude"
    })
    void theTextSpeaksForItsCategory(String line) {
        var comma = line.lastIndexOf('，');
        var proposal = assess(line.substring(0, comma));

        assertThat(proposal.category()).isEqualTo(line.substring(comma + 1));
        assertThat(proposal.why(Aspect.CATEGORY)).hasSize(1);
    }

    @Test
    void aSilentTextHasNoCategoryAndGoesToTheServiceCentre() {
        var proposal = assess("你好");

        assertThat(proposal.category()).isNull();
        assertThat(proposal.severity()).isEqualTo(Severity.GENERAL);
        assertThat(proposal.department()).isEqualTo("customer-service");
        assertThat(proposal.why())
                .extracting(Reason::aspect)
                .containsExactly(Aspect.SEVERITY, Aspect.PRIORITY, Aspect.DEPARTMENT);
    }

    @Test
    void everyProposedValueShowsWhyInBothLanguages() {
        var proposal = assess("热水器漏电");

        assertThat(proposal.why()).extracting(Reason::aspect).contains(Aspect.values());
        assertThat(proposal.why(Aspect.SEVERITY).getFirst().evidence()).isEqualTo("漏电");
        assertThat(proposal.why(Aspect.SEVERITY).getFirst().label().in(Locale.ENGLISH))
                .isEqualTo("The description tells of danger to people");
    }

    @Test
    void wordsOfDangerOverrideEveryOtherFactor() {
        var proposal = assess(new Facts(Kind.PRAISE, "noise", "谢谢，就是插座漏电"));

        assertThat(proposal.factors().safety()).isEqualTo(4);
        assertThat(proposal.factors().immediacy()).isEqualTo(4);
        assertThat(proposal.why(Factor.SAFETY))
                .singleElement()
                .satisfies(why -> assertThat(why.evidence()).isEqualTo("漏电"));
        assertThat(proposal.priority()).isEqualTo(Priority.HIGH);
    }

    @Test
    void everyFactorHasALevelAndAReason() {
        for (var text : List.of("你好", "热水器漏电", "家里有老人，等配件", "要去12315投诉")) {
            var proposal = assess(text);
            for (var factor : Factor.values()) {
                assertThat(proposal.factors().level(factor)).isBetween(1, Factor.MOST);
                assertThat(proposal.why(factor)).as(text).hasSize(1);
            }
        }
    }

    @Test
    void repeatRegulatorMediaAndVulnerabilityRaiseTheFactors() {
        var plain = assess(new Facts(Kind.COMPLAINT, "noise", "太响"));
        assertThat(plain.factors().safety()).isEqualTo(1);

        var repeated = factorsWith(Circumstance.REPEATED);
        assertThat(repeated.complexity()).isGreaterThan(plain.factors().complexity());
        assertThat(repeated.severity()).isGreaterThan(plain.factors().severity());
        assertThat(factorsWith(Circumstance.REGULATOR).impact()).isEqualTo(4);
        assertThat(factorsWith(Circumstance.MEDIA).impact()).isEqualTo(4);
        assertThat(factorsWith(Circumstance.VULNERABLE).immediacy())
                .isGreaterThan(plain.factors().immediacy());
    }

    private Factors factorsWith(Circumstance circumstance) {
        return assess(new Facts(Kind.COMPLAINT, "noise", "太响", 1, Set.of(circumstance)))
                .factors();
    }

    @Test
    void missingPartsComeFirstHoweverSmallTheTroubleIs() {
        var chosen = assess(new Facts(Kind.COMPLAINT, "waiting-for-part", "还要多久"));
        var said = assess(new Facts(Kind.COMPLAINT, "late-visit", "等配件等了一个月"));

        assertThat(chosen.priority()).isEqualTo(Priority.HIGH);
        assertThat(said.priority()).isEqualTo(Priority.HIGH);
        assertThat(rules(said, Aspect.PRIORITY)).containsExactly("missing-parts-in-words");
        assertThat(said.factors().immediacy()).isEqualTo(3);
    }

    @Test
    void hugeAndStrangeTextsAreJudged() {
        for (var text : List.of("", "\0", "\ud83d", "　", "漏".repeat(1_000_000), "没有".repeat(300_000) + "漏电")) {
            assertThat(assess(text).priority()).isNotNull();
        }
        assertThat(assess("无".repeat(500_000) + "。漏电").severity()).isEqualTo(Severity.MAJOR);
    }

    @Test
    void brokenRulesAreRefusedAtTheirPlace() {
        assertThat(problems("says: [danger, injury]}\n      then: MAJOR", "says: [dangr, injury]}\n      then: MAJOR"))
                .containsExactly("rules.yaml: unknown word list `dangr`: did you mean `danger`?");
        assertThat(problems("categories: [parts-supply]", "categories: [part-supply]"))
                .containsExactly("rules.yaml: unknown category `part-supply`: did you mean `parts-supply`?");
        assertThat(problems("then: customer-relations", "then: marketing"))
                .singleElement()
                .asString()
                .startsWith("rules.yaml: unknown department `marketing`");
        assertThat(problems("when: {severities: [MAJOR]}", "when: {}"))
                .containsExactly(
                        "rules.yaml: asks for nothing and would always hold: add a condition or use `otherwise`");
        assertThat(problems("when: {circumstances: [INJURED]}", "when: {severities: [MAJOR]}"))
                .contains("rules.yaml: unknown key `severities`: use one of categories, channels, circumstances,"
                        + " customersAffected, expression, kinds, safety, says");
        assertThat(problems("name: safety-first", "name: major-first"))
                .singleElement()
                .asString()
                .contains("rule `major-first` exists already at packs/base/rules.yaml:");
        assertThat(problems("customersAffected: 1, GENERAL", "customersAffected: 3, GENERAL"))
                .contains(
                        "rules.yaml: the first row must begin with 1",
                        "rules.yaml: must be more than in the row before");
        assertThat(problems("then: 1\n", "then: 7\n")).containsExactly("rules.yaml: must be from 1 to 2, not 7");
    }

    private Proposal assess(Facts facts) {
        return triage.assess(APPLIANCE, facts);
    }

    private Proposal assess(String text) {
        return assess(new Facts(Kind.COMPLAINT, null, text));
    }

    private static Facts facts(String category, int customersAffected) {
        return new Facts(Kind.COMPLAINT, category, "请处理", customersAffected, Set.of());
    }

    private static List<String> rules(Proposal proposal, Aspect aspect) {
        return proposal.why(aspect).stream().map(Reason::rule).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The problems of the shipped rules after one change, without folder and place. */
    private static List<String> problems(String sound, String broken) {
        var folder = PackFolder.shipped(TriageTests.class.getClassLoader()).stream()
                .filter(each -> each.name().equals("appliance"))
                .findFirst()
                .orElseThrow();
        var files = new TreeMap<>(folder.files());
        var file = Stream.of("rules.yaml", PackFolder.BASE + "rules.yaml")
                .filter(each -> text(files.getOrDefault(each, new byte[0])).contains(sound))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rules say " + sound));
        var rules = text(files.getOrDefault(file, new byte[0]));
        var place = rules.indexOf(sound);
        var changed = rules.substring(0, place) + broken + rules.substring(place + sound.length());
        files.put(file, changed.getBytes(StandardCharsets.UTF_8));
        var line = changed.substring(0, place).lines().count();
        var found = new ArrayList<String>();
        assertThatThrownBy(() -> Packs.load(
                        List.of(new PackFolder("appliance", files)),
                        ShippedPacks.parts(TriageConfiguration.RULES),
                        Map.of()))
                .isInstanceOfSatisfying(
                        PackInvalid.class,
                        invalid -> invalid.problems().forEach(problem -> {
                            assertThat((long) problem.position().line()).isBetween(line - 1, line + 7);
                            found.add("rules.yaml: " + problem.message());
                        }));
        return found;
    }
}
