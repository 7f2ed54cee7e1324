package io.bihuan.wechat;

import java.net.URI;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The official accounts of this installation ({@code bihuan.wechat.accounts}); without any WeChat is off. */
@ConfigurationProperties("bihuan.wechat")
public record WeChatSettings(@Nullable List<Account> accounts) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern AES_KEY = Pattern.compile("[A-Za-z0-9+/]{43}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{3,32}");
    private static final String SETTING = "bihuan.wechat.accounts";

    /** How the platform of the account sends its callbacks. */
    public enum Mode {
        /** Readable. */
        PLAIN,
        /** Readable and encrypted in one. */
        COMPATIBLE,
        /** Encrypted. */
        SAFE
    }

    /**
     * One official account.
     *
     * @param name stands in its addresses; the original id ({@code gh_…}) or any word
     * @param token signs the callbacks
     * @param aesKey the EncodingAESKey of 43 characters; not needed in plain mode
     * @param businessLine null for the one of the channel
     * @param apiUrl where the platform is called
     * @param publicUrl where customers reach this installation
     */
    public record Account(
            String name,
            String appId,
            String secret,
            String token,
            @Nullable String aesKey,
            Mode mode,
            @Nullable String businessLine,
            URI apiUrl,
            @Nullable String publicUrl) {
        static final URI USUAL_API = URI.create("https://api.weixin.qq.com");

        public Account {
            mode = Objects.requireNonNullElse(mode, Mode.SAFE);
            apiUrl = Objects.requireNonNullElse(apiUrl, USUAL_API);
            businessLine = businessLine == null || businessLine.isBlank() ? null : businessLine.strip();
            publicUrl = publicUrl == null || publicUrl.isBlank()
                    ? null
                    : publicUrl.strip().replaceFirst("/+$", "");
            need(name != null && NAME.matcher(name).matches(), "name", "letters, digits, _ and -");
            need(appId != null && !appId.isBlank(), "app-id", "the AppID");
            need(secret != null && !secret.isBlank(), "secret", "the AppSecret");
            need(token != null && TOKEN.matcher(token).matches(), "token", "3 to 32 letters and digits");
            need(
                    aesKey == null
                            ? mode == Mode.PLAIN
                            : AES_KEY.matcher(aesKey).matches(),
                    "aes-key",
                    "the EncodingAESKey of 43 characters, or mode: plain");
            need("https".equals(apiUrl.getScheme()) || "http".equals(apiUrl.getScheme()), "api-url", "an http address");
        }

        private static void need(boolean isGiven, String setting, String what) {
            if (!isGiven) {
                throw new IllegalStateException(SETTING + "[..]." + setting + ": needed is " + what);
            }
        }

        /** The source of what it receives. */
        public String source() {
            return WeChatReader.SOURCE + ":" + name;
        }

        byte @Nullable [] key() {
            return aesKey == null ? null : Base64.getDecoder().decode(aesKey + "=");
        }

        /** Its secrets stay out of logs. */
        @Override
        public String toString() {
            return name;
        }
    }

    public WeChatSettings {
        accounts = accounts == null ? List.of() : List.copyOf(accounts);
        var names = new HashSet<String>();
        for (Account account : accounts) {
            if (!names.add(account.name())) {
                throw new IllegalStateException(SETTING + ": two accounts have the name " + account.name());
            }
        }
    }

    /** All accounts. */
    public List<Account> all() {
        return Objects.requireNonNull(accounts);
    }

    public Optional<Account> find(String name) {
        return all().stream().filter(account -> account.name().equals(name)).findFirst();
    }
}
