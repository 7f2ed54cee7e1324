package io.bihuan.rules;

import io.bihuan.rules.Project.Text;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Every text in both languages. */
public final class TextRules {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)[^{}]*}");

    private TextRules() {}

    /** What the two bundles of a module have to agree on. */
    public static List<String> bothLanguagesSayTheSame(Text chinese, Text english) {
        var findings = new ArrayList<String>();
        Map<String, String> zh = entries(chinese);
        Map<String, String> en = entries(english);
        for (String key : union(zh.keySet(), en.keySet())) {
            if (!zh.containsKey(key)) {
                findings.add(chinese.path() + ": " + key + " is missing");
            } else if (!en.containsKey(key)) {
                findings.add(english.path() + ": " + key + " is missing");
            } else if (!placeholders(zh.getOrDefault(key, "")).equals(placeholders(en.getOrDefault(key, "")))) {
                findings.add(english.path() + ": " + key + " has other placeholders than in Chinese");
            }
        }
        return findings;
    }

    /** What each bundle has to heed: its own prefix, no key twice, no blank text. */
    public static List<String> aBundleIsSound(Text bundle) {
        var findings = new ArrayList<String>();
        String module = bundle.name().replaceAll("_(zh_CN|en)\\.properties$", "");
        if (module.equals(bundle.name())) {
            findings.add(bundle.path() + ": not named <module>_zh_CN or <module>_en");
        }
        var seen = new HashSet<String>();
        bundle.content()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("[\\w.-]+\\s*[=:].*"))
                .forEach(line -> {
                    String key = line.split("\\s*[=:]", 2)[0];
                    if (!seen.add(key)) {
                        findings.add(bundle.path() + ": " + key + " stands twice");
                    }
                });
        entries(bundle).forEach((key, text) -> {
            if (!key.startsWith(module + ".")) {
                findings.add(bundle.path() + ": " + key + " does not begin with " + module + ".");
            }
            if (text.isBlank()) {
                findings.add(bundle.path() + ": " + key + " is blank");
            }
        });
        return findings;
    }

    /** The keys and texts of a bundle. */
    public static Map<String, String> entries(Text bundle) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(bundle.content()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var entries = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key, "")));
        return entries;
    }

    private static Set<String> placeholders(String text) {
        var found = new TreeSet<String>();
        var matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        var all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }
}
