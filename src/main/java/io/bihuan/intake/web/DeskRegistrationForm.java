package io.bihuan.intake.web;

import io.bihuan.complaint.Channel;
import io.bihuan.pack.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/**
 * What an agent writes down while the customer talks.
 *
 * @param token one for each form that is handed out: a form counts once however often it is sent
 * @param product answers to the pack's questions, by key
 * @param occurredOn a day
 */
public record DeskRegistrationForm(
        @Nullable String token,
        @Nullable String businessLine,
        @Nullable String channel,
        @Nullable String kind,
        @Nullable String category,
        @Nullable String title,
        @Nullable String content,
        @Nullable String name,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String remedySought,
        @Nullable String customersAffected,
        @Nullable String occurredOn,
        @Nullable Map<String, String> product,
        @Nullable List<MultipartFile> files) {
    static DeskRegistrationForm empty(String businessLine, @Nullable String phone) {
        return new DeskRegistrationForm(
                UUID.randomUUID().toString(),
                businessLine,
                Channel.HOTLINE.name(),
                Kind.COMPLAINT.name(),
                null,
                null,
                null,
                null,
                phone,
                null,
                null,
                "1",
                null,
                Map.of(),
                List.of());
    }

    /** This with what is known of the customer: what was typed of name and address stays, the answers are the given ones. */
    DeskRegistrationForm known(@Nullable String knownName, @Nullable String knownEmail, Map<String, String> answers) {
        return new DeskRegistrationForm(
                token,
                businessLine,
                channel,
                kind,
                category,
                title,
                content,
                text(name).isBlank() ? knownName : name,
                phone,
                text(email).isBlank() ? knownEmail : email,
                remedySought,
                customersAffected,
                occurredOn,
                answers,
                files);
    }

    /** What was typed, never null. */
    public static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    public String answer(String key) {
        return product == null ? "" : text(product.get(key));
    }

    Map<String, String> answers() {
        var answers = new LinkedHashMap<String, String>();
        if (product != null) {
            product.forEach((key, value) -> answers.put(key, text(value)));
        }
        return answers;
    }
}
