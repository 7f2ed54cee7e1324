package io.bihuan.portal.web;

import io.bihuan.pack.Kind;
import io.bihuan.portal.FormToken;
import java.util.Arrays;
import java.util.List;

/**
 * What a customer writes, as it was typed; a field that is missing is empty.
 *
 * @param form the token of this form
 * @param kind a {@link Kind}; anything else is a complaint
 * @param suggested the category that was taken from the suggestions; one that is chosen from the list comes before it
 * @param occurredOn a date as 2026-11-22
 */
public record FilingForm(
        String form,
        String line,
        String kind,
        String category,
        String suggested,
        String title,
        String content,
        String occurredOn,
        String remedy,
        String name,
        String phone,
        String email) {
    static final int SHORTEST_CONTENT = 5;
    static final int LONGEST_CONTENT = 5_000;

    public FilingForm {
        form = Typed.line(form);
        line = Typed.line(line);
        kind = read(Typed.line(kind)).name();
        suggested = Typed.line(suggested);
        category = Typed.line(category);
        if (category.isEmpty()) {
            category = suggested;
        }
        title = Typed.line(title);
        content = Typed.text(content);
        occurredOn = Typed.line(occurredOn);
        remedy = Typed.line(remedy);
        name = Typed.line(name);
        phone = Typed.line(phone);
        email = Typed.line(email);
    }

    static FilingForm empty(String line, String category) {
        return new FilingForm(
                FormToken.next().toString(), line, Kind.COMPLAINT.name(), category, "", "", "", "", "", "", "", "");
    }

    FilingForm with(FormToken token, String chosenLine) {
        return new FilingForm(
                token.toString(),
                chosenLine,
                kind,
                category,
                suggested,
                title,
                content,
                occurredOn,
                remedy,
                name,
                phone,
                email);
    }

    private static Kind read(String code) {
        return Arrays.stream(Kind.values())
                .filter(each -> each.name().equals(code))
                .findFirst()
                .orElse(Kind.COMPLAINT);
    }

    Kind chosenKind() {
        return read(kind);
    }

    /** All that was written, to tell a form that was sent again from one that was changed. */
    String written() {
        return String.join(
                "\u001f", List.of(line, kind, category, title, content, occurredOn, remedy, name, phone, email));
    }
}
