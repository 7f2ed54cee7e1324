package io.bihuan.mail;

import io.bihuan.complaint.Command;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.intake.SourceStates;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.platform.WhenServing;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.web.Bundles;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends what waits, on every node at once, each mail by one node. A server that is away or busy is asked again later; one that says no
 * for good ends it, and the owner of the complaint is told. After an unknown outcome the mail goes out again under the same Message-ID,
 * by which receivers know it.
 */
@Component
@WhenServing
class MailSending implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(MailSending.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    /** Longer than all waits with a server together. */
    static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
    /** About two days. */
    private static final int MOST_ATTEMPTS = 18;

    private static final int LONGEST_ERROR = 300;
    private static final String ACKNOWLEDGED = "ACKNOWLEDGED";

    private record Waiting(
            UUID id,
            @Nullable ComplaintNumber complaint,
            boolean isAcknowledgement,
            String messageId,
            OutgoingMail mail,
            int attempts) {}

    private record Report(
            UUID id,
            ComplaintNumber complaint,
            String kind,
            String masked,
            @Nullable String status) {}

    private final MailSettings settings;
    private final MailThreads threads;
    private final AccessTokens tokens;
    private final SourceStates sources;
    private final Complaints complaints;
    private final Bundles bundles;
    private final Keys keys;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final InstantSource time;
    private volatile boolean isRunning;
    private volatile List<Thread> loops = List.of();

    MailSending(
            MailSettings settings,
            MailThreads threads,
            AccessTokens tokens,
            SourceStates sources,
            Complaints complaints,
            Bundles bundles,
            Keys keys,
            JdbcClient jdbc,
            DataSource database,
            PlatformTransactionManager transactions,
            InstantSource time) {
        this.settings = settings;
        this.threads = threads;
        this.tokens = tokens;
        this.sources = sources;
        this.complaints = complaints;
        this.bundles = bundles;
        this.keys = keys;
        this.jdbc = jdbc;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.time = time;
    }

    @Override
    public void start() {
        isRunning = true;
        var reports = Thread.ofVirtual().name("mail-reports").start(() -> keep(this::reportOne));
        // A server that hangs must not keep the reports.
        loops = settings.get().smtp() == null
                ? List.of(reports)
                : List.of(reports, Thread.ofVirtual().name("mail-sending").start(() -> keep(this::sendOne)));
    }

    @Override
    public void stop() {
        isRunning = false;
        for (Thread loop : loops) {
            try {
                loop.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    private interface Step {
        boolean isDone();
    }

    private void keep(Step step) {
        boolean isAway = false;
        while (isRunning) {
            boolean hasWorked = false;
            try {
                hasWorked = step.isDone();
                isAway = false;
            } catch (RuntimeException | Error e) {
                if (isRunning && !isAway) {
                    isAway = true;
                    log.warn("The sending of mails stands still and goes on as soon as it can: {}", e.toString());
                }
            }
            try {
                if (!hasWorked) {
                    Thread.sleep(Duration.ofSeconds(1));
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Sends the next one that is due; false when there is none, or no server to send by. */
    boolean sendOne() {
        MailProperties.Smtp smtp = settings.get().smtp();
        if (smtp == null) {
            return false;
        }
        Optional<Waiting> claimed = claim();
        claimed.ifPresent(waiting -> send(waiting, smtp));
        return claimed.isPresent();
    }

    private Optional<Waiting> claim() {
        Instant now = time.instant();
        return jdbc.sql("""
            update mail.outgoing set attempts = attempts + 1, ready_at = :until
            where id = (select id from mail.outgoing where state = 'WAITING' and ready_at <= :now
                        order by ready_at, id limit 1 for update skip locked)
            returning *
            """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    String complaint = row.getString("complaint_number");
                    String content = keys.unwrap(Objects.requireNonNull(row.getBytes("data_key")))
                            .decrypt(Objects.requireNonNull(row.getBytes("content")));
                    return new Waiting(
                            row.getObject("id", UUID.class),
                            complaint == null ? null : new ComplaintNumber(complaint),
                            "ACKNOWLEDGEMENT".equals(row.getString("kind")),
                            row.getString("message_id"),
                            JSON.readValue(content, OutgoingMail.class),
                            row.getInt("attempts"));
                })
                .optional();
    }

    private void send(Waiting waiting, MailProperties.Smtp smtp) {
        try {
            transmit(waiting, smtp);
            sent(waiting);
            sources.working(source(smtp));
        } catch (MessagingException | IOException e) {
            if (e instanceof AuthenticationFailedException && smtp.oauth() != null) {
                tokens.forget(smtp.oauth());
            }
            String answer = answer(e);
            if (isRefused(e) || waiting.attempts() >= MOST_ATTEMPTS) {
                fail(waiting, answer, isRefused(e));
            } else {
                later(waiting, answer);
                sources.failing(source(smtp), answer);
            }
        }
    }

    private void sent(Waiting waiting) {
        Instant now = time.instant();
        transaction.executeWithoutResult(status -> {
            int sent = jdbc.sql("""
                update mail.outgoing set state = 'SENT', sent_at = :now, error = null
                where id = :id and state = 'WAITING'
                """)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("id", waiting.id())
                    .update();
            if (sent == 1 && waiting.isAcknowledgement() && waiting.complaint() != null) {
                var writes = new Writes();
                MailReader.report(
                        writes,
                        waiting.complaint(),
                        ACKNOWLEDGED,
                        waiting.mail().to(),
                        null,
                        now);
                writes.send(database);
            }
        });
    }

    private static String source(MailProperties.Smtp smtp) {
        return "mail-out:" + smtp.from();
    }

    private void transmit(Waiting waiting, MailProperties.Smtp smtp) throws MessagingException, IOException {
        var properties = MailServer.properties(
                "smtp", smtp.protection(), smtp.timeout(), smtp.oauth() != null, smtp.trustsAnyCertificate());
        boolean signsIn = smtp.password() != null || smtp.oauth() != null;
        properties.setProperty("mail.smtp.auth", String.valueOf(signsIn));
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport("smtp")) {
            String user = smtp.username() == null ? smtp.from() : smtp.username();
            transport.connect(
                    smtp.host(),
                    smtp.port(),
                    signsIn ? user : null,
                    MailServer.secret(tokens, smtp.password(), smtp.oauth()));
            Message message = message(session, waiting, smtp);
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private Message message(Session session, Waiting waiting, MailProperties.Smtp smtp)
            throws MessagingException, IOException {
        OutgoingMail mail = waiting.mail();
        var message = new SMTPMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + waiting.messageId() + ">");
            }
        };
        // Nobody may answer it by machine, and a report of it must not be reported.
        message.setEnvelopeFrom("<>");
        message.setFrom(new InternetAddress(smtp.from(), smtp.fromName(), StandardCharsets.UTF_8.name()));
        message.setRecipients(Message.RecipientType.TO, new Address[] {new InternetAddress(mail.to())});
        if (mail.replyTo() != null) {
            message.setReplyTo(new Address[] {new InternetAddress(mail.replyTo())});
        }
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(time.instant()));
        message.setHeader("Auto-Submitted", "auto-replied");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader(AutoMail.OUR_MARK, waiting.id().toString());
        if (mail.inReplyTo() != null) {
            message.setHeader("In-Reply-To", "<" + mail.inReplyTo() + ">");
        }
        if (!mail.references().isEmpty()) {
            message.setHeader("References", "<" + String.join(">\r\n <", mail.references()) + ">");
        }
        message.setText(mail.text(), StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    private static String answer(Exception e) {
        Throwable cause = e;
        while (cause instanceof SendFailedException failed && failed.getNextException() != null) {
            cause = failed.getNextException();
        }
        String text = String.valueOf(cause.getMessage())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return text.substring(0, Math.min(text.length(), LONGEST_ERROR));
    }

    private static boolean isRefused(Exception e) {
        for (Throwable each = e;
                each != null;
                each = each instanceof MessagingException m ? m.getNextException() : null) {
            int code =
                    switch (each) {
                        case SMTPAddressFailedException address -> address.getReturnCode();
                        case SMTPSendFailedException sending -> sending.getReturnCode();
                        case SMTPSenderFailedException sender -> sender.getReturnCode();
                        default -> 0;
                    };
            if (code >= 500 && code < 600) {
                return true;
            }
        }
        return e instanceof jakarta.mail.internet.AddressException;
    }

    private void later(Waiting waiting, String answer) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(waiting.attempts() - 1, 10));
        log.info("Mail {} is sent later: {}", waiting.id(), answer);
        jdbc.sql("update mail.outgoing set ready_at = :at, error = :error where id = :id and state = 'WAITING'")
                .param(
                        "at",
                        time.instant()
                                .plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)
                                .atOffset(ZoneOffset.UTC))
                .param("error", answer)
                .param("id", waiting.id())
                .update();
    }

    private void fail(Waiting waiting, String answer, boolean isRefused) {
        log.warn("Mail {} is not sent: {}", waiting.id(), answer);
        Instant now = time.instant();
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            writes.addOne(
                    "update mail.outgoing set state = 'FAILED', error = ? where id = ? and state = 'WAITING'",
                    answer,
                    waiting.id());
            if (isRefused && answer.matches("(?s).*\\b(5\\.1\\.[0-9]+|550)\\b.*")) {
                writes.add(
                        "insert into mail.bad_address (address_index, status, since) values (?, ?, ?) on conflict do"
                                + " nothing",
                        threads.index(waiting.mail().to()),
                        "5.1.1",
                        now);
            }
            if (waiting.complaint() != null) {
                MailReader.report(
                        writes, waiting.complaint(), "NOT_SENT", waiting.mail().to(), code(answer), now);
            }
            writes.send(database);
        });
    }

    private static String code(String answer) {
        return answer.matches("[45]\\d\\d.*") ? answer.substring(0, 3) : "-";
    }

    /** Tells the owner of the next complaint whose mail did not arrive; false when there is none. */
    boolean reportOne() {
        Instant now = time.instant();
        Optional<Report> claimed = jdbc.sql("""
            update mail.report set attempts = attempts + 1, ready_at = :until
            where id = (select id from mail.report where done_at is null and ready_at <= :now
                        order by ready_at, id limit 1 for update skip locked)
            returning *
            """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", now.plus(LEASE).atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Report(
                        row.getObject("id", UUID.class),
                        new ComplaintNumber(row.getString("complaint_number")),
                        row.getString("kind"),
                        row.getString("masked"),
                        row.getString("status")))
                .optional();
        claimed.ifPresent(this::tell);
        return claimed.isPresent();
    }

    private void tell(Report report) {
        complete(report, report.kind().equals(ACKNOWLEDGED) ? new Command.Acknowledge(Contact.EMAIL) : note(report));
    }

    private Command note(Report report) {
        String key = report.kind().equals("BOUNCED") ? "mail.note.bounced" : "mail.note.not-sent";
        String text = bundles.in(Locale.SIMPLIFIED_CHINESE)
                .of(key, report.masked(), report.status() == null ? "-" : report.status());
        return new Command.Note(text, List.of());
    }

    private void complete(Report report, Command command) {
        try {
            complaints.perform(
                    report.complaint(),
                    null,
                    command,
                    Actor.SYSTEM,
                    (complaint, writes) -> writes.addOne(
                            "update mail.report set done_at = ? where id = ? and done_at is null",
                            time.instant(),
                            report.id()));
        } catch (Refused refused) {
            // Nobody works on it any more.
            log.info("Nothing is noted on complaint {}: {}", report.complaint(), refused.key());
            jdbc.sql("update mail.report set done_at = :now where id = :id")
                    .param("now", time.instant().atOffset(ZoneOffset.UTC))
                    .param("id", report.id())
                    .update();
        }
    }
}
