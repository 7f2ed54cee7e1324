package io.bihuan.intake;

import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.intake.InvalidSubmission.Problem;
import io.bihuan.pack.FieldError;
import io.bihuan.pack.FormSetting;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Remedies.Remedy;
import io.bihuan.privacy.Personal;
import io.bihuan.web.StorableText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one submission and notes everything that is wrong with them. */
final class SubmissionCheck {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+");
    /** Where the identity cards are handed out: their day of birth is a day there. */
    private static final ZoneId HOME = ZoneId.of("Asia/Shanghai");

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    /** Clocks of others go wrong by minutes, and an event "today" is told as the end of the day. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final int MOST_PROBLEMS = 50;
    private static final int MOST_ANSWERS = 100;
    private static final int LONGEST_POINTER = 100;
    private static final String REQUIRED = "pack.field.required";
    private static final String MISSING = "intake.field.missing";
    private static final String TOO_LONG = "intake.field.too-long";

    private final Submission submission;
    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();

    SubmissionCheck(Submission submission, Instant now) {
        this.submission = submission;
        this.now = now;
    }

    /** Throws when anything was wrong so far. */
    void finish() {
        if (!problems.isEmpty()) {
            throw new InvalidSubmission(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
        }
    }

    Pack pack(Packs packs) {
        if (!packs.businessLines().contains(submission.businessLine())) {
            wrong("/businessLine", "intake.field.business-line", String.join(", ", packs.businessLines()));
            finish();
        }
        return packs.of(submission.businessLine());
    }

    Personal content() {
        String content = submission.content();
        if (!StorableText.saysSomething(content)) {
            wrong("/content", MISSING);
        }
        return Personal.of(text("/content", content, Submission.LONGEST_CONTENT));
    }

    @Nullable
    Personal title() {
        return optional("/title", submission.title(), Submission.LONGEST_TITLE);
    }

    @Nullable
    Personal customerName() {
        return contact("/customer/name", submission.customerName(), Submission.LONGEST_NAME);
    }

    /** In E.164 form where it can be read; as it was typed where nobody can correct it any more. */
    @Nullable
    Personal customerPhone() {
        Personal typed = contact("/customer/phone", submission.customerPhone(), Submission.LONGEST_PHONE);
        if (typed == null) {
            return null;
        }
        Optional<String> read = PhoneNumbers.read(Personal.text(typed));
        if (read.isEmpty() && submission.door().needsContact() && isFine("/customer/phone")) {
            wrong("/customer/phone", "intake.field.phone");
        }
        return read.map(Personal::of).orElse(typed);
    }

    @Nullable
    Personal customerEmail() {
        Personal email = optional("/customer/email", submission.customerEmail(), Submission.LONGEST_EMAIL);
        if (email != null
                && submission.door().needsContact()
                && isFine("/customer/email")
                && !EMAIL.matcher(Personal.text(email)).matches()) {
            wrong("/customer/email", "intake.field.email");
        }
        return email;
    }

    @Nullable
    String category(Pack pack) {
        String code = submission.category();
        if (code == null || code.isBlank()) {
            return null;
        }
        if (pack.categories().find(code).isEmpty()) {
            wrong("/category", "intake.field.category");
        }
        return code;
    }

    @Nullable
    String remedySought(Pack pack) {
        String asked = submission.remedySought();
        if (asked == null || asked.isBlank()) {
            return null;
        }
        List<Remedy> remedies = pack.remedies().all();
        Optional<String> code = remedies.stream()
                .filter(remedy -> asked.equalsIgnoreCase(remedy.code())
                        || asked.equals(remedy.label().zh())
                        || asked.equalsIgnoreCase(remedy.label().en()))
                .map(Remedy::code)
                .findFirst();
        if (code.isEmpty()) {
            String codes = String.join(", ", remedies.stream().map(Remedy::code).toList());
            wrong("/remedySought", "intake.field.remedy", codes);
        }
        return code.orElse(null);
    }

    /** @param category what was chosen; null for none */
    Map<String, Personal> product(Pack pack, Kind kind, @Nullable String category) {
        Map<String, String> answers = submission.product();
        if (answers.size() > MOST_ANSWERS) {
            wrong("/product", "intake.field.too-many", MOST_ANSWERS);
            return Map.of();
        }
        for (FieldError error : pack.form().validate(answers, setting(pack, kind, category))) {
            if (submission.door().needsAnswers() || !error.messageKey().equals(REQUIRED)) {
                wrong(
                        "/product/" + escaped(error.key()),
                        error.messageKey(),
                        error.arguments().toArray());
            }
        }
        var product = new LinkedHashMap<String, Personal>();
        answers.forEach((key, value) -> {
            if (StorableText.saysSomething(value)) {
                product.put(
                        key,
                        Personal.of(pack.form()
                                .find(key)
                                .map(field -> field.normal(value))
                                .orElse(value)));
            }
        });
        return product;
    }

    private FormSetting setting(Pack pack, Kind kind, @Nullable String category) {
        return FormSetting.of(pack, kind, submission.channel().name(), category, LocalDate.ofInstant(now, HOME));
    }

    @Nullable
    String externalNumber() {
        Personal number = optional("/externalNumber", submission.externalNumber(), Submission.LONGEST_EXTERNAL_NUMBER);
        if (number != null && submission.origin() == null) {
            throw new IllegalArgumentException("an external number needs an origin: it is unique within it");
        }
        return Personal.valueOf(number);
    }

    @Nullable
    Instant occurredAt() {
        return time("/occurredAt", submission.occurredAt());
    }

    Instant receivedAt() {
        Instant received = time("/receivedAt", submission.receivedAt());
        return received == null ? now : received;
    }

    int customersAffected() {
        if (submission.customersAffected() < 1) {
            wrong("/customersAffected", "intake.field.too-small", 1);
        }
        return submission.customersAffected();
    }

    void attachments() {
        int most = submission.door() == Submission.Door.MESSAGE
                ? Submission.MOST_IN_A_MESSAGE
                : Submission.MOST_ATTACHMENTS;
        if (submission.attachments().size() > most) {
            wrong("/attachments", "intake.field.too-many", most);
        }
    }

    private @Nullable Instant time(String pointer, @Nullable Instant at) {
        if (at != null && at.isBefore(EARLIEST)) {
            wrong(pointer, "intake.field.too-early");
        }
        if (at != null && at.isAfter(now.plus(AHEAD))) {
            wrong(pointer, "intake.field.future");
        }
        return at;
    }

    private @Nullable Personal contact(String pointer, @Nullable String value, int longest) {
        if (submission.door().needsContact() && !StorableText.saysSomething(value)) {
            wrong(pointer, MISSING);
        }
        return optional(pointer, value, longest);
    }

    private @Nullable Personal optional(String pointer, @Nullable String value, int longest) {
        return value != null && StorableText.saysSomething(value) ? Personal.of(text(pointer, value, longest)) : null;
    }

    private String text(String pointer, String value, int longest) {
        if (!StorableText.is(value)) {
            wrong(pointer, "web.field.unstorable");
        } else if (value.codePointCount(0, value.length()) > longest) {
            wrong(pointer, TOO_LONG, longest);
        }
        return value;
    }

    private boolean isFine(String pointer) {
        return problems.stream().noneMatch(problem -> problem.pointer().equals(pointer));
    }

    private void wrong(String pointer, String messageKey, Object... arguments) {
        problems.add(new Problem(pointer, messageKey, List.of(arguments)));
    }

    /** A key of a JSON pointer (RFC 6901); cut, since it may be as long as the request. */
    private static String escaped(String key) {
        String start = key.length() <= LONGEST_POINTER
                ? key
                : key.substring(
                        0, key.offsetByCodePoints(0, Math.min(LONGEST_POINTER, key.codePointCount(0, key.length()))));
        return start.replace("~", "~0").replace("/", "~1");
    }
}
