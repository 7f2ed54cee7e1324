package io.bihuan.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header fields of a mail or of one of its parts, in their order. */
public final class MailHeaders {
    static final MailHeaders NONE = new MailHeaders(List.of());
    private static final Pattern ID = Pattern.compile("<\\s*([^<>\\s]{1,500})\\s*>");
    private static final int MOST_REFERENCES = 50;

    /** @param body unfolded, one character for each byte */
    private record Field(String name, String body) {}

    private final List<Field> fields;

    private MailHeaders(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Reads the lines of a header; for tests and for headers that stand in a body. */
    public static MailHeaders of(String lines) {
        var builder = new Builder();
        String[] unfolded =
                lines.replace("\r\n", "\n").replaceAll("\n[ \t]+", " ").split("\n", -1);
        for (String line : unfolded) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                builder.add(
                        line.substring(0, colon),
                        new String(
                                line.substring(colon + 1).getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.ISO_8859_1));
            }
        }
        return builder.build();
    }

    /** All values of a field, as bytes in characters. */
    List<String> raw(String name) {
        return fields.stream()
                .filter(field -> field.name.equalsIgnoreCase(name))
                .map(Field::body)
                .toList();
    }

    /** The first value of a field as people read it; null when it is absent. */
    public @Nullable String text(String name) {
        List<String> all = raw(name);
        return all.isEmpty() ? null : HeaderText.decode(all.getFirst()).strip();
    }

    /** The first value without parameters, in lower case; empty when it is absent. */
    String value(String name) {
        List<String> all = raw(name);
        return all.isEmpty() ? "" : HeaderText.value(all.getFirst());
    }

    @Nullable
    String parameter(String name, String parameter) {
        List<String> all = raw(name);
        return all.isEmpty() ? null : HeaderText.parameters(all.getFirst()).get(parameter);
    }

    Map<String, String> parameters(String name) {
        List<String> all = raw(name);
        return all.isEmpty() ? Map.of() : HeaderText.parameters(all.getFirst());
    }

    public boolean has(String name) {
        return !raw(name).isEmpty();
    }

    public List<Address> addresses(String name) {
        return raw(name).stream().flatMap(body -> Address.list(body).stream()).toList();
    }

    /** The message ids in a field, without angle brackets; of very many the last ones, which are nearest. */
    List<String> ids(String name) {
        var ids = new ArrayList<String>();
        for (String body : raw(name)) {
            Matcher id = ID.matcher(body);
            while (id.find()) {
                ids.add(id.group(1));
            }
        }
        return List.copyOf(ids.subList(Math.max(0, ids.size() - MOST_REFERENCES), ids.size()));
    }

    /** Every field as people read it, for a page. */
    public List<Map.Entry<String, String>> readable() {
        return fields.stream()
                .map(field ->
                        Map.entry(field.name, HeaderText.decode(field.body).strip()))
                .toList();
    }

    static final class Builder {
        private final List<Field> fields = new ArrayList<>();

        void add(String name, String body) {
            fields.add(new Field(name.strip(), body.replaceAll("[\\r\\n]+", "").strip()));
        }

        void addIfNamed(String name, String body) {
            if (!name.isBlank()) {
                add(name, body);
            }
        }

        MailHeaders build() {
            return new MailHeaders(fields);
        }
    }
}
