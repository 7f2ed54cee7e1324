package io.bihuan.standard;

import io.bihuan.pack.Category;
import io.bihuan.pack.Label;
import io.bihuan.pack.PackNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The letters of a pack. */
public record Letters(List<Letter> all) {
    /** Six parts of a text message with Han characters: more is no message any more. */
    static final int LONGEST_SMS = 500;

    private static final List<String> LANGUAGES = List.of("zh", "en");

    public Letters {
        all = List.copyOf(all);
    }

    static Letters read(PackNode node) {
        return new Letters(node.children().stream().map(Letters::letter).toList());
    }

    public Optional<Letter> find(String name) {
        return all.stream().filter(letter -> letter.name().equals(name)).findFirst();
    }

    /** Those for a category, by purpose: of each purpose and channel the most specific ones. */
    public List<Letter> forCategory(List<Category> path) {
        return Arrays.stream(Letter.Purpose.values())
                .flatMap(purpose -> Arrays.stream(Letter.Way.values()).flatMap(way -> {
                    Predicate<Letter> alike = letter -> letter.purpose() == purpose && letter.channel() == way;
                    return Applies.best(all.stream().filter(alike).toList(), Letter::applies, path).stream();
                }))
                .toList();
    }

    private static Letter letter(PackNode node) {
        String name = node.define("letter", "name");
        Letter.Purpose purpose = node.oneOf("purpose", Letter.Purpose.class);
        Letter.Way channel = node.oneOf("channel", Letter.Way.class);
        Label subject = null;
        if (channel.hasSubject()) {
            subject = filled(node, "subject");
        } else if (node.has("subject")) {
            node.problemAt("subject", "standard.problem.noSubject");
        }
        Label text = filled(node, "text");
        if (channel == Letter.Way.SMS) {
            checkLength(node.child("text"));
        }
        return new Letter(name, purpose, channel, Applies.read(node), subject, text);
    }

    private static Label filled(PackNode node, String key) {
        Label label = node.label(key);
        for (String language : LANGUAGES) {
            node.optionalChild(key)
                    .flatMap(text -> text.optionalChild(language))
                    .ifPresent(Letters::checkPlaces);
        }
        return label;
    }

    private static void checkPlaces(PackNode text) {
        if (text.isMapping()) {
            return;
        }
        String written = text.scalar();
        var places = Letter.PLACE.matcher(written);
        while (places.find()) {
            if (Placeholder.of(places.group(1)).isEmpty()) {
                text.unknown("placeholder", places.group(1), Placeholder.words());
            }
        }
        String rest = places.replaceAll("");
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            text.problem("standard.problem.brace");
        }
    }

    private static void checkLength(PackNode text) {
        for (String language : LANGUAGES) {
            text.optionalChild(language).ifPresent(written -> {
                int length = written.isMapping() ? 0 : written.scalar().strip().length();
                if (length > LONGEST_SMS) {
                    written.problem("standard.problem.longSms", length, LONGEST_SMS);
                }
            });
        }
    }
}
