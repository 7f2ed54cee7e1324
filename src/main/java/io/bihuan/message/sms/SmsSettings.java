package io.bihuan.message.sms;

import io.bihuan.message.Category;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * By whom texts to phones are sent ({@code bihuan.message.sms}); without an account they lie in the local outbox.
 *
 * @param service for what customers must know of their own matters
 * @param commercial for everything else; without it nothing else is sent
 * @param callbackSecret the part of the callback addresses that only the provider knows
 * @param callbackAddresses networks from which providers call; empty: any
 */
@ConfigurationProperties("bihuan.message.sms")
public record SmsSettings(
        @Nullable Account service,
        @Nullable Account commercial,
        @Nullable String callbackSecret,
        @DefaultValue List<String> callbackAddresses) {
    private static final int SHORTEST_SECRET = 20;

    /** Who sends. */
    public enum Cloud {
        ALIYUN("https://dysmsapi.aliyuncs.com"),
        TENCENT("https://sms.tencentcloudapi.com");

        private final String usual;

        Cloud(String usual) {
            this.usual = usual;
        }
    }

    /**
     * A template that the provider has approved.
     *
     * @param parameters those of ours that it takes, in its order; empty: all
     */
    public record Template(String id, @DefaultValue List<String> parameters) {}

    /**
     * An account with one signature.
     *
     * @param appId SmsSdkAppId, of Tencent Cloud only
     * @param templates by purpose and language
     */
    public record Account(
            Cloud provider,
            String accessKeyId,
            String accessKeySecret,
            String signName,
            @Nullable String appId,
            @DefaultValue("ap-guangzhou") String region,
            @Nullable URI endpoint,
            @DefaultValue Map<String, Map<String, Template>> templates) {
        public Account {
            needed("access-key-id", accessKeyId);
            needed("access-key-secret", accessKeySecret);
            needed("sign-name", signName);
            if (provider == null) {
                throw new IllegalArgumentException(
                        "bihuan.message.sms: an account needs a provider, aliyun or tencent");
            }
            if (provider == Cloud.TENCENT) {
                needed("app-id", appId);
            }
            endpoint = endpoint == null ? URI.create(provider.usual) : endpoint;
        }

        private static void needed(String name, @Nullable String value) {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("bihuan.message.sms: an account needs " + name);
            }
        }

        Optional<Template> template(String purpose, String language) {
            Map<String, Template> languages = templates.get(purpose);
            return languages == null ? Optional.empty() : Optional.ofNullable(languages.get(language));
        }

        URI address() {
            return endpoint == null ? URI.create(provider.usual) : endpoint;
        }

        /** Its secrets stay out of logs. */
        @Override
        public String toString() {
            return provider + " " + signName;
        }
    }

    public SmsSettings {
        if (callbackSecret != null && callbackSecret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "bihuan.message.sms.callback-secret needs " + SHORTEST_SECRET + " characters");
        }
    }

    Optional<Account> account(Category category) {
        return Optional.ofNullable(
                switch (category) {
                    case SERVICE, URGENT -> service;
                    case COMMERCIAL -> commercial;
                });
    }

    boolean isSetUp() {
        return service != null || commercial != null;
    }
}
