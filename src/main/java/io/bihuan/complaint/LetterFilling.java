package io.bihuan.complaint;

import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import io.bihuan.privacy.Personal;
import io.bihuan.standard.Placeholder;
import io.bihuan.web.Texts;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Knows what the places of letters are filled with for one complaint: the same where a letter is shown and where it is sent. */
@Component
public class LetterFilling {
    private static final Set<String> SOLVING = Set.of(Milestone.SOLVED.name());

    private final TrackingLinks links;

    LetterFilling(TrackingLinks links) {
        this.links = links;
    }

    /**
     * What is known; what is not is absent or blank.
     *
     * @param dossier with its newest events, in which the solution is found
     * @param pack the version that the complaint is pinned to
     * @param customer the name, masked or not, as it is to be read
     * @param in the texts in the language of the letter
     */
    public Map<Placeholder, String> values(Dossier dossier, Pack pack, String customer, String owner, Texts in) {
        Complaint complaint = dossier.complaint();
        var values = new EnumMap<Placeholder, String>(Placeholder.class);
        Optional<ComplaintEvent.Solved> solved = solved(dossier.events());
        Outcome outcome = complaint.outcome();
        String bodies = pack.texts().bodies().stream()
                .map(body -> body.name().in(in.locale()))
                .collect(Collectors.joining(in.of("standard.list")));
        values.put(Placeholder.CUSTOMER, customer.isBlank() ? in.of("complaint.letter.customer") : customer);
        values.put(Placeholder.NUMBER, complaint.number().readable());
        values.put(Placeholder.LINE, pack.name().in(in.locale()));
        values.put(Placeholder.CATEGORY, category(complaint, pack, in));
        values.put(Placeholder.PRODUCT, product(complaint, pack, in));
        values.put(Placeholder.OWNER, owner);
        values.put(Placeholder.DEPARTMENT, department(complaint, pack, in));
        values.put(Placeholder.DUE_AT, in.dateTime(dueAt(dossier)));
        values.put(Placeholder.RESULT, outcome == null ? "" : in.of(outcome));
        values.put(
                Placeholder.MEASURES,
                solved.map(event -> Personal.text(event.measures())).orElse(""));
        values.put(
                Placeholder.ROUTES,
                solved.map(event -> Personal.text(event.routes()))
                        .filter(routes -> !routes.isBlank())
                        .orElseGet(() -> bodies.isEmpty() ? "" : in.of("complaint.letter.routes", bodies)));
        values.put(Placeholder.TRACKING_URL, links.url(complaint.number()));
        values.put(Placeholder.HOTLINE, pack.texts().hotline().number());
        values.put(Placeholder.BODIES, bodies);
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

    private static String category(Complaint complaint, Pack pack, Texts in) {
        String code = complaint.category();
        return code == null
                ? ""
                : pack.categories()
                        .find(code)
                        .map(each -> each.label().in(in.locale()))
                        .orElse(code);
    }

    private static String department(Complaint complaint, Pack pack, Texts in) {
        String code = complaint.department();
        return code == null
                ? ""
                : pack.departments()
                        .find(code)
                        .map(each -> each.label().in(in.locale()))
                        .orElse(code);
    }

    /** The first answered question that is a choice, and the first that is a text: 空调 KFR-35GW. */
    private static String product(Complaint complaint, Pack pack, Texts in) {
        List<ProductAnswers.Line> answers = ProductAnswers.of(complaint, pack).lines(false, in);
        return (answered(answers, pack, FormField.Type.CHOICE) + " " + answered(answers, pack, FormField.Type.TEXT))
                .strip();
    }

    private static String answered(List<ProductAnswers.Line> answers, Pack pack, FormField.Type type) {
        return answers.stream()
                .filter(answer -> pack.form()
                        .find(answer.key())
                        .map(field -> field.type() == type)
                        .orElse(false))
                .findFirst()
                .map(ProductAnswers.Line::text)
                .orElse("");
    }

    /** What was decided last, while it is still among the events. */
    private static Optional<ComplaintEvent.Solved> solved(List<HistoryEvent> events) {
        return events.stream()
                .map(event -> event.event() instanceof ComplaintEvent.Solved solved ? solved : null)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
