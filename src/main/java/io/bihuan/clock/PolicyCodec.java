package io.bihuan.clock;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Policies as they are stored. */
final class PolicyCodec {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private PolicyCodec() {}

    static String write(ClockPolicy policy) {
        return JSON.writeValueAsString(policy);
    }

    static ClockPolicy read(String json) {
        return JSON.readValue(json, ClockPolicy.class);
    }
}
