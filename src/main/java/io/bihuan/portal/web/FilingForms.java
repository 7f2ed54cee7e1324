package io.bihuan.portal.web;

import io.bihuan.pack.Category;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Label;
import io.bihuan.pack.Pack;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the complaint form of a business line out of its pack. */
@Component
class FilingForms {
    static final String PRODUCT = "product.";
    static final String FILES = "files";

    private final BusinessLines lines;

    FilingForms(BusinessLines lines) {
        this.lines = lines;
    }

    FilingPage page(FilingForm form, Map<String, String> product, FilesPart files, FieldErrors errors, Texts t) {
        Pack pack = lines.pack(form.line());
        return new FilingPage(
                form,
                lines.areSeveral() ? pack.name().in(t.locale()) : null,
                categories(pack, t),
                questions(pack, product, FormField::required, t),
                questions(pack, product, field -> !field.required(), t),
                pack.remedies().all().stream()
                        .map(each -> new Option(each.code(), each.label().in(t.locale())))
                        .toList(),
                files,
                errors,
                problems(pack, errors, files, t));
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

    private static List<FilingPage.Question> questions(
            Pack pack, Map<String, String> product, Predicate<FormField> which, Texts t) {
        return pack.form().all().stream()
                .filter(which)
                .map(field -> new FilingPage.Question(
                        PRODUCT + field.key(),
                        field.label().in(t.locale()),
                        type(field),
                        field.type() == FormField.Type.NUMBER ? "decimal" : null,
                        words(field.hint(), t),
                        field.maxLength(),
                        field.required(),
                        field.options().stream()
                                .map(option ->
                                        new Option(option.code(), option.label().in(t.locale())))
                                .toList(),
                        product.getOrDefault(field.key(), "")))
                .toList();
    }

    private static String type(FormField field) {
        return switch (field.type()) {
            case TEXT, NUMBER, SERIAL -> "text";
            case DATE -> "date";
            case PHONE -> "tel";
            case CHOICE -> "choice";
        };
    }

    private static @Nullable String words(@Nullable Label label, Texts t) {
        return label == null ? null : label.in(t.locale());
    }

    /** The summary names the field of each error: three times "please fill this in" would help nobody. */
    private static List<FilingPage.Problem> problems(Pack pack, FieldErrors errors, FilesPart files, Texts t) {
        var problems = new ArrayList<FilingPage.Problem>();
        errors.all().forEach((field, text) -> problems.add(
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
