package io.bihuan.complaint;

import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.pack.FieldError;
import io.bihuan.pack.FormField;
import io.bihuan.pack.FormSetting;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.privacy.Mask;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Texts;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers to the questions about the product or order, as others than the customer may read them. */
public final class ProductAnswers {
    private static final ZoneId HOME = ZoneId.of("Asia/Shanghai");

    private final Pack pack;
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final LocalDate answeredOn;

    private ProductAnswers(Complaint complaint, Pack pack) {
        this.pack = pack;
        this.answeredOn = LocalDate.ofInstant(complaint.receivedAt(), HOME);
        complaint.product().forEach((key, value) -> answers.put(key, Personal.text(value)));
    }

    public static ProductAnswers of(Complaint complaint, Pack pack) {
        return new ProductAnswers(complaint, pack);
    }

    /**
     * One answer in the words of a reader.
     *
     * @param isMasked whether something of it is not shown
     * @param doubt what should be asked of the customer; null when nothing should
     */
    public record Line(
            String key,
            String label,
            String text,
            boolean isMasked,
            @Nullable String doubt) {}

    /** The answers in the order of the form; what it does not ask any more stands behind. */
    public List<Line> lines(boolean revealed, Texts t) {
        var lines = new ArrayList<Line>();
        pack.form().all().stream()
                .filter(field -> answers.containsKey(field.key()))
                .forEach(field -> lines.add(line(field, answers.getOrDefault(field.key(), ""), revealed, t)));
        answers.forEach((key, value) -> {
            if (pack.form().find(key).isEmpty()) {
                lines.add(new Line(key, key, revealed ? value : Mask.HIDDEN.of(value), !revealed, null));
            }
        });
        return lines;
    }

    /** The answers by key as they are stored, but masked. */
    public Map<String, String> masked() {
        var masked = new LinkedHashMap<String, String>();
        answers.forEach((key, value) -> masked.put(key, mask(key).of(value)));
        return masked;
    }

    /** The keys of the answers that are shown masked. */
    public List<String> maskedKeys() {
        return answers.keySet().stream().filter(key -> mask(key) != Mask.NONE).toList();
    }

    /** What is doubtful: a message key and its arguments, by the key of the answer. */
    public List<FieldError> warnings() {
        return pack.form().warnings(answers, setting());
    }

    private FormSetting setting() {
        return new FormSetting(Kind.COMPLAINT, null, Set.of(), answeredOn);
    }

    /** An answer that no question explains may be anything. */
    private Mask mask(String key) {
        return pack.form().find(key).map(FormField::maskedAs).orElse(Mask.HIDDEN);
    }

    private Line line(FormField field, String value, boolean revealed, Texts t) {
        boolean isMasked = !revealed && field.maskedAs() != Mask.NONE;
        return new Line(
                field.key(),
                field.label().in(t.locale()),
                isMasked ? field.maskedAs().of(value) : readable(field, value, t),
                isMasked,
                field.warning(value, answeredOn)
                        .map(doubt -> t.of(doubt.messageKey(), doubt.arguments().toArray()))
                        .orElse(null));
    }

    private static String readable(FormField field, String value, Texts t) {
        return switch (field.type()) {
            case CHOICE ->
                field.option(value)
                        .map(FormField.Option::label)
                        .map(label -> words(label, t))
                        .orElse(value);
            case FLAG ->
                Optional.of("pack.flag." + value).filter(t::has).map(t::of).orElse(value);
            case MONEY -> t.of("pack.money", value);
            case PHONE -> PhoneNumbers.readable(value);
            case BANK_CARD -> value.replaceAll("(.{4})(?!$)", "$1 ");
            case TEXT, DATE, NUMBER, SERIAL, VIN, PLATE, CREDIT_CODE, ID_CARD, EMAIL -> value;
        };
    }

    private static String words(Label label, Texts t) {
        return label.in(t.locale());
    }
}
