package io.bihuan.web;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.support.AbstractMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Every text a person sees, of all modules: {@code messages/<module>_{zh_CN,en}.properties}, read once. */
@Component("messageSource")
public class Bundles extends AbstractMessageSource {
    private static final Logger log = LoggerFactory.getLogger(Bundles.class);

    private final Map<Locale, Map<String, String>> texts;
    private final Supplier<InstantSource> time;
    private final ZoneId zone;
    private final boolean strict;

    // The context asks for its message source before anything else: the time must not drag the database with it.
    @Autowired
    Bundles(
            ObjectProvider<InstantSource> time,
            @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone,
            @Value("${bihuan.strict-texts:false}") boolean strict) {
        this((Supplier<InstantSource>) time::getObject, zone, strict);
    }

    /** @param strict a missing text is an error (tests) instead of its key on the page and a line in the log */
    public Bundles(Supplier<InstantSource> time, ZoneId zone, boolean strict) {
        this.time = time;
        this.zone = zone;
        this.strict = strict;
        this.texts = Map.of(Languages.CHINESE, read("zh_CN"), Languages.ENGLISH, read("en"));
    }

    private Bundles(Map<Locale, Map<String, String>> texts) {
        this.texts = texts;
        this.time = () -> () -> Instant.EPOCH;
        this.zone = ZoneOffset.UTC;
        this.strict = false;
    }

    /** For what is written to the console or the log, where no reader and no running application is. */
    static Texts english() {
        return English.TEXTS;
    }

    /** Read when it is needed first. */
    private static final class English {
        static final Texts TEXTS = new Bundles(Map.of(Languages.ENGLISH, read("en"))).in(Languages.ENGLISH);
    }

    /** The texts in the language of one reader; a locale that is not English reads Chinese. */
    public Texts in(Locale locale) {
        return new Texts(this, Languages.nearest(locale), zone, time.get());
    }

    /** All keys of a language. */
    public Set<String> keys(Locale locale) {
        return Collections.unmodifiableSet(new TreeSet<>(of(locale).keySet()));
    }

    String text(Locale locale, String key) {
        String text = of(locale).get(key);
        if (text != null) {
            return text;
        }
        if (strict) {
            throw new IllegalArgumentException("no text for " + key + " in " + locale.toLanguageTag());
        }
        log.error("no text for {} in {}", key, locale.toLanguageTag());
        return key;
    }

    boolean has(Locale locale, String key) {
        return of(locale).containsKey(key);
    }

    private Map<String, String> of(Locale locale) {
        return java.util.Objects.requireNonNull(texts.get(Languages.nearest(locale)));
    }

    @Override
    protected @Nullable String resolveCodeWithoutArguments(String code, Locale locale) {
        return of(locale).get(code);
    }

    @Override
    protected @Nullable MessageFormat resolveCode(String code, Locale locale) {
        String text = of(locale).get(code);
        return text == null ? null : new MessageFormat(text.replace("'", "''"), locale);
    }

    private static Map<String, String> read(String suffix) {
        var all = new HashMap<String, String>();
        try {
            var found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:messages/*_" + suffix + ".properties");
            for (Resource resource : found) {
                var properties = new Properties();
                try (Reader reader = new InputStreamReader(resource.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                for (String key : properties.stringPropertyNames()) {
                    if (all.put(key, properties.getProperty(key)) != null) {
                        throw new IllegalStateException("the text " + key + " stands in two files for " + suffix);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(all);
    }
}
