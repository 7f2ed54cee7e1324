package io.bihuan.complaint.web;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Dossier;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.Milestone;
import io.bihuan.complaint.Outcome;
import io.bihuan.complaint.ProductAnswers;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Letter;
import io.bihuan.standard.Letter.Purpose;
import io.bihuan.standard.Placeholder;
import io.bihuan.web.Bundles;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Fills letters with what is known of a complaint. */
@Component
class LetterCards {
    private static final Set<String> SOLVING = Set.of(Milestone.SOLVED.name());

    private final TrackingLinks links;
    private final Bundles bundles;

    LetterCards(TrackingLinks links, Bundles bundles) {
        this.links = links;
        this.bundles = bundles;
    }

    /**
     * @param pack the version that the complaint is pinned to
     * @param customer masked or not, as the page shows it
     * @param events the newest first
     */
    LetterCard of(
            Dossier dossier,
            Pack pack,
            Guidance guidance,
            CustomerCard customer,
            String owner,
            List<HistoryEvent> events,
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
        Map<Placeholder, String> values =
                values(dossier, new Terms(pack, language), customer, owner, measures(events), in);
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
                    case VERIFY -> List.of(Purpose.PROGRESS, Purpose.INFORMATION_REQUEST, Purpose.DELAY);
                    case HANDLE -> List.of(Purpose.PROGRESS, Purpose.DELAY, Purpose.APOLOGY);
                    case FEEDBACK ->
                        complaint.outcome() == Outcome.REJECTED
                                ? List.of(Purpose.REJECTION, Purpose.RESULT)
                                : List.of(Purpose.RESULT, Purpose.APOLOGY);
                    case ARCHIVE -> List.of(Purpose.CLOSING);
                };
        int at = first.indexOf(purpose);
        return at < 0 ? first.size() : at;
    }

    private Map<Placeholder, String> values(
            Dossier dossier, Terms terms, CustomerCard customer, String owner, String measures, Texts in) {
        Complaint complaint = dossier.complaint();
        var values = new EnumMap<Placeholder, String>(Placeholder.class);
        var texts = terms.pack().texts();
        Outcome outcome = complaint.outcome();
        values.put(Placeholder.CUSTOMER, customer.name());
        values.put(Placeholder.NUMBER, complaint.number().readable());
        values.put(Placeholder.LINE, terms.name());
        values.put(Placeholder.CATEGORY, terms.category(complaint.category()));
        values.put(Placeholder.PRODUCT, product(complaint, terms, in));
        values.put(Placeholder.OWNER, owner);
        values.put(Placeholder.DEPARTMENT, terms.department(complaint.department()));
        values.put(Placeholder.DUE_AT, in.dateTime(dueAt(dossier)));
        values.put(Placeholder.RESULT, outcome == null ? "" : in.of(outcome));
        values.put(Placeholder.MEASURES, measures);
        values.put(Placeholder.TRACKING_URL, links.url(complaint.number()));
        values.put(Placeholder.HOTLINE, texts.hotline().number());
        values.put(
                Placeholder.BODIES,
                texts.bodies().stream()
                        .map(body -> body.name().in(terms.locale()))
                        .collect(Collectors.joining(in.of("standard.list"))));
        return values;
    }

    /** When the customer may expect it to be solved, and not when the next step inside is due; after that the next step. */
    private static @Nullable Instant dueAt(Dossier dossier) {
        return dossier.clocks().stream()
                .filter(clock -> clock.state() == ClockState.RUNNING)
                .filter(clock -> clock.policy().terms().stopOn().equals(SOLVING))
                .map(Clock::dueAt)
                .min(Comparator.naturalOrder())
                .orElse(dossier.complaint().dueAt());
    }

    /** The first answered question that is a choice, and the first that is a text: 空调 KFR-35GW. */
    private static String product(Complaint complaint, Terms terms, Texts in) {
        List<ProductAnswers.Line> answers =
                ProductAnswers.of(complaint, terms.pack()).lines(false, in);
        String kind = answered(answers, terms, FormField.Type.CHOICE);
        String model = answered(answers, terms, FormField.Type.TEXT);
        return (kind + " " + model).strip();
    }

    private static String answered(List<ProductAnswers.Line> answers, Terms terms, FormField.Type type) {
        return answers.stream()
                .filter(answer -> terms.pack()
                        .form()
                        .find(answer.key())
                        .map(field -> field.type() == type)
                        .orElse(false))
                .findFirst()
                .map(ProductAnswers.Line::text)
                .orElse("");
    }

    /** What was decided last, while it is still on the page. */
    private static String measures(List<HistoryEvent> events) {
        return events.stream()
                .map(HistoryEvent::event)
                .filter(ComplaintEvent.Solved.class::isInstance)
                .map(event -> Personal.text(((ComplaintEvent.Solved) event).measures()))
                .findFirst()
                .orElse("");
    }
}
