package io.bihuan.pack;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** What is written at a place of a pack's file, without any meaning yet. It knows its place, so that packs can be merged. */
sealed interface Written {
    Resolver RESOLVER = new Resolver();

    /** What begins with a letter and is no text in YAML. */
    Set<String> WORDS = Set.of("yes", "no", "true", "false", "on", "off", "null");

    int LONGEST_WORD = 5;

    Position position();

    /**
     * One value.
     *
     * @param plain without quotes
     * @param doubled in single quotes, where a quote of the text is written twice
     * @param oneLine begins and ends in one line
     */
    record Scalar(Position position, String value, boolean plain, boolean doubled, boolean oneLine) implements Written {
        /** What YAML takes it for. */
        Tag tag() {
            return plain && !isSurelyText() ? RESOLVER.resolve(NodeId.scalar, value, true) : Tag.STR;
        }

        /** Most of a pack: asking YAML's own rules each time costs as much as all the rest of reading. */
        private boolean isSurelyText() {
            if (value.isEmpty() || !Character.isLetter(value.charAt(0))) {
                return false;
            }
            return value.length() > LONGEST_WORD || !WORDS.contains(value.toLowerCase(Locale.ROOT));
        }
    }

    record Items(Position position, List<Written> all) implements Written {}

    record Keys(Position position, List<Pair> all) implements Written {
        /** The first value under the key. */
        @Nullable
        Written get(String key) {
            for (var pair : all) {
                if (pair.key() instanceof Scalar scalar && scalar.value().equals(key)) {
                    return pair.value();
                }
            }
            return null;
        }
    }

    record Pair(Written key, Written value) {}

    /** By what an item of a list is known: its {@code code}, {@code name} or {@code key}; null when it has none. */
    static @Nullable String identity(Written item) {
        if (item instanceof Keys keys) {
            for (var key : List.of("code", "name", "key")) {
                if (keys.get(key) instanceof Scalar scalar) {
                    return scalar.value();
                }
            }
        }
        return null;
    }
}
