package io.bihuan.intake.web;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.Submission;
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
 * @param call id of the call of the hotline in which the customer says it
 * @param message the waiting message that it is registered from; empty for none
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
        @Nullable List<MultipartFile> files,
        @Nullable String call,
        @Nullable String message) {
    static DeskRegistrationForm empty(String businessLine, @Nullable String phone, @Nullable String call) {
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
                List.of(),
                call,
                "");
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
                files,
                call,
                message);
    }

    /** What was understood of a message, to be completed. */
    static DeskRegistrationForm of(
            UUID message, String businessLine, Channel channel, @Nullable Submission draft, @Nullable String kind) {
        Kind understood = draft == null || draft.kind() == null ? Kind.COMPLAINT : draft.kind();
        return new DeskRegistrationForm(
                UUID.randomUUID().toString(),
                businessLine,
                channel.name(),
                kind == null || kind.isEmpty() ? understood.name() : kind,
                draft == null ? null : draft.category(),
                draft == null ? null : draft.title(),
                draft == null ? null : draft.content(),
                draft == null ? null : draft.customerName(),
                draft == null ? null : draft.customerPhone(),
                draft == null ? null : draft.customerEmail(),
                draft == null ? null : draft.remedySought(),
                draft == null ? "1" : String.valueOf(draft.customersAffected()),
                null,
                draft == null ? Map.of() : draft.product(),
                List.of(),
                null,
                message.toString());
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
