package io.bihuan.portal.web;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.Question;
import io.bihuan.intake.Questions;
import io.bihuan.pack.Category;
import io.bihuan.pack.FormSetting;
import io.bihuan.pack.Pack;
import io.bihuan.triage.Triage;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Makes the complaint form of a business line out of its pack. */
@Component
class FilingForms {
    static final String PRODUCT = "product.";
    static final String FILES = "files";

    private static final int SUGGESTIONS = 3;

    private final BusinessLines lines;
    private final Triage triage;
    private final InstantSource time;

    FilingForms(BusinessLines lines, Triage triage, InstantSource time) {
        this.lines = lines;
        this.triage = triage;
        this.time = time;
    }

    FilingPage page(FilingForm form, Map<String, String> product, FilesPart files, FieldErrors errors, Texts t) {
        Pack pack = lines.pack(form.line());
        List<Question> questions = asked(form, product, t).all(FilingForms::name, FilingForms::name);
        return new FilingPage(
                form,
                lines.areSeveral() ? lines.name(form.line(), t) : null,
                categories(pack, t),
                questions.stream().filter(asked -> isNeeded(pack, asked)).toList(),
                questions.stream().filter(asked -> !isNeeded(pack, asked)).toList(),
                pack.form().watched(),
                form.category().isEmpty() ? suggestions(pack, form, t) : List.of(),
                pack.remedies().all().stream()
                        .map(each -> new Option(each.code(), each.label().in(t.locale())))
                        .toList(),
                files,
                errors,
                problems(pack, errors, files, t),
                FilingPage.Door.OWN);
    }

    /** The questions of the pack after the answers given so far. */
    Questions asked(FilingForm form, Map<String, String> product, Texts t) {
        Pack pack = lines.pack(form.line());
        return new Questions(
                pack,
                FormSetting.of(
                        pack,
                        form.chosenKind(),
                        Channel.WEB.name(),
                        form.category().isEmpty() ? null : form.category(),
                        LocalDate.ofInstant(time.instant(), t.zone())),
                product,
                t);
    }

    /** What the text may be about. */
    List<FilingPage.Suggested> suggestions(Pack pack, FilingForm form, Texts t) {
        return triage.suggest(pack, form.title() + "\n" + form.content()).stream()
                .limit(SUGGESTIONS)
                .map(guessed -> new FilingPage.Suggested(
                        guessed.category().code(),
                        guessed.category().label().in(t.locale()),
                        String.join(t.of("portal.filing.suggestion.join"), guessed.words())))
                .toList();
    }

    private static String name(String key) {
        return PRODUCT + key;
    }

    private static boolean isNeeded(Pack pack, Question asked) {
        return isNeeded(pack, asked.name().substring(PRODUCT.length()));
    }

    /** What may have to be answered stands where it is seen, but not before the question that it depends on. */
    private static boolean isNeeded(Pack pack, String key) {
        return pack.form()
                .find(key)
                .filter(field -> field.required() || field.requiredWhen() != null)
                .filter(field -> field.visibleWhen() == null
                        || field.visibleWhen().fields().stream()
                                .filter(each -> pack.form().find(each).isPresent())
                                .allMatch(each -> isNeeded(pack, each)))
                .isPresent();
    }

    /** The field of the form that a pointer into a submission means. */
    static String field(String pointer) {
        return switch (pointer) {
            case "/customer/name" -> "name";
            case "/customer/phone" -> "phone";
            case "/customer/email" -> "email";
            case "/remedySought" -> "remedy";
            case "/occurredAt" -> "occurredOn";
            case "/attachments" -> FILES;
            default ->
                pointer.startsWith("/product/")
                        ? PRODUCT + pointer.substring("/product/".length())
                        : pointer.substring(1);
        };
    }

    private static List<FilingPage.Group> categories(Pack pack, Texts t) {
        var groups = new ArrayList<FilingPage.Group>();
        for (Category top : pack.categories().tops()) {
            if (top.isLeaf()) {
                groups.add(new FilingPage.Group(null, List.of(option(top, "", t))));
            } else {
                var options = new ArrayList<Option>();
                top.children().forEach(child -> leaves(child, "", options, t));
                groups.add(new FilingPage.Group(top.label().in(t.locale()), options));
            }
        }
        return groups;
    }

    private static void leaves(Category category, String above, List<Option> options, Texts t) {
        if (category.isLeaf()) {
            options.add(option(category, above, t));
        } else {
            String path = above + category.label().in(t.locale()) + " / ";
            category.children().forEach(child -> leaves(child, path, options, t));
        }
    }

    private static Option option(Category category, String above, Texts t) {
        return new Option(category.code(), above + category.label().in(t.locale()));
    }

    /** The summary names the field of each error: three times "please fill this in" would help nobody. */
    private static List<FilingPage.Problem> problems(Pack pack, FieldErrors errors, FilesPart files, Texts t) {
        var problems = new ArrayList<FilingPage.Problem>();
        errors.all()
                .forEach((field, text) -> problems.add(
                        field.isEmpty()
                                ? new FilingPage.Problem(null, text)
                                : new FilingPage.Problem(field, t.of("portal.problem", label(pack, field, t), text))));
        files.errors().forEach(text -> problems.add(new FilingPage.Problem(FILES, text)));
        return problems;
    }

    private static String label(Pack pack, String field, Texts t) {
        if (field.startsWith(PRODUCT)) {
            return pack.form()
                    .find(field.substring(PRODUCT.length()))
                    .map(each -> each.label().in(t.locale()))
                    .orElse(field);
        }
        String key = "portal.filing." + field;
        return t.has(key) ? t.of(key) : field;
    }
}
