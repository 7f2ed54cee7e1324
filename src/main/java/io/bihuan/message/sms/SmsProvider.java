package io.bihuan.message.sms;

import io.bihuan.message.Errand;
import io.bihuan.message.Outcome;
import io.bihuan.message.Receipts.Receipt;
import io.bihuan.message.sms.SmsSettings.Account;
import io.bihuan.message.sms.SmsSettings.Cloud;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What one provider takes and says. */
interface SmsProvider {
    /** Where both of them are, and whose time they write. */
    ZoneId HOME = ZoneId.of("Asia/Shanghai");

    DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", java.util.Locale.ROOT);

    /**
     * An answer to a text.
     *
     * @param key by which it is known again
     * @param phone in E.164 form
     */
    record Reply(String key, String phone, String text, Instant at) {
        /** Its values are personal. */
        @Override
        public String toString() {
            return "reply";
        }
    }

    Cloud provider();

    Outcome send(Account account, Errand errand, String templateId, Map<String, String> parameters);

    Outcome ask(Account account, Errand errand);

    /** Reads one report of a callback; empty when it is none. */
    Optional<Receipt> receipt(JsonNode report, Instant now);

    /** Reads one answer of a callback; empty when it is none. */
    Optional<Reply> reply(JsonNode answer, Instant now);

    /** What the provider wants to hear when we have it. */
    String thanks();

    /** A time as both write it; now when they wrote something else. */
    static Instant time(String written, Instant now) {
        try {
            return LocalDateTime.parse(written.strip(), TIME).atZone(HOME).toInstant();
        } catch (DateTimeParseException e) {
            return now;
        }
    }

    /** The text of a field; empty when it is missing or none. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        String text = value.isValueNode() && !value.isNull() ? value.asString() : "";
        return text.replace("\0", "");
    }
}
