package io.bihuan.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bihuan.complaint.Channel;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.Severity;
import io.bihuan.pack.SmallPack;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows that ask for the channel and for the answers of the form. */
class RowConditionsTests {
    private static final String RULES = """
            rules:
              severity:
                - {name: authority, label: {zh: 监管, en: Authority}, when: {channels: [REGULATOR]}, then: URGENT}
                - {name: giant, label: {zh: 特大, en: Giant}, when: {expression: "size = 'XXXL' and customersAffected > 2"}, then: MAJOR}
              priority:
                - {name: grave, label: {zh: 严重, en: Grave}, when: {expression: "severity >= 'URGENT' and category = 'goods'"}, then: HIGH}
              otherwise:
                byChoice: {zh: 选, en: Chosen}
                byKeywords: {zh: 词, en: Words}
                byCategorySeverity: {zh: 类, en: Category}
                byCategoryDepartment: {zh: 类, en: Category}
                byDefault: {zh: 无, en: None}
                severity: GENERAL
                department: desk
                byUrgency: {zh: 急, en: Urgency}
                urgency: [{customersAffected: 1, GENERAL: LOW, URGENT: LOW, MAJOR: LOW}]
            """;
    private final Pack pack = SmallPack.load(RULES, TriageConfiguration.RULES);

    @Test
    void aRowMayAskForTheChannel() {
        assertThat(severity(Channel.REGULATOR, Map.of(), 1)).isEqualTo(Severity.URGENT);
        assertThat(severity(Channel.WEB, Map.of(), 1)).isEqualTo(Severity.GENERAL);
        assertThat(assess(new Facts(Kind.COMPLAINT, "goods", "坏了")).severity())
                .as("the channel is not known")
                .isEqualTo(Severity.GENERAL);
    }

    @Test
    void aRowMayAskForTheAnswersOfTheForm() {
        assertThat(severity(Channel.WEB, Map.of("size", "XXXL"), 3)).isEqualTo(Severity.MAJOR);
        assertThat(severity(Channel.WEB, Map.of("size", "XXXL"), 2)).isEqualTo(Severity.GENERAL);
        assertThat(severity(Channel.WEB, Map.of("size", "S"), 3)).isEqualTo(Severity.GENERAL);
        assertThat(severity(Channel.WEB, Map.of(), 3)).isEqualTo(Severity.GENERAL);
    }

    @Test
    void whatIsDecidedBeforeIsKnownToTheTablesBelow() {
        assertThat(assess(facts(Channel.REGULATOR, Map.of(), 1)).priority()).hasToString("HIGH");
        assertThat(assess(facts(Channel.WEB, Map.of(), 1)).priority()).hasToString("LOW");
    }

    @Test
    void severityIsNotKnownWhileItIsDecided() {
        assertThatThrownBy(() -> SmallPack.load(
                        RULES.replace("customersAffected > 2", "severity = 'MAJOR'"), TriageConfiguration.RULES))
                .isInstanceOf(PackInvalid.class)
                .hasMessageContaining("unknown field `severity`");
        assertThatThrownBy(() -> SmallPack.load(RULES.replace("REGULATOR", "REGULATORS"), TriageConfiguration.RULES))
                .isInstanceOf(PackInvalid.class)
                .hasMessageContaining("unknown word `REGULATORS`: did you mean `REGULATOR`?");
    }

    @Test
    void theChannelOfAnExpressionIsCheckedToo() {
        assertThatThrownBy(() -> SmallPack.load(
                        RULES.replace("size = 'XXXL'", "channel = 'HOTLINES'"), TriageConfiguration.RULES))
                .isInstanceOf(PackInvalid.class)
                .hasMessageContaining("unknown word `HOTLINES` for `channel`: did you mean `HOTLINE`?");
    }

    private Severity severity(Channel channel, Map<String, String> answers, int affected) {
        return assess(facts(channel, answers, affected)).severity();
    }

    private Proposal assess(Facts facts) {
        return new Triage().assess(pack, facts);
    }

    private static Facts facts(Channel channel, Map<String, String> answers, int affected) {
        return new Facts(Kind.COMPLAINT, "goods", "坏了", affected, Set.of(), channel, answers);
    }
}
