package io.bihuan.clock;

import io.bihuan.pack.Expression;
import io.bihuan.pack.Source;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Policies as they are stored. A source in one language that is no law is a plain text, as all were once; a condition is its text. */
final class PolicyCodec {
    private static final JsonMapper PLAIN = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final JsonMapper JSON = PLAIN.rebuild()
            .addModule(new SimpleModule()
                    .addSerializer(Source.class, new SourceWriter())
                    .addDeserializer(Source.class, new SourceReader())
                    .addSerializer(Expression.class, new ExpressionWriter())
                    .addDeserializer(Expression.class, new ExpressionReader()))
            .build();

    private PolicyCodec() {}

    static String write(ClockPolicy policy) {
        return JSON.writeValueAsString(policy);
    }

    static ClockPolicy read(String json) {
        return JSON.readValue(json, ClockPolicy.class);
    }

    private static final class SourceWriter extends ValueSerializer<Source> {
        @Override
        public void serialize(Source source, JsonGenerator out, SerializationContext context) {
            if (source.equals(Source.text(source.title().zh()))) {
                out.writeString(source.title().zh());
            } else {
                out.writeRawValue(PLAIN.writeValueAsString(source));
            }
        }
    }

    private static final class SourceReader extends ValueDeserializer<Source> {
        @Override
        public Source deserialize(JsonParser in, DeserializationContext context) {
            return in.currentToken() == JsonToken.VALUE_STRING
                    ? Source.text(in.getString())
                    : PLAIN.treeToValue(context.readTree(in), Source.class);
        }
    }

    private static final class ExpressionWriter extends ValueSerializer<Expression> {
        @Override
        public void serialize(Expression expression, JsonGenerator out, SerializationContext context) {
            out.writeString(expression.toString());
        }
    }

    private static final class ExpressionReader extends ValueDeserializer<Expression> {
        @Override
        public Expression deserialize(JsonParser in, DeserializationContext context) {
            return Expression.parse(in.getString());
        }
    }
}
