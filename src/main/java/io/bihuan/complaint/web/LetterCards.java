package io.bihuan.complaint.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.LetterFilling;
import io.bihuan.complaint.Outcome;
import io.bihuan.pack.Pack;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.Placeholder;
import io.bihuan.web.Bundles;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Fills letters with what is known of a complaint. */
@Component
class LetterCards {
    private final LetterFilling filling;
    private final Bundles bundles;

    LetterCards(LetterFilling filling, Bundles bundles) {
        this.filling = filling;
        this.bundles = bundles;
    }

    /**
     * @param pack the version that the complaint is pinned to
     * @param customer masked or not, as the page shows it
     */
    LetterCard of(
            Dossier dossier,
            Pack pack,
            Guidance guidance,
            CustomerCard customer,
            String owner,
            LetterWish wish,
            Texts t) {
        Complaint complaint = dossier.complaint();
        List<Letter> letters = guidance.letters().stream()
                .sorted(Comparator.comparingInt(letter -> rank(complaint, letter.purpose())))
                .toList();
        Letter chosen = letters.stream()
                .filter(letter -> letter.name().equals(wish.name()))
                .findFirst()
                .orElse(null);
        Texts in = wish.language().isEmpty() ? t : bundles.in(Locale.of(wish.language()));
        Locale language = in.locale();
        var choices = letters.stream()
                .map(letter -> new Option(
                        letter.name(), t.of("standard.letter.choice", t.of(letter.purpose()), t.of(letter.channel()))))
                .toList();
        String tongue = language.getLanguage();
        if (chosen == null) {
            return new LetterCard(choices, null, tongue, null, "", false, false);
        }
        Map<Placeholder, String> values = filling.values(dossier, pack, customer.name(), owner, in);
        boolean names =
                chosen.text(language, Map.of(Placeholder.CUSTOMER, "\0")).contains("\0");
        return new LetterCard(
                choices,
                chosen,
                tongue,
                chosen.subject(language, values),
                chosen.text(language, values),
                names && !customer.isRevealed() && !customer.name().isEmpty(),
                chosen.lacks(language, values));
    }

    /** What is written at this stage comes first, in the order in which it is likely. */
    private static int rank(Complaint complaint, Purpose purpose) {
        List<Purpose> first =
                switch (complaint.stage()) {
                    case ACCEPT -> List.of(Purpose.ACKNOWLEDGEMENT, Purpose.INFORMATION_REQUEST);
                    case VERIFY ->
                        List.of(Purpose.PROGRESS, Purpose.FINDINGS, Purpose.INFORMATION_REQUEST, Purpose.DELAY);
                    case HANDLE -> List.of(Purpose.FINDINGS, Purpose.SOLUTION, Purpose.DELAY, Purpose.APOLOGY);
                    case FEEDBACK ->
                        complaint.outcome() == Outcome.REJECTED
                                ? List.of(Purpose.REJECTION, Purpose.RESULT)
                                : List.of(Purpose.RESULT, Purpose.APOLOGY);
                    case ARCHIVE -> List.of(Purpose.CLOSING);
                };
        int at = first.indexOf(purpose);
        return at < 0 ? first.size() : at;
    }
}
