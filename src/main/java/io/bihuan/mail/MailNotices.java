package io.bihuan.mail;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.web.Bundles;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is said to senders of mails: stored with the reason for it in one transaction, sent afterwards, never to a machine. */
@Component
public class MailNotices {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration DAY = Duration.ofDays(1);
    private static final int LONGEST_SUBJECT = 100;

    private enum Kind {
        ACKNOWLEDGEMENT,
        REPLY
    }

    private final MailSettings settings;
    private final MailThreads threads;
    private final MailTokens tokens;
    private final TrackingLinks links;
    private final Inbox inbox;
    private final Bundles bundles;
    private final Keys keys;
    private final JdbcClient jdbc;
    private final InstantSource time;

    MailNotices(
            MailSettings settings,
            MailThreads threads,
            MailTokens tokens,
            TrackingLinks links,
            Inbox inbox,
            Bundles bundles,
            Keys keys,
            JdbcClient jdbc,
            InstantSource time) {
        this.settings = settings;
        this.threads = threads;
        this.tokens = tokens;
        this.links = links;
        this.inbox = inbox;
        this.bundles = bundles;
        this.keys = keys;
        this.jdbc = jdbc;
        this.time = time;
    }

    /**
     * Answers the sender of a received mail in words, such as the reason why nothing comes of it.
     *
     * @return whether there is anybody to answer: a person's address that can be reached, and a server to send by
     */
    public boolean reply(InboxMessage message, String text, Writes writes) {
        if (!message.reader().equals(MailReader.SOURCE)) {
            return false;
        }
        ParsedMail mail = head(message);
        Optional<String> to = answerable(mail);
        to.ifPresent(address -> {
            String subject = mail.subject().isBlank() ? texts(mail).of("mail.reply.subject") : re(mail.subject());
            add(Kind.REPLY, null, mail, address, subject, text, writes);
        });
        return to.isPresent();
    }

    /** Whether there is anybody to answer. */
    boolean canReply(InboxMessage message) {
        return message.reader().equals(MailReader.SOURCE)
                && answerable(head(message)).isPresent();
    }

    /** Tells the sender of a received mail the number of his complaint, once. */
    public void acknowledge(InboxMessage message, Complaint complaint, Writes writes) {
        if (message.reader().equals(MailReader.SOURCE)) {
            acknowledge(head(message), complaint, writes);
        }
    }

    void acknowledge(ParsedMail mail, Complaint complaint, Writes writes) {
        answerable(mail).ifPresent(address -> {
            Texts t = texts(mail);
            ComplaintNumber number = complaint.number();
            String subject = t.of("mail.ack.subject", number.readable(), tokens.of(number));
            String link = links.url(number);
            String text = link.startsWith("http")
                    ? t.of("mail.ack.text", number.readable(), cut(mail.subject()), link)
                    : t.of("mail.ack.text.plain", number.readable(), cut(mail.subject()));
            add(Kind.ACKNOWLEDGEMENT, complaint, mail, address, subject, text, writes);
        });
    }

    /** Whether an automatic mail went to this address within a day. */
    boolean hasAnsweredLately(String address) {
        return sentToday(address) > 0;
    }

    private ParsedMail head(InboxMessage message) {
        try (InputStream raw = MailDelivery.mail(message, inbox.open(message))) {
            return MailParser.head(raw, settings.get().limits());
        } catch (IOException e) {
            throw new IllegalStateException("the mail of message " + message.id() + " cannot be read", e);
        }
    }

    private Optional<String> answerable(ParsedMail mail) {
        MailProperties properties = settings.get();
        List<Address> wanted = mail.headers().addresses("Reply-To");
        Address address = wanted.size() == 1 && wanted.getFirst().isReachable() ? wanted.getFirst() : mail.from();
        if (properties.smtp() == null
                || address == null
                || !address.isReachable()
                || properties.own().contains(address.key())
                || AutoMail.of(mail, properties.own()).kind() != AutoMail.Kind.PERSON
                || threads.isBad(address.key())
                || sentToday(address.key()) >= properties.automaticADay()) {
            return Optional.empty();
        }
        return Optional.of(address.address());
    }

    private int sentToday(String address) {
        return jdbc.sql("select count(*) from mail.outgoing where recipient_index = :index and created_at > :since")
                .param("index", threads.index(address))
                .param("since", time.instant().minus(DAY).atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    private void add(
            Kind kind,
            @Nullable Complaint complaint,
            ParsedMail mail,
            String to,
            String subject,
            String text,
            Writes writes) {
        UUID id = Ids.next();
        Instant now = time.instant();
        byte[] wrapped = keys.newWrapped();
        var references = new ArrayList<>(mail.headers().ids("References"));
        String answered = mail.messageId();
        if (answered != null) {
            references.remove(answered);
            references.add(answered);
        }
        String content = JSON.writeValueAsString(
                new OutgoingMail(to, replyTo(mail, complaint), subject, text, answered, references));
        writes.add(
                """
                insert into mail.outgoing (id, complaint_id, complaint_number, kind, message_id, recipient_index, content, data_key,
                    state, ready_at, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, 'WAITING', ?, ?)
                on conflict (complaint_id, recipient_index) where kind = 'ACKNOWLEDGEMENT' do nothing
                """,
                id,
                complaint == null ? null : complaint.id(),
                complaint == null ? null : complaint.number().digits(),
                kind,
                messageId(id),
                threads.index(to),
                keys.unwrap(wrapped).encrypt(content),
                wrapped,
                now,
                now);
    }

    String messageId(UUID id) {
        MailProperties.Smtp smtp = settings.get().smtp();
        String from = smtp == null ? "localhost" : smtp.from();
        return "bihuan." + id + "@" + from.substring(from.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** Where an answer should go: the box that was written to, with the token in the address if it takes that. */
    private @Nullable String replyTo(ParsedMail mail, @Nullable Complaint complaint) {
        for (Address to : mail.to()) {
            for (MailProperties.Box box : settings.get().boxes()) {
                if (to.key().equalsIgnoreCase(box.address())) {
                    int at = box.address().lastIndexOf('@');
                    return complaint != null && box.plusAddressing()
                            ? box.address().substring(0, at) + "+" + tokens.of(complaint.number())
                                    + box.address().substring(at)
                            : box.address();
                }
            }
        }
        return null;
    }

    /** In the language of the mail: Chinese unless there is no Chinese in it. */
    Texts texts(ParsedMail mail) {
        String seen = mail.subject() + mail.text();
        boolean isChinese = seen.isBlank() || seen.codePoints().anyMatch(Character::isIdeographic);
        return bundles.in(isChinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH);
    }

    private static String re(String subject) {
        String cut = cut(subject);
        return cut.matches("(?i)(re|回复|答复)\\s*[:：].*") ? cut : "Re: " + cut;
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_SUBJECT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT)) + "…";
    }
}
