package io.bihuan.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "空调不制冷|空调不制冷",
                "KFR-35GW空调|kfr35gw空调",
                "空调，不\t制 冷。|空调不制冷",
                "ＫＦＲ－３５ＧＷ|kfr35gw",
                "ｶﾞｽ|カス",
                "ガス|カス",
                "空調維修費過高|空调维修费过高",
                "退貨、賠償|退货赔偿",
                "收￥280.50元|收280 50元",
                "AC mode|ac mode",
                "A4-B5|a4b5",
                "1,234|1 234",
                "Straße Café|strasse cafe",
                "cafe\u0301|cafe",
                "Москва ΑΘΗΝΑ|москва αθηνα",
                "12㎡|12m2",
                "①②|12",
                "⼈⼝|人口",
                "差评😡😡|差评😡😡",
                "👨‍👩‍👧|👨👩👧",
                "𠮷野家𪚥|𠮷野家𪚥",
                "二〇二四年々|二〇二四年々",
                "İstanbul|istanbul",
                "soft\u00adware|software",
            })
    void aTextIsReadWithoutItsWidthCaseAccentsFormsAndPunctuation(String text, String read) {
        assertThat(Tokens.of(text)).hasToString(read);
    }

    @Test
    void punctuationAloneIsNothing() {
        assertThat(Tokens.of("，。！？—… \t\u3000\u0000").size()).isZero();
    }

    @Test
    void aCharacterOfTheOldEncodingsInPrivateUseIsAToken() {
        assertThat(Tokens.of("王\uE863").size()).isEqualTo(2);
    }

    @Test
    void halfASurrogatePairBreaksNothing() {
        assertThat(Tokens.of("空\uD842调\uDFB7")).hasToString("空调");
    }

    @Test
    void runsOfLettersStayApartButNotFromDigitsOrHan() {
        assertThat(Tokens.of("the red")).hasToString("the red");
        assertThat(Tokens.of("型号 A 1 空 B")).hasToString("型号a1空b");
        assertThat(Tokens.of("甲-乙 丙")).hasToString("甲乙丙");
    }

    @Test
    void eachTokenKnowsItsPlaceInTheSource() {
        String text = "，Ｋ𠮷e\u0301㎡";
        Tokens tokens = Tokens.of(text);
        assertThat(tokens).hasToString("k𠮷em2");
        assertThat(new int[] {tokens.start(0), tokens.end(0)}).containsExactly(1, 2);
        assertThat(new int[] {tokens.start(1), tokens.end(1)}).containsExactly(2, 4);
        assertThat(new int[] {tokens.start(2), tokens.end(2)}).containsExactly(4, 6);
        assertThat(new int[] {tokens.start(3), tokens.end(3)}).containsExactly(6, 7);
        assertThat(new int[] {tokens.start(4), tokens.end(4)}).containsExactly(6, 7);
    }

    @Test
    void aQueryIsPartedIntoWordsByAnyWhiteSpace() {
        assertThat(Tokens.words(" 空调\u3000KFR-35 \u00a0 … \n漏水 "))
                .map(Tokens::toString)
                .isEqualTo(List.of("空调", "kfr35", "漏水"));
    }

    @Test
    void aVeryLongQueryIsCut() {
        assertThat(Tokens.words("空调 ".repeat(10_000)).stream()
                        .mapToInt(Tokens::size)
                        .sum())
                .isEqualTo(Tokens.QUERY_LIMIT);
        assertThat(Tokens.words("漏".repeat(1_000_000)))
                .singleElement()
                .satisfies(word -> assertThat(word.size()).isEqualTo(Tokens.QUERY_LIMIT));
    }
}
