package io.bihuan.imports;

import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** Proposes what the columns of a table mean, by their names and by what stands in the first rows. */
final class HeaderWords {
    private static final String PRODUCT = Target.PRODUCT.name() + ".";
    private static final int WHOLE_NAME = 1_000_000;

    /** A word and what a column with that name means. */
    private record Word(
            String word, Target target, @Nullable String field) {
        boolean isChinese() {
            return word.codePoints().allMatch(Character::isIdeographic);
        }

        /** How much the name of a column speaks for this word; 0 for nothing. */
        int fits(String name) {
            if (name.equals(word)) {
                return WHOLE_NAME;
            }
            // The last word of a Chinese name says what it is, and the longest says it best.
            int at = isChinese() ? name.lastIndexOf(word) : -1;
            return at < 0 ? 0 : (at + word.length()) * 100 + word.length();
        }
    }

    /** One column's best meaning. */
    private record Guess(int column, Word word, int weight, int filled, boolean isDistinct) {
        String key() {
            return word.target() + ":" + word.field();
        }

        /** A column in which something stands; numbers that differ; the better name; the first. */
        boolean isBetterThan(@Nullable Guess other) {
            if (other == null) {
                return true;
            }
            if ((filled == 0) != (other.filled == 0)) {
                return filled > 0;
            }
            if (word.target() == Target.EXTERNAL_NUMBER && isDistinct != other.isDistinct) {
                return isDistinct;
            }
            return weight != other.weight ? weight > other.weight : column < other.column;
        }
    }

    private static final Map<Kind, List<Word>> WORDS = read();

    private HeaderWords() {}

    /** A meaning for each column; no meaning but a shared one is given twice. */
    static List<ImportColumn> propose(Kind kind, List<String> header, List<Table.Row> sample, Pack pack) {
        List<Word> words = words(kind, pack);
        var best = new HashMap<String, Guess>();
        for (int i = 0; i < header.size(); i++) {
            Guess guess = guess(i, header.get(i), sample, words);
            if (guess != null && guess.isBetterThan(best.get(guess.key()))) {
                best.put(guess.key(), guess);
            }
        }
        var columns = new ArrayList<ImportColumn>();
        for (String name : header) {
            columns.add(ImportColumn.of(name, Target.IGNORED));
        }
        for (Guess guess : best.values()) {
            String name = header.get(guess.column());
            String field = guess.word().field();
            columns.set(
                    guess.column(),
                    field == null ? ImportColumn.of(name, guess.word().target()) : ImportColumn.product(name, field));
        }
        return List.copyOf(columns);
    }

    private static @Nullable Guess guess(int column, String header, List<Table.Row> sample, List<Word> words) {
        String name = plain(header);
        Word found = null;
        int weight = 0;
        for (Word word : words) {
            int fits = word.fits(name);
            if (fits > weight) {
                weight = fits;
                found = word;
            }
        }
        if (found == null) {
            return null;
        }
        var different = new HashSet<String>();
        int filled = 0;
        for (Table.Row row : sample) {
            String cell = row.cell(column);
            if (!cell.isEmpty()) {
                filled++;
                different.add(cell);
            }
        }
        boolean isDistinct = filled == sample.size() && different.size() == filled;
        return new Guess(column, found, weight, sample.isEmpty() ? 1 : filled, isDistinct);
    }

    private static List<Word> words(Kind kind, Pack pack) {
        var words = new ArrayList<Word>();
        if (kind == Kind.COMPLAINTS || kind == Kind.REGULATOR_CASES) {
            for (FormField field : pack.form().all()) {
                words.add(new Word(plain(field.key()), Target.PRODUCT, field.key()));
                words.add(new Word(plain(field.label().zh()), Target.PRODUCT, field.key()));
                words.add(new Word(plain(field.label().en()), Target.PRODUCT, field.key()));
            }
        }
        for (Word word : WORDS.getOrDefault(kind, List.of())) {
            String field = word.field();
            if (field == null || pack.form().find(field).isPresent()) {
                words.add(word);
            }
        }
        return words;
    }

    private static String plain(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    private static Map<Kind, List<Word>> read() {
        var words = new EnumMap<Kind, List<Word>>(Kind.class);
        for (Kind kind : Kind.values()) {
            words.put(kind, read("imports/words-" + kind.name().toLowerCase(Locale.ROOT) + ".properties"));
        }
        return words;
    }

    private static List<Word> read(String file) {
        var properties = new Properties();
        try (var in = new InputStreamReader(new ClassPathResource(file).getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var words = new ArrayList<Word>();
        for (Map.Entry<Object, Object> entry : properties.entrySet()) {
            String key = entry.getKey().toString();
            boolean isProduct = key.startsWith(PRODUCT);
            Target target = isProduct ? Target.PRODUCT : Target.valueOf(key);
            String field = isProduct ? key.substring(PRODUCT.length()) : null;
            for (String word : entry.getValue().toString().split(",", -1)) {
                words.add(new Word(plain(word), target, field));
            }
        }
        return List.copyOf(words);
    }
}
