package io.bihuan.message;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Who is told.
 *
 * @param phone in E.164 form
 * @param openId null when the channel knows the conversation by the subject
 * @param language {@code zh-CN} or {@code en}
 * @param zone where it is night for him; null: {@code bihuan.zone}
 */
public record Recipient(
        @Nullable String phone,
        @Nullable String email,
        @Nullable String openId,
        String language,
        @Nullable ZoneId zone) {
    public Recipient(@Nullable String phone, @Nullable String email, @Nullable String openId, String language) {
        this(phone, email, openId, language, null);
    }

    /** His address on a way; null when he has none there. */
    public @Nullable String address(Way way) {
        return switch (way) {
            case SMS, PHONE -> phone;
            case EMAIL -> email;
            case WECHAT -> openId;
        };
    }

    /** Its values are personal. */
    @Override
    public String toString() {
        return "recipient";
    }
}
