package io.bihuan.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.identifier.Checked.Flaw;
import io.bihuan.identifier.Checked.Grade;
import io.bihuan.identifier.IdCard.Document;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTests {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1M8GDM9AXKP042788",
                "11111111111111111",
                "1m8gdm9axkp042788",
                " 1M8G DM9A XKP0 42788",
                "１Ｍ８ＧＤＭ９ＡＸＫＰ０４２７８８"
            })
    void aVinIsReadAsPeopleWriteIt(String typed) {
        assertThat(Vin.check(typed).grade()).isEqualTo(Grade.VALID);
        assertThat(Vin.check(typed).value()).matches("[0-9A-Z]{17}");
    }

    @ParameterizedTest
    @CsvSource({
        "1M8GDM9A0KP042788, WARNING, CHECK_DIGIT", // makers elsewhere need not keep to the check digit
        "JZX100-0123456, WARNING, OTHER_SYSTEM",
        "WF0AXX12345, WARNING, OTHER_SYSTEM",
        "1M8GDM9AXKP04278, WRONG, LENGTH",
        "1M8GDM9AXKP0427889, WRONG, LENGTH",
        "1M8GDM9AXKPO42788, WRONG, CHARACTERS",
        "车架号1M8GDM9AXKP042788, WRONG, CHARACTERS"
    })
    void aVinThatDoesNotFitIsDoubtfulOrWrong(String typed, Grade grade, Flaw flaw) {
        var checked = Vin.check(typed);
        assertThat(checked.grade()).isEqualTo(grade);
        assertThat(checked.flaw()).isEqualTo(flaw);
    }

    @Test
    void aVinTellsMakerAndModelYears() {
        var vin = Vin.read("lsvaa49j1e2047371").orElseThrow();
        assertThat(vin.manufacturer()).isEqualTo("LSV");
        assertThat(vin.isChinese()).isTrue();
        assertThat(vin.modelYears(2027)).containsExactly(2014, 1984);
        assertThat(Vin.read("1M8GDM9AXKP042788").orElseThrow().modelYears(2027)).containsExactly(2019, 1989);
        assertThat(Vin.read("LA9AA49J5E2ABC371").orElseThrow().manufacturer()).isEqualTo("LA9ABC");
        assertThat(Vin.read("LSV")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "91350100M000100Y43, VALID,",
        "91110000101623741k, VALID,",
        "91350100M000100Y44, WARNING, CHECK_DIGIT",
        "91350100M000100YI3, WRONG, CHARACTERS",
        "350100M000100Y43, WRONG, LENGTH"
    })
    void aCreditCodeIsChecked(String typed, Grade grade, Flaw flaw) {
        assertThat(CreditCode.check(typed))
                .extracting(Checked::grade, Checked::flaw)
                .containsExactly(grade, flaw);
    }

    @ParameterizedTest
    @CsvSource({
        "11010519491231002X, VALID,",
        "１１０１０５ 19491231 002x, VALID,",
        "110105491231002, VALID,",
        "110105194912310021, WRONG, CHECK_DIGIT",
        "99010519491331002X, WRONG, DATE",
        "16010519491231002X, WRONG, REGION",
        "110105499931002, WRONG, DATE",
        "1101051949123100, WRONG, LENGTH",
        "张三, WRONG, SHAPE",
        "H12345678, VALID,",
        "12345678, VALID,",
        "E12345678, VALID,",
        "EA1234567, VALID,",
        "123456789, WARNING, OTHER_SYSTEM"
    })
    void anIdentityDocumentIsChecked(String typed, Grade grade, Flaw flaw) {
        assertThat(IdCard.check(typed, TODAY))
                .extracting(Checked::grade, Checked::flaw)
                .containsExactly(grade, flaw);
    }

    @Test
    void nobodyIsBornTomorrow() {
        assertThat(IdCard.check("11010519491231002X", LocalDate.of(1949, 12, 31))
                        .isWrong())
                .isFalse();
        assertThat(IdCard.check("11010519491231002X", LocalDate.of(1949, 12, 30))
                        .flaw())
                .isEqualTo(Flaw.DATE);
    }

    @ParameterizedTest
    @CsvSource({
        "11010519491231002X, RESIDENT_CARD",
        "911105198001010011, FOREIGNER_CARD",
        "M1234567890, HONG_KONG_OR_MACAU_PERMIT",
        "12345678, TAIWAN_PERMIT",
        "G12345678, PASSPORT"
    })
    void anIdentityDocumentIsRecognisedByItsShape(String typed, Document document) {
        assertThat(IdCard.document(typed)).contains(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "京A12345",
                "京·A12345",
                "粤b 1234d",
                "京AD12345",
                "沪AAB1234",
                "川A12345F",
                "粤Z1234港",
                "粤Z1234澳",
                "冀A1234挂",
                "浙A1234学",
                "苏A0001警",
                "沪A0023领",
                "使014578",
                "224578使"
            })
    void aPlateIsReadAsPeopleWriteIt(String typed) {
        assertThat(Plate.check(typed).grade()).isEqualTo(Grade.VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A12345", "京A1234", "京A1234O", "京AI2345", "京AL12345", "京A12345G", "北A123456", "京A123456789"})
    void whatIsNoPlateIsWrong(String typed) {
        assertThat(Plate.check(typed))
                .extracting(Checked::grade, Checked::flaw)
                .containsExactly(Grade.WRONG, Flaw.SHAPE);
    }

    @Test
    void aPlateOfTheForcesIsDoubtfulOnly() {
        assertThat(Plate.check("WJ京1234X").grade()).isEqualTo(Grade.WARNING);
        assertThat(Plate.check("VA12345").grade()).isEqualTo(Grade.WARNING);
    }

    @Test
    void newEnergyIsSeenOnThePlate() {
        assertThat(Plate.isNewEnergy("京AD12345")).isTrue();
        assertThat(Plate.isNewEnergy("京A12345D")).isTrue();
        assertThat(Plate.isNewEnergy("京A12345")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "6222 0212 3456 7890 128, VALID,",
        "4111-1111-1111-1111, VALID,",
        "4111111111111112, WRONG, CHECK_DIGIT",
        "411111111111111, WRONG, LENGTH",
        "41111111111111110000, WRONG, LENGTH",
        "卡号4111111111111111, WRONG, CHARACTERS"
    })
    void aBankCardIsChecked(String typed, Grade grade, Flaw flaw) {
        assertThat(BankCard.check(typed))
                .extracting(Checked::grade, Checked::flaw)
                .containsExactly(grade, flaw);
    }
}
