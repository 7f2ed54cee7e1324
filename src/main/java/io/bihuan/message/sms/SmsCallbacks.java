package io.bihuan.message.sms;

import io.bihuan.message.OptOuts;
import io.bihuan.message.PhoneReplies;
import io.bihuan.message.Receipts;
import io.bihuan.message.Receipts.Receipt;
import io.bihuan.message.sms.SmsProvider.Reply;
import io.bihuan.message.sms.SmsSettings.Cloud;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What providers call us for. They do not sign, so the address that only they know, and their networks if they are set, are the proof; a
 * call counts when all of it is stored, and may come twice.
 */
@Component
public class SmsCallbacks {
    public static final int LARGEST = 512 * 1024;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST = 1_000;
    private static final int LONGEST_TEXT = 2_000;

    /** How a call ended. */
    public sealed interface Answer {
        /** All of it is stored; what the provider wants to hear. */
        record Taken(String thanks) implements Answer {}

        /** Whoever calls has no business here. */
        record Unwelcome() implements Answer {}

        /** It is not what it should be. */
        record Unreadable() implements Answer {}
    }

    private final SmsChannel channel;
    private final Receipts receipts;
    private final OptOuts optOuts;
    private final PhoneReplies replies;
    private final InstantSource time;

    SmsCallbacks(SmsChannel channel, Receipts receipts, OptOuts optOuts, PhoneReplies replies, InstantSource time) {
        this.channel = channel;
        this.receipts = receipts;
        this.optOuts = optOuts;
        this.replies = replies;
        this.time = time;
    }

    /** Reports of what became of texts. */
    @Transactional
    public Answer reports(String provider, String secret, @Nullable String address, byte[] body) {
        return providerOf(provider, secret, address)
                .<Answer>map(known -> {
                    List<JsonNode> reports = read(body);
                    if (reports == null) {
                        return new Answer.Unreadable();
                    }
                    var found = new ArrayList<Receipt>();
                    reports.forEach(
                            report -> known.receipt(report, time.instant()).ifPresent(found::add));
                    receipts.record(found);
                    return new Answer.Taken(known.thanks());
                })
                .orElseGet(Answer.Unwelcome::new);
    }

    /** Answers of people to texts. */
    @Transactional
    public Answer replies(String provider, String secret, @Nullable String address, byte[] body) {
        return providerOf(provider, secret, address)
                .<Answer>map(known -> {
                    List<JsonNode> answers = read(body);
                    if (answers == null) {
                        return new Answer.Unreadable();
                    }
                    answers.forEach(
                            answer -> known.reply(answer, time.instant()).ifPresent(this::heard));
                    return new Answer.Taken(known.thanks());
                })
                .orElseGet(Answer.Unwelcome::new);
    }

    private void heard(Reply reply) {
        String text = reply.text().substring(0, Math.min(reply.text().length(), LONGEST_TEXT));
        // One that comes twice is heard once: who wants messages again meanwhile shall not lose them by it.
        if (replies.keep(reply.key(), reply.phone(), text, reply.at()) && OptOuts.isRefusal(text)) {
            optOuts.replied(reply.phone(), reply.at());
        }
    }

    private Optional<SmsProvider> providerOf(String name, String secret, @Nullable String address) {
        SmsSettings settings = channel.settings();
        String known = settings.callbackSecret();
        boolean isWelcome = known != null
                && MessageDigest.isEqual(
                        known.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8))
                && (settings.callbackAddresses().isEmpty()
                        || (address != null
                                && settings.callbackAddresses().stream()
                                        .anyMatch(network -> new IpAddressMatcher(network).matches(address))));
        if (!isWelcome) {
            return Optional.empty();
        }
        return switch (name) {
            case "aliyun" -> Optional.of(channel.provider(Cloud.ALIYUN));
            case "tencent" -> Optional.of(channel.provider(Cloud.TENCENT));
            default -> Optional.empty(); // a name that no provider has
        };
    }

    /** One thing or a list of things; null when it is neither. */
    private static @Nullable List<JsonNode> read(byte[] body) {
        try {
            JsonNode read = JSON.readTree(body);
            if (read.isObject()) {
                return List.of(read);
            }
            if (!read.isArray() || read.size() > MOST) {
                return null;
            }
            var all = new ArrayList<JsonNode>();
            read.forEach(all::add);
            return all;
        } catch (JacksonException e) {
            return null;
        }
    }
}
