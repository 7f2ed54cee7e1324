package io.bihuan.regulator;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;

/** Who sends cases. None of them has a public interface for companies: cases come as forms and tables. */
public enum Authority {
    /** The national platform of the market regulators. */
    PLATFORM_12315,
    /** Its online settlement between company and consumer (ODR). */
    ODR_12315,
    /** The government hotline. */
    HOTLINE_12345,
    /** The hotline of the financial regulator. */
    HOTLINE_12378,
    CONSUMER_ASSOCIATION,
    OTHER;

    /** What its name contains, in tables and titles of others. */
    private static final Map<Authority, List<String>> WORDS = words();

    /** Whom a name means; empty when it is none that is known. */
    public static Optional<Authority> named(String name) {
        String plain = plain(name);
        // The online settlement is a part of the platform and is called after it.
        return Stream.concat(Stream.of(ODR_12315), Arrays.stream(values()))
                .filter(each -> WORDS.getOrDefault(each, List.of()).stream().anyMatch(plain::contains))
                .findFirst();
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("[^\\p{L}\\p{N}]", "")
                .toLowerCase(Locale.ROOT);
    }

    private static Map<Authority, List<String>> words() {
        var properties = new Properties();
        try (var in = new InputStreamReader(
                new ClassPathResource("regulator/authorities.properties").getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var words = new EnumMap<Authority, List<String>>(Authority.class);
        properties.forEach((authority, all) -> words.put(
                valueOf(authority.toString()),
                Arrays.stream(all.toString().split(",", -1))
                        .map(Authority::plain)
                        .toList()));
        return words;
    }

    /** The origin of its cases: their numbers are unique in it. */
    public String origin() {
        return "regulator:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
