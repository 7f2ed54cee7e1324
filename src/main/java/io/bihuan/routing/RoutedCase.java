package io.bihuan.routing;

import io.bihuan.complaint.Complaint;
import io.bihuan.identity.Profile;
import io.bihuan.pack.Category;
import io.bihuan.pack.Pack;
import io.bihuan.privacy.Personal;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Set;

/**
 * What a case asks of whoever works on it.
 *
 * @param path codes of its category and those above it, from the top
 * @param answers what was answered to the form: product lines are among them
 * @param text what the customer said
 * @param language in which he said it
 */
record RoutedCase(List<String> path, Set<String> answers, String text, String language) {
    private static final int ENOUGH_LETTERS = 20;

    RoutedCase {
        path = List.copyOf(path);
        answers = Set.copyOf(answers);
    }

    static RoutedCase of(Complaint complaint, Pack pack) {
        String category = complaint.category();
        var answers = complaint.facts(pack).answers();
        String text = Personal.text(complaint.title()) + "\n" + Personal.text(complaint.content());
        return new RoutedCase(
                category == null
                        ? List.of()
                        : pack.categories().path(category).stream()
                                .map(Category::code)
                                .toList(),
                Set.copyOf(answers.values()),
                text + "\n" + String.join("\n", answers.values()),
                language(text));
    }

    /** By the script it is written in; Latin letters are English when there are some and no Han characters. */
    static String language(String text) {
        int latin = 0;
        int han = 0;
        for (int at = 0; at < text.length(); ) {
            int letter = text.codePointAt(at);
            at += Character.charCount(letter);
            UnicodeScript script = UnicodeScript.of(letter);
            if (script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA) {
                return "ja";
            }
            if (script == UnicodeScript.HANGUL) {
                return "ko";
            }
            if (script == UnicodeScript.CYRILLIC) {
                return "ru";
            }
            han += script == UnicodeScript.HAN ? 1 : 0;
            latin += script == UnicodeScript.LATIN ? 1 : 0;
        }
        return han == 0 && latin >= ENOUGH_LETTERS ? "en" : Profile.CHINESE;
    }
}
