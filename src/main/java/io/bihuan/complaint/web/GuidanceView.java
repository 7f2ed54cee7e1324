package io.bihuan.complaint.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.web.ComplaintView.Named;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Source;
import io.bihuan.standard.Compensation;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Measure;
import io.bihuan.standard.Playbook;
import io.bihuan.standard.Standard;
import io.bihuan.standard.StandardTexts;
import io.bihuan.standard.Within;
import io.bihuan.web.Texts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is due to a customer, what to find out, and what may be offered, as the API gives it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "HandlingStandard")
public record GuidanceView(
        String number,
        String pack,
        int packVersion,
        @Nullable Named category,
        @Nullable Due standard,
        @Nullable Questions playbook,
        List<Offer> compensation) {
    /** What the customer is due. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "HandlingStandardText")
    public record Due(
            String name,
            String label,
            String text,
            List<Step> measures,
            String tell,
            @Nullable Origin source) {}

    /** One measure, in the order in which they are taken. */
    @Schema(name = "HandlingStandardMeasure")
    public record Step(Measure measure, @Nullable Named department, Time within, String text) {}

    /** So many of a unit. */
    @Schema(name = "HandlingStandardTime")
    public record Time(int amount, Within.Unit unit) {}

    /** What to ask, check and collect. */
    @Schema(name = "Playbook")
    public record Questions(String name, String label, List<String> ask, List<String> check, List<String> collect) {}

    /**
     * What may be offered.
     *
     * @param value how much, in words
     * @param limits in hundredths of a yuan, by role
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CompensationOffer")
    public record Offer(
            String name,
            String label,
            Measure measure,
            String value,

            @Schema(description = "What each role may grant without asking, in hundredths of a yuan")
            Map<String, Long> limits,

            String condition,
            @Nullable Origin source) {}

    /** A law, or the words of the company. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "StandardSource")
    public record Origin(
            String title,
            @Nullable String article,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            boolean confirmed) {}

    static GuidanceView of(Complaint complaint, Pack pack, Texts t) {
        Guidance guidance = Guidance.of(pack, complaint.category());
        Standard standard = guidance.standard();
        Playbook playbook = guidance.playbook();
        var texts = new StandardTexts(pack, t);
        Locale locale = t.locale();
        return new GuidanceView(
                complaint.number().digits(),
                pack.id(),
                pack.version(),
                ComplaintView.category(complaint.category(), pack, locale),
                standard == null ? null : due(standard, pack, locale),
                playbook == null
                        ? null
                        : new Questions(
                                playbook.name(),
                                playbook.label().in(locale),
                                lines(playbook.ask(), locale),
                                lines(playbook.check(), locale),
                                lines(playbook.collect(), locale)),
                guidance.compensation().stream()
                        .map(each -> offer(each, texts, locale))
                        .toList());
    }

    private static Due due(Standard standard, Pack pack, Locale locale) {
        return new Due(
                standard.name(),
                standard.label().in(locale),
                standard.text().in(locale),
                standard.steps().stream()
                        .map(step -> new Step(
                                step.measure(),
                                ComplaintView.department(step.by(), pack, locale),
                                new Time(step.within().amount(), step.within().unit()),
                                step.text().in(locale)))
                        .toList(),
                standard.tell().in(locale),
                origin(standard.source(), locale));
    }

    private static Offer offer(Compensation each, StandardTexts texts, Locale locale) {
        var limits = new TreeMap<String, Long>();
        each.limits().forEach((role, limit) -> limits.put(role.name(), limit.fen()));
        return new Offer(
                each.name(),
                each.label().in(locale),
                each.measure(),
                texts.value(each.value()),
                limits,
                each.condition().in(locale),
                origin(each.source(), locale));
    }

    private static List<String> lines(List<Label> labels, Locale locale) {
        return labels.stream().map(label -> label.in(locale)).toList();
    }

    private static @Nullable Origin origin(@Nullable Source source, Locale locale) {
        return source == null
                ? null
                : new Origin(
                        source.title().in(locale), source.article(), source.from(), source.to(), source.confirmed());
    }
}
