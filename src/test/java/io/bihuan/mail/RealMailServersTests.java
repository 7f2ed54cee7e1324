package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.Complaint;
import io.bihuan.mail.MailProperties.Protection;
import io.bihuan.privacy.Personal;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** A round through Postfix and Dovecot as they come from Debian: private instances in a folder of their own, on ports of their own. */
@NullUnmarked
class RealMailServersTests extends MailTest {
    private static final Path DOVECOT = Path.of("/usr/sbin/dovecot");
    private static final Path POSTFIX = Path.of("/usr/sbin/postfix");
    private static final String CUSTOMER = "zhang@example.com";

    private static Path folder;
    private static Process dovecot;
    private static int imapPort;
    private static int smtpPort;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(DOVECOT) && Files.isExecutable(POSTFIX), "no Dovecot or no Postfix");
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "mail servers want to be started by root");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "no openssl to make a certificate");
        folder = Files.createTempDirectory(Path.of("/tmp"), "mail-servers");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        imapPort = freePort();
        smtpPort = freePort();
        Files.createDirectories(folder.resolve("mail"));
        run("chown", "nobody", folder.resolve("mail").toString());
        startDovecot();
        startPostfix();
        until("Dovecot answers", () -> answers(imapPort));
        until("Postfix answers", () -> answers(smtpPort));
    }

    private static void startDovecot() throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("cert.pem").toString());
        String settings = """
            protocols = imap
            listen = 127.0.0.1
            base_dir = %1$s/run
            log_path = %1$s/dovecot.log
            ssl = yes
            ssl_cert = <%1$s/cert.pem
            ssl_key = <%1$s/key.pem
            mail_location = maildir:%1$s/mail/%%u
            passdb {
              driver = static
              args = password=secret
            }
            userdb {
              driver = static
              args = uid=nobody gid=nogroup home=%1$s/mail/%%u
            }
            service imap-login {
              inet_listener imap {
                address = 127.0.0.1
                port = %2$d
              }
              inet_listener imaps {
                port = 0
              }
            }
            """.formatted(folder, imapPort);
        Path file = Files.writeString(folder.resolve("dovecot.conf"), settings);
        dovecot = new ProcessBuilder(DOVECOT.toString(), "-F", "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dovecot.out").toFile())
                .start();
    }

    private static void startPostfix() throws Exception {
        Path config = Files.createDirectories(folder.resolve("postfix"));
        Path queue = Files.createDirectories(folder.resolve("queue"));
        Path data = Files.createDirectories(folder.resolve("data"));
        run("chown", "postfix", data.toString());
        Files.writeString(config.resolve("boxes"), SERVICE + " " + SERVICE + "/\n" + CUSTOMER + " " + CUSTOMER + "/\n");
        Files.writeString(config.resolve("main.cf"), """
            compatibility_level = 3.6
            queue_directory = %1$s
            data_directory = %2$s
            maillog_file = %3$s/postfix.log
            maillog_file_prefixes = %3$s
            myhostname = mx.example.cn
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            virtual_mailbox_domains = example.cn, example.com
            virtual_mailbox_base = %3$s/mail
            virtual_mailbox_maps = texthash:%4$s/boxes
            virtual_uid_maps = static:65534
            virtual_gid_maps = static:65534
            smtpd_recipient_restrictions = permit_mynetworks, reject
            smtpd_peername_lookup = no
            """.formatted(queue, data, folder, config));
        Files.writeString(config.resolve("master.cf"), """
            127.0.0.1:%d inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            proxywrite unix - - n - 1 proxymap
            smtp unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            local unix - n n - - local
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """.formatted(smtpPort));
        run(POSTFIX.toString(), "-c", config.toString(), "start");
    }

    @AfterAll
    static void stop() throws Exception {
        if (folder == null) {
            return;
        }
        if (dovecot != null) {
            dovecot.destroy();
            if (!dovecot.waitFor(10, TimeUnit.SECONDS)) {
                dovecot.destroyForcibly().waitFor();
            }
        }
        run(POSTFIX.toString(), "-c", folder.resolve("postfix").toString(), "stop");
        try (var walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("commands.out").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s ends", List.of(command))
                .isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", List.of(command), Files.readString(folder.resolve("commands.out")))
                .isZero();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static MailProperties.Box box(String address) {
        return new MailProperties.Box(
                address,
                "127.0.0.1",
                imapPort,
                Protection.STARTTLS,
                null,
                "secret",
                null,
                List.of("INBOX"),
                null,
                List.of(),
                false,
                true);
    }

    private void useServers() {
        settings.use(new MailProperties(
                List.of(box(SERVICE)), smtp(smtpPort), DataSize.ofMegabytes(10), null, 50, Duration.ofSeconds(1)));
    }

    /** As a customer's program does. */
    private static void send(String from, String raw) throws Exception {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(smtpPort));
        properties.setProperty("mail.smtp.from", from);
        var message = new MimeMessage(
                Session.getInstance(properties), new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
        Transport.send(message, new InternetAddress[] {new InternetAddress(SERVICE)});
    }

    private static List<ParsedMail> delivered(String address) {
        Path box = folder.resolve("mail").resolve(address).resolve("new");
        var mails = new ArrayList<ParsedMail>();
        if (!Files.isDirectory(box)) {
            return mails;
        }
        try (var list = Files.list(box)) {
            for (Path file : list.toList()) {
                try (var in = Files.newInputStream(file)) {
                    mails.add(MailParser.read(in, MailLimits.USUAL, new KeptFiles()));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return mails;
    }

    /** When it does not come, the servers say why. */
    private static void untilServed(String what, BooleanSupplier isSo) throws IOException {
        try {
            until(what, isSo);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + Files.readString(folder.resolve("postfix.log")) + "\n"
                    + Files.readString(folder.resolve("dovecot.log")));
        }
    }

    private long read(Mailbox mailbox, String subject) {
        try {
            mailbox.readOnce();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return complaintsAbout(subject).size();
    }

    private List<Complaint> complaintsAbout(String subject) {
        return jdbc
                .sql("select id from intake.message where source = 'mail:all' order by id desc limit 300")
                .query(UUID.class)
                .list()
                .stream()
                .map(this::read)
                .filter(message -> message.complaint() != null)
                .map(this::complaint)
                .filter(complaint -> subject.equals(Personal.text(complaint.title())))
                .toList();
    }

    @Test
    void aMailGoesInAndItsAcknowledgementGoesOut() throws Exception {
        useServers();
        Mailbox mailbox = mailboxes.open(box(SERVICE));
        String subject = unique();
        send(CUSTOMER, mail(CUSTOMER, subject, "不制冷", "Message-ID: <" + unique() + "@example.com>"));
        untilServed("the mail is read", () -> read(mailbox, subject) == 1);
        while (sending.sendOne()) {
            // until nothing is due
        }
        Complaint complaint = complaintsAbout(subject).getFirst();
        untilServed(
                "the acknowledgement is in the customer's box",
                () -> delivered(CUSTOMER).stream()
                        .anyMatch(mail ->
                                mail.subject().contains(complaint.number().readable())));
        ParsedMail ours = delivered(CUSTOMER).stream()
                .filter(mail -> mail.subject().contains(complaint.number().readable()))
                .findFirst()
                .orElseThrow();
        assertThat(ours.headers().text("Return-Path")).isEqualTo("<>");
        assertThat(ours.headers().text("Auto-Submitted")).isEqualTo("auto-replied");
        assertThat(ours.text()).contains(complaint.number().readable());
    }

    @Test
    void whatArrivesIsAnnouncedByTheServer() throws Exception {
        useServers();
        Mailbox mailbox = mailboxes.open(box(SERVICE));
        Thread reading = Thread.ofVirtual().start(mailbox::keepReading);
        try {
            for (int i = 0; i < 2; i++) {
                String subject = unique();
                send(CUSTOMER, mail(CUSTOMER, subject, "不制冷"));
                untilServed("the mail is read", () -> complaintsAbout(subject).size() == 1);
            }
        } finally {
            mailbox.stop();
            reading.join(Duration.ofSeconds(60));
        }
    }

    @Test
    void whoDoesNotExistIsRefusedAndTheOwnerIsTold() throws Exception {
        useServers();
        String nobody = somebody();
        Complaint complaint = complaint(read(mail(nobody, "x", unique())));
        while (sending.sendOne()) {
            // until nothing is due
        }
        assertThat(threads.isBad(nobody)).isTrue();
        until("the owner is told", () -> hasNote(complaint, "550"));
    }

    @Test
    void allAwkwardMailsAreFetchedFromARealServer() throws Exception {
        Map<String, byte[]> mails = AwkwardMails.all();
        useServers();
        String address = "awkward@example.cn";
        Path box = folder.resolve("mail").resolve(address);
        for (String part : List.of("new", "cur", "tmp")) {
            Files.createDirectories(box.resolve(part));
        }
        int number = 0;
        for (byte[] raw : mails.values()) {
            Files.write(box.resolve("new").resolve("1000000000." + number++ + ".test"), raw);
        }
        run("chown", "-R", "nobody", box.toString());
        mailboxes.open(box(address)).readOnce();
        assertThat(jdbc.sql("select last_uid from mail.folder where box = :box")
                        .param("box", address)
                        .query(Long.class)
                        .single())
                .isEqualTo(mails.size());
    }
}
