package io.bihuan.platform.search;

import static io.bihuan.platform.search.Samples.document;
import static io.bihuan.platform.search.Samples.shown;
import static io.bihuan.platform.search.Samples.walk;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Searches against an oracle that reads texts with other means: regular expressions and {@code String.contains}. */
class WindowProperties {
    private static final Map<String, String> SIMPLIFIED =
            Map.of("調", "调", "維", "维", "費", "费", "過", "过", "貨", "货", "賠", "赔", "電", "电", "機", "机");
    private static final String SIGN = "[\\p{IsHan}a-z0-9😡]";
    private static final String NO_SIGN = "[^\\p{IsHan}a-z0-9😡]+";

    // few signs, so that windows of one text often stand in others too, nearly or exactly
    private static final List<String> HAN = signs("空调不制冷维修费过高货赔电机𠮷");
    private static final List<String> MIXED =
            signs("空調维費过電机機𠮷" + "aabBcK" + "ＡｂＫ" + "011２３5" + "，。-、（）/ " + "\u3000\n" + "😡");

    @Property(tries = 15)
    void everyWindowOfHanIsFoundAndNothingElse(@ForAll long seed) {
        verify(seed, HAN);
    }

    @Property(tries = 15)
    void everyWindowOfMixedTextIsFoundAndNothingElse(@ForAll long seed) {
        verify(seed, MIXED);
    }

    private static void verify(long seed, List<String> signs) {
        var random = new Random(seed);
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            texts.put("d" + i, text(random, signs, 2 + random.nextInt(60)));
        }
        Map<String, String> read =
                texts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> read(entry.getValue())));
        withIndex(index -> {
            feed(index, texts, random);
            for (int i = 0; i < 150; i++) {
                String id = "d" + random.nextInt(texts.size());
                String window = window(random, texts.getOrDefault(id, ""));
                var expected = new TreeSet<>(read.entrySet().stream()
                        .filter(entry -> holds(entry.getValue(), window))
                        .map(Map.Entry::getKey)
                        .toList());
                assertThat(expected).as("oracle for «%s»", window).contains(id);
                assertThat(new TreeSet<>(walk(index, window, 9)))
                        .as("window «%s» of «%s»", window, texts.get(id))
                        .isEqualTo(expected);
            }
        });
    }

    private static void feed(SearchIndex index, Map<String, String> texts, Random random) {
        for (var entry : new TreeMap<>(texts).entrySet()) {
            index.update(document(entry.getKey(), random.nextInt(20), entry.getValue()));
            if (random.nextInt(20) == 0) {
                index.commit(Map.of());
            }
        }
        texts.keySet().forEach(id -> shown(index, id));
    }

    private static void withIndex(Consumer<SearchIndex> use) {
        try {
            Path folder = Files.createTempDirectory("search");
            try (var index = SearchIndex.open(folder, "windows")) {
                use.accept(index);
            }
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(String read, String window) {
        return Arrays.stream(window.split("[\\s\u3000]+", -1))
                .map(WindowProperties::read)
                .allMatch(read::contains);
    }

    private static String read(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        for (var form : SIMPLIFIED.entrySet()) {
            plain = plain.replace(form.getKey(), form.getValue());
        }
        return plain.replaceAll("(?<=[a-z])" + NO_SIGN + "(?=[a-z])", "|")
                .replaceAll("(?<=[0-9])" + NO_SIGN + "(?=[0-9])", "|")
                .replaceAll("(?!\\|)" + NO_SIGN + "(?=" + SIGN + "|$)", "");
    }

    private static String window(Random random, String text) {
        int[] codePoints = text.codePoints().toArray();
        int length = Math.min(codePoints.length, 2 + random.nextInt(5));
        int from = random.nextInt(codePoints.length - length + 1);
        return new String(codePoints, from, length);
    }

    private static String text(Random random, List<String> signs, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> signs.get(random.nextInt(signs.size())))
                .collect(Collectors.joining());
    }

    private static List<String> signs(String text) {
        var signs = new ArrayList<String>();
        text.codePoints().forEach(each -> signs.add(Character.toString(each)));
        return signs;
    }
}
