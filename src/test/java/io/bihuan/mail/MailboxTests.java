package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.ParkReason;
import io.bihuan.intake.SourceStates;
import io.bihuan.privacy.Personal;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Mailboxes are read to the end, once, over connections that break. */
@NullUnmarked
class MailboxTests extends MailTest {
    @Autowired
    SourceStates sources;

    private GreenMail server;

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP).dynamicPort());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static String deliver(GreenMailUser user, String subject, String... headers) {
        return deliverRaw(user, mail(somebody(), subject, unique(), headers));
    }

    private static String deliverRaw(GreenMailUser user, String raw) {
        try {
            user.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
            return raw;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private long kept(String subject) {
        return jdbc
                .sql("select id from intake.message where source = 'mail:all' order by id desc limit 500")
                .query(UUID.class)
                .list()
                .stream()
                .map(id -> read(id))
                .filter(message -> message.complaint() != null)
                .filter(message ->
                        subject.equals(Personal.text(complaint(message).title())))
                .count();
    }

    @Test
    void whatIsInTheBoxIsKeptOnceHoweverOftenItIsRead() throws Exception {
        String address = somebody();
        GreenMailUser user = server.setUser(address, address, "secret");
        String subject = unique();
        deliver(user, subject);
        deliver(user, subject);
        Mailbox mailbox = mailboxes.open(box(address, server.getImap().getPort()));
        mailbox.readOnce();
        mailbox.readOnce();
        assertThat(kept(subject)).isEqualTo(2);
        deliver(user, subject);
        mailbox.readOnce();
        assertThat(kept(subject)).isEqualTo(3);
        // As if the server had counted anew: all is looked at again, and known.
        jdbc.sql("update mail.folder set uid_validity = uid_validity + 1 where box = :box")
                .param("box", address)
                .update();
        mailbox.readOnce();
        assertThat(kept(subject)).isEqualTo(3);
        assertThat(sources.all())
                .anyMatch(source ->
                        source.source().equals("mail:" + address) && source.word() == SourceStates.Word.WORKING);
    }

    @Test
    void aMailInTwoBoxesIsOne() throws Exception {
        String one = somebody();
        String other = somebody();
        String subject = unique();
        String raw = deliver(server.setUser(one, one, "secret"), subject, "Message-ID: <" + unique() + "@x>");
        deliverRaw(server.setUser(other, other, "secret"), raw);
        mailboxes.open(box(one, server.getImap().getPort())).readOnce();
        mailboxes.open(box(other, server.getImap().getPort())).readOnce();
        assertThat(kept(subject)).isEqualTo(1);
    }

    @Test
    void whatArrivesLaterIsReadWithoutAsking() throws Exception {
        String address = somebody();
        GreenMailUser user = server.setUser(address, address, "secret");
        Mailbox mailbox = mailboxes.open(box(address, server.getImap().getPort()));
        Thread reading = Thread.ofVirtual().start(mailbox::keepReading);
        try {
            for (int i = 0; i < 2; i++) {
                // What comes between opening a box and waiting for it GreenMail does not tell.
                until("the box is waited for", () -> isWaiting(reading));
                String subject = unique();
                deliver(user, subject);
                until("the mail is there", () -> kept(subject) == 1);
            }
        } finally {
            mailbox.stop();
            server.stop();
            reading.join(Duration.ofSeconds(20));
        }
        assertThat(reading.isAlive()).isFalse();
    }

    private static boolean isWaiting(Thread reading) {
        return Arrays.stream(reading.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("readIdleResponse"));
    }

    @Test
    void aBoxThatCannotBeOpenedSaysSoAndHoldsUpNoOther() throws Exception {
        String address = somebody();
        Mailbox closed = mailboxes.open(box(address, server.getImap().getPort()));
        Thread reading = Thread.ofVirtual().start(closed::keepReading);
        until(
                "the page of channels says it",
                () -> sources.all().stream()
                        .anyMatch(source -> source.source().equals("mail:" + address)
                                && source.word() == SourceStates.Word.FAILING));
        closed.stop();
        reading.join();
    }

    /** Speaks as much IMAP as the reader asks for. */
    private static final class ScriptedImap {
        private static final Pattern RANGE = Pattern.compile("<(\\d+)\\.(\\d+)>");
        final List<String> mails = new ArrayList<>();
        final AtomicInteger fetched = new AtomicInteger();
        /** After how many downloads in all the connection is dropped in mid-message; each number once. */
        final List<Integer> drops = new ArrayList<>();
        /** A mail at which the connection is always lost. */
        int poison = -1;
        /** A mail that is said to be of ten bytes. */
        int understated = -1;
        /** A mail that is left out where several are asked for. */
        int omitted = -1;

        boolean refusesSeveral;

        final List<String> signIns = new ArrayList<>();

        ScriptedServer start() {
            return new ScriptedServer(this::serve);
        }

        private void serve(ScriptedServer.Line line) throws IOException {
            line.write("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR] test\r\n");
            for (String said = line.read(); said != null; said = line.read()) {
                String tag = said.split(" ", -1)[0];
                String command = said.substring(tag.length() + 1);
                String upper = command.toUpperCase(Locale.ROOT);
                if (upper.startsWith("CAPABILITY")) {
                    line.write("* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR\r\n");
                } else if (upper.startsWith("AUTHENTICATE") || upper.startsWith("LOGIN")) {
                    signIns.add(command);
                } else if (upper.startsWith("LIST")) {
                    line.write("* LIST () \"/\" INBOX\r\n");
                } else if (upper.startsWith("EXAMINE")) {
                    line.write(
                            "* " + mails.size() + " EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT "
                                    + (mails.size() + 1) + "] ok\r\n* FLAGS ()\r\n");
                } else if (upper.startsWith("UID FETCH") && upper.contains("BODY")) {
                    if (refusesSeveral) {
                        line.write(tag + " NO one at a time\r\n");
                        continue;
                    }
                    for (String uid : upper.split(" ", -1)[2].split(",", -1)) {
                        if (Integer.parseInt(uid) != omitted && !body(line, Integer.parseInt(uid), upper)) {
                            return;
                        }
                    }
                } else if (upper.startsWith("UID FETCH")) {
                    int from = Integer.parseInt(upper.split(" ", -1)[2].split(":", -1)[0]);
                    for (int i = Math.min(from, mails.size()); i <= mails.size(); i++) {
                        line.write("* " + i + " FETCH (UID " + i + ")\r\n");
                    }
                } else if (upper.startsWith("FETCH") && upper.contains("BODY")) {
                    if (!body(line, Integer.parseInt(upper.split(" ", -1)[1]), upper)) {
                        return;
                    }
                } else if (upper.startsWith("FETCH")) {
                    for (int i = 1; i <= mails.size(); i++) {
                        line.write("* " + i + " FETCH (UID " + i + " RFC822.SIZE "
                                + (i == understated ? 10 : mails.get(i - 1).length())
                                + " INTERNALDATE \"22-Nov-2026 10:00:00 +0800\")\r\n");
                    }
                } else if (upper.startsWith("LOGOUT")) {
                    line.write("* BYE\r\n" + tag + " OK\r\n");
                    return;
                }
                line.write(tag + " OK done\r\n");
            }
        }

        private boolean body(ScriptedServer.Line line, int number, String command) throws IOException {
            Matcher range = RANGE.matcher(command);
            assertThat(range.find()).as("no mail is asked for without a bound").isTrue();
            String mail = mails.get(number - 1);
            int from = Integer.parseInt(range.group(1));
            int length = from > mail.length() ? 0 : Math.min(mail.length() - from, Integer.parseInt(range.group(2)));
            String head = "* " + number + " FETCH (UID " + number + " BODY[]<" + from + "> {" + length + "}\r\n";
            int count = fetched.incrementAndGet();
            if (number == poison || drops.removeIf(drop -> drop == count)) {
                line.write(head + mail.substring(from, from + length / 2));
                line.drop();
                return false;
            }
            line.write(head + mail.substring(from, from + length) + ")\r\n");
            return true;
        }
    }

    private static String plain(String subject) {
        return plain(subject, 2_000);
    }

    private static String plain(String subject, int length) {
        return "From: a <" + somebody() + ">\r\nSubject: " + subject
                + "\r\nDate: Sun, 22 Nov 2026 10:00:00 +0800\r\n\r\n" + unique() + "\r\n" + "x".repeat(length) + "\r\n";
    }

    @Test
    void aConnectionThatBreaksInTheMiddleOfAMailLosesAndDoublesNothing() throws Exception {
        String subject = unique();
        var imap = new ScriptedImap();
        for (int i = 0; i < 12; i++) {
            imap.mails.add(plain(subject));
        }
        // The first in the midst of several that were asked for together.
        imap.drops.addAll(List.of(5, 7, 8, 13, 18));
        String address = somebody();
        try (ScriptedServer scripted = imap.start()) {
            Mailbox mailbox = mailboxes.open(box(address, scripted.port()));
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(mailbox::readOnce).isInstanceOf(Exception.class);
            }
            mailbox.readOnce();
            mailbox.readOnce();
        }
        assertThat(kept(subject)).isEqualTo(12);
    }

    private List<String> titles(String beginning) {
        return jdbc
                .sql("select id from intake.message where source = 'mail:all' order by id desc limit 100")
                .query(UUID.class)
                .list()
                .reversed()
                .stream()
                .map(this::read)
                .filter(message -> message.complaint() != null)
                .map(message -> Personal.text(complaint(message).title()))
                .filter(title -> title.startsWith(beginning))
                .toList();
    }

    private static long bodies(ScriptedServer server) {
        return server.heard().stream().filter(line -> line.contains("BODY")).count();
    }

    @Test
    void smallMailsAreFetchedTwentyAtATimeInTheirOrder() throws Exception {
        String beginning = unique();
        var imap = new ScriptedImap();
        var sent = new ArrayList<String>();
        for (int i = 0; i < 45; i++) {
            sent.add(beginning + " " + i);
            imap.mails.add(plain(sent.getLast()));
        }
        String address = somebody();
        try (ScriptedServer scripted = imap.start()) {
            Mailbox mailbox = mailboxes.open(box(address, scripted.port()));
            mailbox.readOnce();
            assertThat(bodies(scripted)).isEqualTo(3);
            mailbox.readOnce();
            assertThat(bodies(scripted)).as("nothing is fetched again").isEqualTo(3);
            // As if the process had died before it wrote down how far it was.
            jdbc.sql("update mail.folder set last_uid = 31 where box = :box")
                    .param("box", address)
                    .update();
            mailbox.readOnce();
            assertThat(bodies(scripted)).isEqualTo(4);
        }
        assertThat(titles(beginning)).isEqualTo(sent);
    }

    @Test
    void whatIsLargeOrMissingAmongSeveralIsFetchedAloneAndKeptWhole() throws Exception {
        String beginning = unique();
        var imap = new ScriptedImap();
        var sent = new ArrayList<String>();
        for (int length : new int[] {10, 20, 300_000, 30, 100_000, 40, 50, 60}) {
            sent.add(beginning + " " + length);
            imap.mails.add(plain(sent.getLast(), length));
        }
        imap.understated = 5;
        imap.omitted = 7;
        String address = somebody();
        try (ScriptedServer scripted = imap.start()) {
            mailboxes.open(box(address, scripted.port())).readOnce();
            // 1 and 2; 3 in two pieces; 4 to 8; 5; 7.
            assertThat(bodies(scripted)).isEqualTo(6);
        }
        assertThat(titles(beginning)).isEqualTo(sent);
    }

    @Test
    void aServerThatGivesNotSeveralIsReadOneByOne() throws Exception {
        String beginning = unique();
        var imap = new ScriptedImap();
        imap.refusesSeveral = true;
        imap.mails.addAll(List.of(plain(beginning + " 1"), plain(beginning + " 2"), plain(beginning + " 3")));
        String address = somebody();
        try (ScriptedServer scripted = imap.start()) {
            mailboxes.open(box(address, scripted.port())).readOnce();
        }
        assertThat(titles(beginning)).containsExactly(beginning + " 1", beginning + " 2", beginning + " 3");
    }

    @Test
    void aMailThatAlwaysBreaksTheConnectionIsSetAsideAndTheNextOnesAreRead() throws Exception {
        String subject = unique();
        var imap = new ScriptedImap();
        imap.mails.addAll(List.of(plain(subject), plain(subject), plain(subject)));
        imap.poison = 2;
        String address = somebody();
        try (ScriptedServer scripted = imap.start()) {
            Mailbox mailbox = mailboxes.open(box(address, scripted.port()));
            // Once with the others, which are not to blame, and three times alone.
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(mailbox::readOnce).isInstanceOf(Exception.class);
            }
            mailbox.readOnce();
        }
        assertThat(kept(subject)).isEqualTo(2);
        InboxMessage aside = jdbc
                .sql("select id from intake.message where source = 'mail:all' order by id desc limit 20")
                .query(UUID.class)
                .list()
                .stream()
                .map(this::read)
                .filter(message -> message.reason() == ParkReason.UNREADABLE)
                .findFirst()
                .orElseThrow();
        assertThat(aside.draft().title()).isEqualTo("UID 2");
    }

    @Test
    void aTokenOfTheProviderSignsIn() throws Exception {
        var asked = new AtomicInteger();
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/token", exchange -> {
            asked.incrementAndGet();
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = (form.contains("refresh_token=r%2B1")
                            ? "{\"access_token\":\"t1\",\"expires_in\":3600}"
                            : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        provider.start();
        var imap = new ScriptedImap();
        String subject = unique();
        imap.mails.add(plain(subject));
        String address = somebody();
        try (ScriptedServer scripted = imap.start()) {
            var oauth = new MailProperties.Oauth(
                    URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/token"),
                    "client",
                    "s",
                    "r+1",
                    null);
            var box = new MailProperties.Box(
                    address,
                    "127.0.0.1",
                    scripted.port(),
                    MailProperties.Protection.NONE,
                    null,
                    null,
                    oauth,
                    List.of("INBOX"),
                    null,
                    List.of(),
                    false,
                    false);
            Mailbox mailbox = mailboxes.open(box);
            mailbox.readOnce();
            mailbox.readOnce();
        } finally {
            provider.stop(0);
        }
        assertThat(kept(subject)).isEqualTo(1);
        assertThat(asked).hasValue(1);
        assertThat(imap.signIns).hasSize(2);
        String sent = imap.signIns.getFirst();
        assertThat(new String(
                        Base64.getDecoder().decode(sent.substring(sent.lastIndexOf(' ') + 1)), StandardCharsets.UTF_8))
                .isEqualTo("user=" + address + "\u0001auth=Bearer t1\u0001\u0001");
    }
}
