package io.bihuan.wechat;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.Received;
import io.bihuan.intake.SourceStates;
import io.bihuan.wechat.WeChatSettings.Account;
import io.bihuan.wechat.WeChatSettings.Mode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes what the platform calls back with: proves that it comes from there and is fresh, and keeps it in the inbox. The platform waits five
 * seconds and asks three times more, so nothing else happens here.
 */
@Component
public class Callbacks {
    /** A callback is a few hundred bytes; the longest text is 2,048. */
    public static final int LARGEST = 64 * 1024;

    /** How old a callback may be, or how far the clocks may differ. */
    static final Duration FRESH = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(Callbacks.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MOST_SOURCES = 1_000;

    /** What the caller is told. */
    public enum Answer {
        TAKEN,
        NO_ACCOUNT,
        NOT_SIGNED,
        TOO_OLD,
        UNREADABLE,
        TOO_LARGE
    }

    /** The parameters of a call. */
    public record Signs(
            @Nullable String signature,
            @Nullable String timestamp,
            @Nullable String nonce,
            @Nullable String messageSignature,
            @Nullable String encryption) {}

    private final WeChatSettings settings;
    private final Inbox inbox;
    private final SourceStates sources;
    private final InstantSource time;
    private final Map<String, Instant> logged = new ConcurrentHashMap<>();

    Callbacks(WeChatSettings settings, Inbox inbox, SourceStates sources, InstantSource time) {
        this.settings = settings;
        this.inbox = inbox;
        this.sources = sources;
        this.time = time;
    }

    /** Whether somebody who asks for an echo is the platform. */
    public Answer echo(String name, Signs signs, String address) {
        Optional<Account> account = settings.find(name);
        if (account.isEmpty()) {
            return Answer.NO_ACCOUNT;
        }
        Answer answer = fresh(signs);
        if (answer == Answer.TAKEN && !isSigned(account.get(), signs.signature(), signs)) {
            answer = Answer.NOT_SIGNED;
        }
        return told(answer, account.get(), address);
    }

    /** Keeps a callback; when this returns {@code TAKEN} it will not be lost. */
    public Answer receive(String name, Signs signs, byte[] body, String address) {
        Optional<Account> account = settings.find(name);
        return account.isEmpty()
                ? Answer.NO_ACCOUNT
                : told(receive(account.get(), signs, body), account.get(), address);
    }

    /** Says once a minute that somebody at an address is turned away. */
    public Answer told(Answer answer, String name, String address) {
        settings.find(name).ifPresent(account -> told(answer, account, address));
        return answer;
    }

    private Answer receive(Account account, Signs signs, byte[] body) {
        if (body.length > LARGEST) {
            return Answer.TOO_LARGE;
        }
        // What costs nothing comes first: a stranger's XML is not even parsed.
        Answer fresh = fresh(signs);
        if (fresh != Answer.TAKEN) {
            return fresh;
        }
        boolean isEncrypted = "aes".equals(signs.encryption());
        if (isEncrypted ? account.mode() == Mode.PLAIN : account.mode() == Mode.SAFE) {
            return Answer.NOT_SIGNED;
        }
        if (!isSigned(account, signs.signature(), signs)) {
            return Answer.NOT_SIGNED;
        }
        try {
            byte[] xml = body;
            Map<String, String> fields = CallbackXml.read(body);
            if (isEncrypted) {
                String sealed = fields.getOrDefault("Encrypt", "");
                byte[] key = account.key();
                if (key == null || !isSigned(account, signs.messageSignature(), signs, sealed)) {
                    return Answer.NOT_SIGNED;
                }
                xml = MessageSeal.open(sealed, key, account.appId()).getBytes(StandardCharsets.UTF_8);
                fields = CallbackXml.read(xml);
            }
            String sender = fields.get("FromUserName");
            String id = id(fields);
            if (sender == null || id == null || sender.length() > WeChatReader.LONGEST_OPEN_ID || sender.isBlank()) {
                return Answer.UNREADABLE;
            }
            inbox.receive(Received.of(Channel.WECHAT, account.source(), id, time.instant(), WeChatReader.CALLBACK, xml)
                    .withConversation(sender)
                    .withBusinessLine(account.businessLine()));
            sources.working(account.source());
            return Answer.TAKEN;
        } catch (CallbackXml.Unreadable e) {
            return Answer.UNREADABLE;
        } catch (MessageSeal.Broken e) {
            return Answer.NOT_SIGNED;
        }
    }

    /** Messages have an id; an event is known by who did what when. */
    static @Nullable String id(Map<String, String> fields) {
        String message = fields.get("MsgId");
        if (message != null && !message.isBlank()) {
            return shortened(message);
        }
        String sender = fields.get("FromUserName");
        String at = fields.get("CreateTime");
        return sender == null || at == null
                ? null
                : shortened(String.join(
                        "-", sender, at, fields.getOrDefault("Event", ""), fields.getOrDefault("EventKey", "")));
    }

    private static String shortened(String id) {
        if (id.length() <= Received.LONGEST_ID) {
            return id;
        }
        try {
            return "sha256-"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    private Answer fresh(Signs signs) {
        String timestamp = signs.timestamp();
        if (timestamp == null || signs.nonce() == null || !timestamp.matches("\\d{1,12}")) {
            return Answer.NOT_SIGNED;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), time.instant());
        return age.abs().compareTo(FRESH) > 0 ? Answer.TOO_OLD : Answer.TAKEN;
    }

    private static boolean isSigned(Account account, @Nullable String signature, Signs signs, String... more) {
        String timestamp = signs.timestamp();
        String nonce = signs.nonce();
        if (signature == null || timestamp == null || nonce == null) {
            return false;
        }
        var parts = new String[3 + more.length];
        parts[0] = account.token();
        parts[1] = timestamp;
        parts[2] = nonce;
        System.arraycopy(more, 0, parts, 3, more.length);
        return MessageSeal.isSigned(signature, parts);
    }

    private Answer told(Answer answer, Account account, String address) {
        if (answer != Answer.TAKEN) {
            Instant now = time.instant();
            if (logged.size() > MOST_SOURCES) {
                logged.values().removeIf(at -> at.plus(QUIET).isBefore(now));
            }
            boolean isNews = logged.size() <= MOST_SOURCES
                    && now.equals(logged.merge(
                            account.name() + " " + answer + " " + address,
                            now,
                            (before, at) -> Duration.between(before, at).abs().compareTo(QUIET) < 0 ? before : at));
            if (isNews) {
                log.warn("WeChat callback of {} from {} was turned away: {}", account.name(), address, answer);
            }
        }
        return answer;
    }
}
