package io.bihuan.pack;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What expressions of a pack are told about one case.
 *
 * @param channel the word for how it came in
 * @param category a code; the categories above it are told too
 * @param answers to the pack's form, by key; what was erased is not in it
 */
public record CaseFacts(
        Pack pack,
        @Nullable Kind kind,
        @Nullable String channel,
        @Nullable String category,
        @Nullable Severity severity,
        @Nullable Integer customersAffected,
        Map<String, String> answers)
        implements Expression.Facts {
    public CaseFacts judged(Severity judged) {
        return judged(category, judged);
    }

    public CaseFacts judged(@Nullable String otherCategory, Severity judged) {
        return new CaseFacts(pack, kind, channel, otherCategory, judged, customersAffected, answers);
    }

    @Override
    public @Nullable Object of(String field) {
        return switch (field) {
            case "kind" -> kind == null ? null : kind.name();
            case "channel" -> channel;
            case "category" -> category == null ? null : pack.categories().codes(category);
            case "severity" -> severity;
            case "customersAffected" -> customersAffected == null ? null : BigDecimal.valueOf(customersAffected);
            default -> pack.form().typed(field, answers);
        };
    }
}
