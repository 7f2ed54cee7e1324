package io.bihuan.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.identifier.Checked.Grade;
import java.time.LocalDate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** What the standards promise: one wrong character is noticed, and two that changed places. */
class IdentifierProperties {
    private static final String VIN_ALPHABET = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    private static final String VIN_VALUES = "0123456789" + "12345678" + "12345" + "7" + "9" + "23456789";
    private static final String CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Property
    void oneWrongDigitOfABankCardIsNoticed(
            @ForAll @StringLength(min = 15, max = 18) @CharRange(from = '0', to = '9') String digits,
            @ForAll @IntRange(min = 0, max = 18) int place,
            @ForAll @IntRange(min = 1, max = 9) int by) {
        var card = completed(digits);
        Assume.that(place < card.length());
        var wrong = with(card, place, (char) ('0' + (card.charAt(place) - '0' + by) % 10));
        assertThat(BankCard.check(wrong).isWrong()).isTrue();
    }

    @Property
    void neighboursThatChangedPlacesInABankCardAreNoticedUnlessTheyAreNoughtAndNine(
            @ForAll @StringLength(min = 15, max = 18) @CharRange(from = '0', to = '9') String digits,
            @ForAll @IntRange(min = 0, max = 17) int place) {
        var card = completed(digits);
        Assume.that(place + 1 < card.length());
        var pair = card.substring(place, place + 2);
        Assume.that(pair.charAt(0) != pair.charAt(1));
        assertThat(BankCard.check(swapped(card, place)).isWrong()).isEqualTo(!pair.equals("09") && !pair.equals("90"));
    }

    @Property
    void oneWrongCharacterOfAnIdCardIsNoticed(
            @ForAll("idCards") String card,
            @ForAll @IntRange(min = 0, max = 17) int place,
            @ForAll @IntRange(min = 1, max = 9) int by) {
        var now = card.charAt(place) == 'X' ? 10 : card.charAt(place) - '0';
        var wrong = with(card, place, (char) ('0' + (now + by) % 10));
        Assume.that(!wrong.equals(card));
        assertThat(IdCard.check(wrong, TODAY).isWrong()).isTrue();
    }

    @Property
    void neighboursThatChangedPlacesInAnIdCardAreNoticed(
            @ForAll("idCards") String card, @ForAll @IntRange(min = 0, max = 16) int place) {
        Assume.that(card.charAt(place) != card.charAt(place + 1));
        assertThat(IdCard.check(swapped(card, place), TODAY).isWrong()).isTrue();
    }

    @Property
    void oneWrongCharacterOfACreditCodeIsNoticed(
            @ForAll("creditCodes") String code,
            @ForAll @IntRange(min = 0, max = 17) int place,
            @ForAll @IntRange(min = 1, max = 30) int by) {
        var now = CODE_ALPHABET.indexOf(code.charAt(place));
        assertThat(CreditCode.check(with(code, place, CODE_ALPHABET.charAt((now + by) % 31)))
                        .grade())
                .isEqualTo(Grade.WARNING);
    }

    @Property
    void neighboursThatChangedPlacesInACreditCodeAreNoticed(
            @ForAll("creditCodes") String code, @ForAll @IntRange(min = 0, max = 16) int place) {
        Assume.that(code.charAt(place) != code.charAt(place + 1));
        assertThat(CreditCode.check(swapped(code, place)).grade()).isEqualTo(Grade.WARNING);
    }

    @Property
    void oneWrongCharacterOfAVinIsNoticedUnlessItIsWorthTheSame(
            @ForAll("vins") String vin,
            @ForAll @IntRange(min = 0, max = 16) int place,
            @ForAll @IntRange(min = 0, max = 32) int to) {
        Assume.that(place != 8);
        var other = VIN_ALPHABET.charAt(to);
        var isSame = VIN_VALUES.charAt(to) == VIN_VALUES.charAt(VIN_ALPHABET.indexOf(vin.charAt(place)));
        assertThat(Vin.check(with(vin, place, other)).grade()).isEqualTo(isSame ? Grade.VALID : Grade.WARNING);
    }

    @Property
    void neighboursThatChangedPlacesInAVinAreNoticedButForTheCheckDigit(
            @ForAll("vins") String vin, @ForAll @IntRange(min = 0, max = 15) int place) {
        Assume.that(place != 7 && place != 8);
        var first = VIN_VALUES.charAt(VIN_ALPHABET.indexOf(vin.charAt(place)));
        var second = VIN_VALUES.charAt(VIN_ALPHABET.indexOf(vin.charAt(place + 1)));
        Assume.that(first != second);
        assertThat(Vin.check(swapped(vin, place)).grade()).isEqualTo(Grade.WARNING);
    }

    /** Whatever is typed, it can be judged, and what was accepted is accepted again as it is stored. */
    @Property
    void whateverIsTypedIsJudged(@ForAll @StringLength(max = 40) String typed) {
        for (var checked : new Checked[] {
            Vin.check(typed),
            Plate.check(typed),
            CreditCode.check(typed),
            BankCard.check(typed),
            IdCard.check(typed, TODAY)
        }) {
            assertThat(checked.flaw() == null).isEqualTo(checked.grade() == Grade.VALID);
        }
        PhoneNumbers.readAny(typed)
                .ifPresent(number -> assertThat(PhoneNumbers.readAny(number)).contains(number));
    }

    @Provide
    Arbitrary<String> idCards() {
        return Combinators.combine(
                        Arbitraries.of("110105", "440106", "650102", "310101"),
                        Arbitraries.integers().between(0, 36_000),
                        Arbitraries.strings().numeric().ofLength(3))
                .as((region, day, sequence) -> {
                    var start = region
                            + LocalDate.of(1920, 1, 1).plusDays(day).toString().replace("-", "")
                            + sequence;
                    return "0123456789X"
                            .chars()
                            .mapToObj(check -> start + (char) check)
                            .filter(card -> !IdCard.check(card, TODAY).isWrong())
                            .findFirst()
                            .orElseThrow();
                });
    }

    @Provide
    Arbitrary<String> creditCodes() {
        return Arbitraries.strings()
                .withChars(CODE_ALPHABET.toCharArray())
                .ofLength(17)
                .map(start -> CODE_ALPHABET
                        .chars()
                        .mapToObj(check -> start + (char) check)
                        .filter(code -> CreditCode.check(code).grade() == Grade.VALID)
                        .findFirst()
                        .orElseThrow());
    }

    @Provide
    Arbitrary<String> vins() {
        return Arbitraries.strings()
                .withChars(VIN_ALPHABET.toCharArray())
                .ofLength(17)
                .map(any -> "0123456789X"
                        .chars()
                        .mapToObj(check -> with(any, 8, (char) check))
                        .filter(vin -> Vin.check(vin).grade() == Grade.VALID)
                        .findFirst()
                        .orElseThrow());
    }

    private static String completed(String digits) {
        return "0123456789"
                .chars()
                .mapToObj(check -> digits + (char) check)
                .filter(card -> !BankCard.check(card).isWrong())
                .findFirst()
                .orElseThrow();
    }

    private static String with(String text, int place, char character) {
        return text.substring(0, place) + character + text.substring(place + 1);
    }

    private static String swapped(String text, int place) {
        return text.substring(0, place) + text.charAt(place + 1) + text.charAt(place) + text.substring(place + 2);
    }
}
