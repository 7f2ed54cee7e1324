package io.bihuan.mail;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.customer.Customers;
import io.bihuan.customer.IdentityKind;
import io.bihuan.intake.Alongside;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxReader;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.Reading;
import io.bihuan.intake.Submission;
import io.bihuan.message.Receipts;
import io.bihuan.message.State;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileUser;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Masks;
import io.bihuan.privacy.Personal;
import io.bihuan.web.StorableText;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a mail is about: a complaint, something more to one, or nothing that a rule can tell. A mail says itself what it answers and
 * from whom it is, and both may be a lie: an addition is taken only from an address that the complaint knows.
 */
@Component
class MailReader implements InboxReader {
    /** All boxes are one source: a mail that was sent to two of them is one mail. */
    static final String SOURCE = "mail";

    static final String ALL_BOXES = SOURCE + ":all";

    /** A mail that was too large to be fetched: only its header was. */
    static final String HEADER_ONLY = "text/rfc822-headers";

    private static final String KEPT = "message";
    private static final Pattern RESULT = Pattern.compile("\\b(spf|dkim|dmarc)\\s*=\\s*([a-z]+)");

    private final MailSettings settings;
    private final MailThreads threads;
    private final MailTokens tokens;
    private final MailNotices notices;
    private final Complaints complaints;
    private final Customers customers;
    private final Receipts receipts;
    private final Files files;
    private final JdbcClient jdbc;
    private final InstantSource time;

    MailReader(
            MailSettings settings,
            MailThreads threads,
            MailTokens tokens,
            MailNotices notices,
            Complaints complaints,
            Customers customers,
            Receipts receipts,
            Files files,
            JdbcClient jdbc,
            InstantSource time) {
        this.settings = settings;
        this.threads = threads;
        this.tokens = tokens;
        this.notices = notices;
        this.complaints = complaints;
        this.customers = customers;
        this.receipts = receipts;
        this.files = files;
        this.jdbc = jdbc;
        this.time = time;
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public Reading read(InboxMessage message, InputStream raw) throws IOException {
        MailProperties properties = settings.get();
        if (message.mediaType().equals(HEADER_ONLY)) {
            ParsedMail head = MailParser.head(raw, properties.limits());
            return parked(
                    ParkReason.UNREADABLE,
                    message,
                    head,
                    "mail.too-large " + properties.largest().toMegabytes());
        }
        ParsedMail mail;
        try {
            mail = MailParser.read(
                    MailDelivery.mail(message, raw), properties.limits(), new FileParts(files, properties.largest()));
        } catch (Refused refused) {
            return Reading.Parks.because(ParkReason.UNREADABLE, null, refused.key());
        }
        AutoMail.Verdict verdict = AutoMail.of(mail, properties.own());
        return switch (verdict.kind()) {
            case AUTOMATIC -> parked(ParkReason.AUTOMATIC_REPLY, message, mail, verdict.sign());
            case LOOP -> parked(ParkReason.LOOP, message, mail, verdict.sign());
            case BOUNCE -> bounced(mail, verdict);
            case PERSON -> fromSomebody(message, mail, properties);
        };
    }

    private Reading fromSomebody(InboxMessage message, ParsedMail mail, MailProperties properties) {
        int recipients = mail.to().size() + mail.cc().size();
        if (recipients > properties.limits().recipients()) {
            return parked(ParkReason.SUSPICIOUS, message, mail, "recipients " + recipients);
        }
        String failed = failedAuthentication(mail.headers(), properties.authservId());
        if (failed != null) {
            return parked(ParkReason.SUSPICIOUS, message, mail, failed);
        }
        String id = mail.messageId();
        boolean isTaken = id != null
                && threads.received(List.of(id)).stream()
                        .anyMatch(other ->
                                !other.id().equals(message.id()) && other.id().compareTo(message.id()) < 0);
        if (isTaken) {
            return parked(ParkReason.SUSPICIOUS, message, mail, "Message-ID");
        }
        Address from = mail.from();
        String sender = from == null ? "" : from.key();
        if (AutoMail.soundsAutomatic(mail.subject()) && !sender.isEmpty() && notices.hasAnsweredLately(sender)) {
            return parked(ParkReason.AUTOMATIC_REPLY, message, mail, "Subject");
        }
        return about(message, mail, sender);
    }

    private Reading about(InboxMessage message, ParsedMail mail, String sender) {
        Optional<ComplaintNumber> named = named(mail);
        List<String> answers = mail.answers();
        if (named.isEmpty() && !answers.isEmpty()) {
            List<InboxMessage> before = threads.received(answers);
            named = before.stream()
                    .flatMap(each -> Optional.ofNullable(each.complaint()).stream())
                    .findFirst();
            if (named.isEmpty() && before.stream().anyMatch(each -> each.state() == InboxMessage.State.PARKED)) {
                return parked(ParkReason.UNCLEAR, message, mail, "In-Reply-To");
            }
        }
        if (named.isEmpty()) {
            named = tokens.written(mail.subject());
        }
        Optional<Complaint> about = named.flatMap(complaints::find);
        if (about.isEmpty()) {
            return new Reading.Opens(draft(message, mail).build(), acknowledged(mail));
        }
        Complaint complaint = about.get();
        if (!knows(complaint, sender)) {
            return parked(ParkReason.UNCLEAR, message, mail, complaint.number().readable());
        }
        QuotedText text = QuotedText.of(storable(mail.text()));
        String said =
                (StorableText.saysSomething(text.said()) ? text.said() : storable(mail.subject())) + refused(mail);
        return new Reading.Adds(
                complaint.number(), cut(said, Submission.LONGEST_CONTENT), attachments(mail), Alongside.NOTHING);
    }

    /** By our token, or by a mail of ours that it answers. */
    private Optional<ComplaintNumber> named(ParsedMail mail) {
        Optional<ComplaintNumber> named = tokens.find(mail.subject());
        if (named.isPresent()) {
            return named;
        }
        for (String header : List.of("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")) {
            for (Address address : mail.headers().addresses(header)) {
                named = tokens.find(address.address());
                if (named.isPresent()) {
                    return named;
                }
            }
        }
        List<String> answers = mail.answers();
        return answers.isEmpty() ? Optional.empty() : threads.sent(answers).map(MailThreads.Known::complaint);
    }

    private boolean knows(Complaint complaint, String sender) {
        if (sender.isEmpty()) {
            return false;
        }
        if (Personal.text(complaint.customer().email()).strip().equalsIgnoreCase(sender)) {
            return true;
        }
        return jdbc.sql("""
            select exists (select from mail.outgoing where complaint_id = :complaint and recipient_index = :index)
            """)
                .param("complaint", complaint.id())
                .param("index", threads.index(sender))
                .query(Boolean.class)
                .single();
    }

    private Alongside acknowledged(ParsedMail mail) {
        return (message, complaint, writes) -> {
            if (complaint != null) {
                notices.acknowledge(mail, complaint, writes);
            }
        };
    }

    /** The address is marked, and the owner of the complaint is told to find another way. */
    private Reading bounced(ParsedMail mail, AutoMail.Verdict verdict) {
        var ids = new ArrayList<>(mail.answers());
        mail.nested().forEach(inner -> {
            String id = inner.messageId();
            if (id != null) {
                ids.add(id);
            }
        });
        String status = mail.deliveryStatus();
        if (status != null) {
            ids.addAll(MailHeaders.of(status).ids("Message-ID"));
        }
        Matcher quoted =
                Pattern.compile("(?i)Message-ID:\\s*<([^<>\\s]{1,500})>").matcher(mail.text());
        while (quoted.find() && ids.size() < 20) {
            ids.add(quoted.group(1));
        }
        Optional<MailThreads.Known> ours = ids.isEmpty() ? Optional.empty() : threads.sent(ids);
        // Anybody can write a report: only one about a mail of ours, and about its recipient, is believed.
        List<AutoMail.Failed> believed = verdict.failed().stream()
                .filter(failed ->
                        ours.isPresent() && Arrays.equals(ours.get().recipientIndex(), threads.index(failed.address())))
                .toList();
        Instant now = time.instant();
        Alongside alongside = (kept, none, writes) -> {
            keepFiles(kept, mail, writes);
            for (AutoMail.Failed failed : believed) {
                if (failed.isForGood()) {
                    writes.add(
                            "insert into mail.bad_address (address_index, status, since) values (?, ?, ?) on conflict"
                                    + " do nothing",
                            threads.index(failed.address()),
                            failed.status(),
                            now);
                    customers.contactFailed(
                            IdentityKind.EMAIL,
                            failed.address(),
                            Objects.requireNonNullElse(failed.status(), "bounce"));
                    receipts.record(List.of(new Receipts.Receipt(
                            ours.orElseThrow().id().toString(), State.FAILED, now, failed.status())));
                }
                report(writes, ours.orElseThrow().complaint(), "BOUNCED", failed.address(), failed.status(), now);
            }
        };
        List<String> details = verdict.failed().stream()
                .map(failed -> failed.address() + (failed.status() == null ? "" : " " + failed.status()))
                .toList();
        return new Reading.Parks(ParkReason.BOUNCE, null, details, alongside);
    }

    static void report(
            Writes writes,
            ComplaintNumber complaint,
            String kind,
            String address,
            @Nullable String status,
            Instant now) {
        writes.add(
                "insert into mail.report (id, complaint_number, kind, masked, status, ready_at) values (?, ?, ?, ?, ?,"
                        + " ?)",
                Ids.next(),
                complaint.digits(),
                kind,
                Masks.email(address),
                status,
                now);
    }

    private Reading parked(ParkReason reason, InboxMessage message, ParsedMail mail, String detail) {
        // Files that nobody uses are deleted after hours, and the screener may come tomorrow.
        Alongside keeping = (kept, none, writes) -> keepFiles(kept, mail, writes);
        return new Reading.Parks(reason, draft(message, mail).build(), List.of(detail), keeping);
    }

    private void keepFiles(InboxMessage message, ParsedMail mail, Writes writes) {
        for (MailPart part : mail.parts()) {
            String hash = part.kept().sha256();
            if (hash != null) {
                files.use(writes, new FileUser(KEPT, message.id()), new FileHash(hash), part.name());
            }
        }
    }

    private Submission.Draft draft(InboxMessage message, ParsedMail mail) {
        QuotedText text = QuotedText.of(storable(mail.text()));
        String subject = storable(mail.subject());
        String said = StorableText.saysSomething(text.said()) ? text.said() : subject;
        String content = text.signature().isEmpty() ? said : said + "\n\n" + text.signature();
        Address from = mail.from();
        Instant now = time.instant();
        return Submission.through(
                        Submission.Door.MESSAGE, Objects.requireNonNullElse(message.businessLine(), ""), Channel.EMAIL)
                .title(subject.isBlank() ? null : cut(subject, Submission.LONGEST_TITLE))
                .content(cut(content + refused(mail), Submission.LONGEST_CONTENT))
                .customer(
                        from == null || from.name() == null
                                ? null
                                : cut(storable(from.name()), Submission.LONGEST_NAME),
                        null,
                        from != null && from.isReachable() ? storable(from.address()) : null)
                .receivedAt(message.receivedAt().isAfter(now) ? now : message.receivedAt())
                .attachments(attachments(mail));
    }

    private static List<Attachment> attachments(ParsedMail mail) {
        var attachments = new ArrayList<Attachment>();
        for (MailPart part : mail.parts()) {
            String hash = part.kept().sha256();
            boolean isNew = attachments.stream().noneMatch(each -> each.sha256().equals(hash));
            if (hash != null && isNew && attachments.size() < Submission.MOST_IN_A_MESSAGE) {
                attachments.add(new Attachment(
                        hash,
                        Personal.of(cut(storable(part.name()), 200)),
                        part.kept().mediaType(),
                        part.kept().size()));
            }
        }
        return attachments;
    }

    /** What did not come with the complaint, so that nobody looks for it in vain. */
    private String refused(ParsedMail mail) {
        var lines = new StringBuilder();
        Texts t = notices.texts(mail);
        for (MailPart part : mail.parts()) {
            if (part.kept().sha256() == null
                    && !"platform.file.empty".equals(part.kept().refusal())) {
                lines.append("\n\n").append(t.of("mail.file-not-kept", storable(part.name())));
            }
        }
        return lines.toString();
    }

    /** What our own server found out about the sender; null when it found nothing wrong. */
    static @Nullable String failedAuthentication(MailHeaders headers, @Nullable String ourServer) {
        if (ourServer == null || ourServer.isBlank()) {
            return null;
        }
        for (String body : headers.raw("Authentication-Results")) {
            String results = body.toLowerCase(Locale.ROOT);
            if (!HeaderText.value(results).split("\\s+", 2)[0].equals(ourServer.toLowerCase(Locale.ROOT))) {
                continue;
            }
            var said = new HashMap<String, String>();
            Matcher result = RESULT.matcher(results);
            while (result.find()) {
                // Of several signatures one good one is enough.
                said.merge(result.group(1), result.group(2), (a, b) -> a.equals("pass") ? a : b);
            }
            String dmarc = said.getOrDefault("dmarc", "none");
            if (dmarc.equals("pass")) {
                return null;
            }
            if (dmarc.equals("fail")) {
                return "dmarc=fail";
            }
            boolean isSigned = "pass".equals(said.get("dkim"));
            if ("fail".equals(said.get("spf")) && !isSigned) {
                return "spf=fail";
            }
            return "fail".equals(said.get("dkim")) && !"pass".equals(said.get("spf")) ? "dkim=fail" : null;
        }
        return null;
    }

    /** Without what a database cannot hold or a page should not show. */
    static String storable(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || (c >= ' ' && c != 127))
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
