package io.bihuan.complaint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Events as the bytes that are stored and hashed: canonical JSON (RFC 8785), in which every {@link Personal} is encrypted with the
 * key of its complaint. Without the key the rest stays readable and the bytes, and so the hash, stay the same.
 */
final class EventCodec {
    private static final String KEY = "key";
    /** Of each type of event, by its name: a reader looks up once how its type is read. */
    private final Map<String, ObjectReader> readers;

    private final ObjectReader changes;

    private record Envelope(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ClockChange> clocks, ComplaintEvent event) {}

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .characterEscapes(new LowerCaseEscapes())
                    .build())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .addModule(new SimpleModule()
                    .addSerializer(Personal.class, new Sealing())
                    .addDeserializer(Personal.class, new Opening()))
            .build();

    /** @param neighbours the events of other modules; a name may stand for one type only */
    EventCodec(List<CaseEvents> neighbours) {
        this.readers = Stream.concat(
                        Arrays.stream(ComplaintEvent.class.getPermittedSubclasses())
                                .filter(Class::isRecord),
                        neighbours.stream().flatMap(each -> each.types().stream()))
                .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, mapper::readerFor));
        this.changes = mapper.readerFor(ClockChange[].class);
    }

    byte[] write(ComplaintEvent event, List<ClockChange> clocks, SubjectKey key) {
        return mapper.writer().withAttribute(KEY, key).writeValueAsBytes(new Envelope(clocks, event));
    }

    record Content(ComplaintEvent event, List<ClockChange> clocks) {}

    /** Reads what {@link #write} wrote; with no key every personal value is empty. */
    Content read(String type, byte[] data, @Nullable SubjectKey key) {
        ObjectReader reader = readers.get(type);
        if (reader == null) {
            throw new IllegalStateException("the history holds an event of unknown type " + type);
        }
        JsonNode tree = mapper.readTree(data);
        ComplaintEvent event = reader.withAttribute(KEY, key).readValue(tree.required("event"));
        JsonNode clocks = tree.path("clocks");
        List<ClockChange> read = clocks.isMissingNode()
                ? List.of()
                : List.of(changes.withAttribute(KEY, key).<ClockChange[]>readValue(clocks));
        return new Content(event, read);
    }

    /** A map of personal values as one text, to be encrypted as a whole. */
    String writeMap(Map<String, Personal> values) {
        return mapper.writeValueAsString(values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Personal.text(entry.getValue()))));
    }

    Map<String, Personal> readMap(String text) {
        Map<?, ?> values = mapper.readValue(text, Map.class);
        return values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> String.valueOf(entry.getKey()),
                        entry -> Personal.of(String.valueOf(entry.getValue()))));
    }

    private static final class Sealing extends ValueSerializer<Personal> {
        @Override
        public void serialize(Personal value, JsonGenerator json, SerializationContext context) {
            if (!(context.getAttribute(KEY) instanceof SubjectKey key)) {
                throw new IllegalStateException("a personal value is never written without a key");
            }
            json.writeString(Base64.getEncoder().encodeToString(key.encrypt(Personal.text(value))));
        }
    }

    private static final class Opening extends ValueDeserializer<Personal> {
        @Override
        public Personal deserialize(JsonParser json, DeserializationContext context) {
            byte[] sealed = Base64.getDecoder().decode(json.getString());
            return context.getAttribute(KEY) instanceof SubjectKey key
                    ? Personal.of(key.decrypt(sealed))
                    : new Personal(null);
        }
    }

    /** RFC 8785 wants control characters in lower-case hexadecimal; Jackson writes upper-case. */
    private static final class LowerCaseEscapes extends CharacterEscapes {
        private static final int[] ESCAPES = CharacterEscapes.standardAsciiEscapesForJSON();
        private static final SerializableString[] TEXTS = new SerializableString[0x20];

        static {
            for (int c = 0; c < TEXTS.length; c++) {
                if (ESCAPES[c] == CharacterEscapes.ESCAPE_STANDARD) {
                    ESCAPES[c] = CharacterEscapes.ESCAPE_CUSTOM;
                    TEXTS[c] = new SerializedString("\\u%04x".formatted(c));
                }
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ESCAPES.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return c < TEXTS.length ? TEXTS[c] : null;
        }
    }
}
