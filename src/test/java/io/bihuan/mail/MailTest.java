package io.bihuan.mail;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Complaints;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.mail.ScriptedServer.Line;
import io.bihuan.platform.Ids;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** The whole application with mailboxes that each test brings itself. */
@BihuanTest(properties = {"bihuan.imports.enabled=false", "bihuan.alarms.enabled=false"})
@NullUnmarked
abstract class MailTest {
    static final String SERVICE = "service@example.cn";

    @Autowired
    MailSettings settings;

    @Autowired
    MailDelivery delivery;

    @Autowired
    MailThreads threads;

    @Autowired
    MailTokens tokens;

    @Autowired
    MailSending sending;

    @Autowired
    Mailboxes mailboxes;

    @Autowired
    Inbox inbox;

    @Autowired
    Complaints complaints;

    @Autowired
    InstantSource time;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void sayWhoWeAre() {
        settings.use(properties(List.of(), smtp(1)));
    }

    @AfterEach
    void forget() {
        settings.use(new MailProperties(List.of(), null, DataSize.ofMegabytes(35), null, 5, Duration.ofMinutes(1)));
        jdbc.sql("update mail.outgoing set state = 'FAILED' where state = 'WAITING'")
                .update();
    }

    static MailProperties properties(List<MailProperties.Box> boxes, MailProperties.Smtp smtp) {
        return new MailProperties(boxes, smtp, DataSize.ofMegabytes(2), "mx.example.cn", 5, Duration.ofSeconds(1));
    }

    /** Speaks SMTP; the answer to a command by its first word, else 250. */
    static ScriptedServer smtp(Answers answers) {
        return new ScriptedServer(line -> {
            line.write("220 test\r\n");
            for (String said = line.read(); said != null; said = line.read()) {
                String word = said.split("[ :]", -1)[0].toUpperCase(Locale.ROOT);
                if (!answers.answer(word, line)) {
                    line.write(word.equals("DATA") ? "354 go\r\n" : word.equals("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
                }
                if (word.equals("QUIT")) {
                    return;
                }
                if (word.equals("DATA")) {
                    for (String text = line.read(); text != null && !text.equals("."); text = line.read()) {
                        // the mail
                    }
                    if (!answers.answer("END", line)) {
                        line.write("250 taken\r\n");
                    }
                }
            }
        });
    }

    interface Answers {
        /** Whether it answered itself. */
        boolean answer(String word, Line line) throws IOException;
    }

    static MailProperties.Smtp smtp(int port) {
        return new MailProperties.Smtp(
                "127.0.0.1",
                port,
                MailProperties.Protection.NONE,
                null,
                null,
                null,
                SERVICE,
                "客户服务",
                Duration.ofSeconds(1),
                false);
    }

    static MailProperties.Box box(String address, int port) {
        return new MailProperties.Box(
                address,
                "127.0.0.1",
                port,
                MailProperties.Protection.NONE,
                address,
                "secret",
                null,
                List.of("INBOX"),
                null,
                List.of(),
                true,
                false);
    }

    static String unique() {
        return Ids.next().toString();
    }

    /** An address that no other test writes from. */
    static String somebody() {
        return "c" + unique() + "@example.com";
    }

    static String mail(String from, String subject, String text, String... headers) {
        return "From: 张三 <" + from + ">\r\nTo: " + SERVICE + "\r\nSubject: " + subject
                + "\r\nDate: Sun, 22 Nov 2026 10:00:00 +0800\r\n"
                + String.join(
                        "",
                        List.of(headers).stream().map(header -> header + "\r\n").toList())
                + "\r\n" + text + "\r\n";
    }

    Inbox.Receipt keep(String raw) {
        return keep(raw.getBytes(StandardCharsets.UTF_8));
    }

    Inbox.Receipt keep(byte[] raw) {
        try {
            return delivery.keep(new ByteArrayInputStream(raw), null, time.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InboxMessage read(String raw) {
        return read(keep(raw).id());
    }

    InboxMessage read(UUID id) {
        until("message " + id + " is read", () -> inbox.find(id).orElseThrow().state() != InboxMessage.State.NEW);
        return inbox.find(id).orElseThrow();
    }

    Complaint complaint(InboxMessage message) {
        return complaints.find(message.complaint()).orElseThrow();
    }

    long outgoing(String address) {
        return jdbc.sql("select count(*) from mail.outgoing where recipient_index = :index")
                .param("index", threads.index(address))
                .query(Long.class)
                .single();
    }

    boolean hasNote(Complaint complaint, String part) {
        return complaints.history(complaint.number(), 0, 100).stream()
                .anyMatch(event -> event.event() instanceof ComplaintEvent.Noted note
                        && String.valueOf(note.text().value()).contains(part));
    }

    static void until(String what, BooleanSupplier isSo) {
        Instant end = Instant.ofEpochMilli(System.currentTimeMillis()).plusSeconds(60);
        while (!isSo.getAsBoolean()) {
            if (System.currentTimeMillis() > end.toEpochMilli()) {
                throw new AssertionError("not within a minute: " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
