package io.bihuan.mail;

import io.bihuan.complaint.Channel;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.Received;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.files.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.DeflaterInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives a mail to the inbox, once: under its Message-ID and a hash of what its sender wrote. So the same mail in two boxes or fetched
 * again is one, and another mail under a known Message-ID does not disappear in the first.
 */
@Component
public class MailDelivery {
    private static final int LONGEST_ID = 300;
    private static final int LONGEST_CONVERSATION = 400;
    private static final String DEFLATED = "message/rfc822+deflate";

    private final Inbox inbox;
    private final Files files;
    private final MailThreads threads;
    private final MailSettings settings;

    MailDelivery(Inbox inbox, Files files, MailThreads threads, MailSettings settings) {
        this.inbox = inbox;
        this.files = files;
        this.threads = threads;
        this.settings = settings;
    }

    /**
     * Keeps a mail as it streams by; of one that is too large only the header.
     *
     * @param businessLine null for the one of the channel
     */
    public Inbox.Receipt keep(InputStream raw, @Nullable String businessLine, Instant receivedAt) throws IOException {
        var content = new SentContent();
        byte[] head = raw.readNBytes(Received.LARGEST_CONTENT + 1);
        content.add(head, 0, head.length);
        if (head.length <= Received.LARGEST_CONTENT) {
            return keep(head, null, "message/rfc822", content, head, businessLine, receivedAt);
        }
        InputStream rest = content.counting(raw);
        StoredFile file;
        String mediaType = "message/rfc822";
        try {
            file = store(head, rest);
        } catch (Refused refused) {
            if (refused.key().equals("platform.file.too-large")) {
                return keepHeader(head, businessLine, receivedAt);
            }
            // It looks like something that may not be stored, such as a page that acts: deflated it is nothing but
            // bytes.
            mediaType = DEFLATED;
            file = files.store(
                    new DeflaterInputStream(new SequenceInputStream(new ByteArrayInputStream(head), rest)),
                    "mail",
                    settings.get().largest());
        }
        return keep(null, file, mediaType, content, head, businessLine, receivedAt);
    }

    /** Keeps the header of a mail that is not fetched; what follows the header in these bytes is left out. */
    public Inbox.Receipt keepHeader(byte[] head, @Nullable String businessLine, Instant receivedAt) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int plain = text.indexOf("\n\n");
        int cut = end >= 0 && (plain < 0 || end < plain) ? end + 4 : plain >= 0 ? plain + 2 : text.length();
        byte[] header =
                text.substring(0, Math.min(cut, Received.LARGEST_CONTENT)).getBytes(StandardCharsets.ISO_8859_1);
        var content = new SentContent();
        content.add(header, 0, header.length);
        return keep(header, null, MailReader.HEADER_ONLY, content, header, businessLine, receivedAt);
    }

    /** The mail in the stored content of a message. */
    public static InputStream mail(InboxMessage message, InputStream stored) {
        return message.mediaType().equals(DEFLATED) ? new InflaterInputStream(stored) : stored;
    }

    private StoredFile store(byte[] head, InputStream rest) throws IOException {
        return files.store(
                new SequenceInputStream(new ByteArrayInputStream(head), rest),
                "mail.eml",
                settings.get().largest());
    }

    private Inbox.Receipt keep(
            byte @Nullable [] bytes,
            @Nullable StoredFile file,
            String mediaType,
            SentContent content,
            byte[] head,
            @Nullable String businessLine,
            Instant receivedAt) {
        ParsedMail mail = headOf(head);
        String messageId = mail == null ? null : nullIfBlank(mail.messageId());
        String hash = content.hash(mail);
        String id = messageId == null ? "sha256:" + hash : cut(messageId, LONGEST_ID) + "#" + hash.substring(0, 16);
        Received received = (bytes == null
                        ? Received.inFile(
                                Channel.EMAIL,
                                MailReader.ALL_BOXES,
                                id,
                                receivedAt,
                                mediaType,
                                Objects.requireNonNull(file))
                        : Received.of(Channel.EMAIL, MailReader.ALL_BOXES, id, receivedAt, mediaType, bytes))
                .withBusinessLine(businessLine);
        String root = mail == null ? null : nullIfBlank(mail.root());
        Inbox.Receipt receipt =
                inbox.receive(root == null ? received : received.withConversation(cut(root, LONGEST_CONVERSATION)));
        if (messageId != null) {
            threads.remember(messageId, receipt.id());
        }
        return receipt;
    }

    private @Nullable ParsedMail headOf(byte[] head) {
        try {
            return MailParser.head(
                    new ByteArrayInputStream(head), settings.get().limits());
        } catch (IOException | Refused e) {
            // The reader will find out and say so; the mail is kept all the same.
            return null;
        }
    }

    private static @Nullable String nullIfBlank(@Nullable String id) {
        String clean = id == null ? "" : MailReader.storable(id).strip();
        return clean.isEmpty() ? null : clean;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    /** What the sender wrote: the body, and of the header what no server on the way changes. */
    private static final class SentContent {
        private final MessageDigest digest = sha256();
        private boolean isBody;
        private boolean isLineStart = true;

        void add(byte[] bytes, int offset, int length) {
            int at = offset;
            int end = offset + length;
            while (at < end && !isBody) {
                byte c = bytes[at++];
                if (c == '\n') {
                    isBody = isLineStart;
                    isLineStart = true;
                } else if (c != '\r') {
                    isLineStart = false;
                }
            }
            int start = at;
            for (; at < end; at++) {
                if (bytes[at] == '\r') {
                    digest.update(bytes, start, at - start);
                    start = at + 1;
                }
            }
            digest.update(bytes, start, end - start);
        }

        InputStream counting(InputStream in) {
            return new FilterInputStream(in) {
                @Override
                public int read() throws IOException {
                    int c = super.read();
                    if (c >= 0) {
                        add(new byte[] {(byte) c}, 0, 1);
                    }
                    return c;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = super.read(target, offset, length);
                    add(target, offset, Math.max(0, count));
                    return count;
                }
            };
        }

        String hash(@Nullable ParsedMail mail) {
            if (mail != null) {
                for (String name : List.of("From", "Subject", "Date")) {
                    digest.update((byte) 0);
                    mail.headers().raw(name).stream()
                            .limit(1)
                            .forEach(body ->
                                    digest.update(body.replaceAll("\\s+", " ").getBytes(StandardCharsets.ISO_8859_1)));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
