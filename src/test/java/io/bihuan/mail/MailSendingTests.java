package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.bihuan.complaint.Complaint;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.SourceStates;
import io.bihuan.mail.ScriptedServer.Line;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What waits is sent once, whatever the server says, and what cannot be sent is seen. */
class MailSendingTests extends MailTest {
    @Autowired
    SourceStates sources;

    private record Out(String state, int attempts, String error) {}

    private Out outgoing(Complaint complaint) {
        return jdbc.sql("select state, attempts, error from mail.outgoing where complaint_id = :id")
                .param("id", complaint.id())
                .query((row, number) -> new Out(row.getString(1), row.getInt(2), row.getString(3)))
                .single();
    }

    private void makeDue() {
        jdbc.sql("update mail.outgoing set ready_at = :now where state = 'WAITING'")
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void sendAll() {
        makeDue();
        while (sending.sendOne()) {
            // until nothing is due
        }
    }

    private static GreenMail server() {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        server.start();
        return server;
    }

    @Test
    void theAcknowledgementSaysItIsAutomaticAndHasTheNumber() throws Exception {
        GreenMail server = server();
        try {
            settings.use(properties(List.of(), smtp(server.getSmtp().getPort())));
            String from = somebody();
            String id = unique() + "@example.com";
            Complaint complaint = complaint(read(mail(from, "空调", "不制冷", "Message-ID: <" + id + ">")));
            sendAll();
            assertThat(outgoing(complaint).state()).isEqualTo("SENT");
            MimeMessage[] received = server.getReceivedMessages();
            assertThat(received).hasSize(1);
            MimeMessage mail = received[0];
            assertThat(mail.getRecipients(Message.RecipientType.TO)[0].toString()).isEqualTo(from);
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-replied");
            assertThat(mail.getHeader("Return-Path")).containsExactly("<>");
            assertThat(mail.getHeader("In-Reply-To")).containsExactly("<" + id + ">");
            assertThat(mail.getHeader("References")).containsExactly("<" + id + ">");
            assertThat(mail.getSubject())
                    .contains(complaint.number().readable())
                    .contains(tokens.of(complaint.number()));
            assertThat(mail.getContent().toString())
                    .contains(complaint.number().readable(), "空调")
                    .contains("\n");
        } finally {
            server.stop();
        }
    }

    @Test
    void twoMachinesThatAnswerEachOtherStopAfterOneRound() throws Exception {
        GreenMail server = server();
        try {
            settings.use(properties(List.of(), smtp(server.getSmtp().getPort())));
            String from = somebody();
            Complaint complaint = complaint(read(mail(from, "外出期间的投诉", unique())));
            for (int round = 0; round < 5; round++) {
                sendAll();
                for (MimeMessage ours : server.getReceivedMessages()) {
                    // A machine without manners: it answers everything, under our subject, and marks nothing.
                    InboxMessage answer = read(mail(
                            from,
                            "Re: " + ours.getSubject(),
                            "我不在 " + unique(),
                            "In-Reply-To: " + ours.getMessageID()));
                    assertThat(answer.complaint()).isEqualTo(complaint.number());
                }
                server.purgeEmailFromAllMailboxes();
            }
            assertThat(outgoing(from)).isEqualTo(1);
        } finally {
            server.stop();
        }
    }

    /** Speaks SMTP; the answer to a command by its first word, else 250. */
    private static ScriptedServer smtp(Answers answers) {
        return new ScriptedServer(line -> {
            line.write("220 test\r\n");
            for (String said = line.read(); said != null; said = line.read()) {
                String word = said.split("[ :]")[0].toUpperCase(Locale.ROOT);
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

    private interface Answers {
        /** Whether it answered itself. */
        boolean answer(String word, Line line) throws IOException;
    }

    private static boolean say(Line line, String text) throws IOException {
        line.write(text + "\r\n");
        return true;
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() {
        var asked = new AtomicInteger();
        try (ScriptedServer server =
                smtp((word, line) -> word.equals("RCPT") && asked.incrementAndGet() == 1 && say(line, "451 4.3.0 later"))) {
            settings.use(properties(List.of(), smtp(server.port())));
            Complaint complaint = complaint(read(mail(somebody(), "x", unique())));
            sendAll();
            assertThat(outgoing(complaint).state()).isEqualTo("WAITING");
            assertThat(outgoing(complaint).error()).contains("451");
            assertThat(sources.all())
                    .anyMatch(source -> source.source().equals("mail-out:" + SERVICE)
                            && source.word() == SourceStates.Word.FAILING);
            sendAll();
            assertThat(outgoing(complaint)).isEqualTo(new Out("SENT", 2, null));
            assertThat(sources.all())
                    .anyMatch(source -> source.source().equals("mail-out:" + SERVICE)
                            && source.word() == SourceStates.Word.WORKING);
        }
    }

    @Test
    void aServerThatSaysNoForGoodEndsItAndTheOwnerIsTold() {
        try (ScriptedServer server = smtp((word, line) -> word.equals("RCPT") && say(line, "550 5.1.1 no such user"))) {
            settings.use(properties(List.of(), smtp(server.port())));
            String from = somebody();
            Complaint complaint = complaint(read(mail(from, "x", unique())));
            sendAll();
            assertThat(outgoing(complaint).state()).isEqualTo("FAILED");
            assertThat(threads.isBad(from)).isTrue();
            until("the owner is told", () -> hasNote(complaint, "550"));
        }
    }

    @Test
    void aServerThatHangsHoldsUpNothingForLong() {
        try (ScriptedServer server = smtp((word, line) -> {
            if (word.equals("MAIL")) {
                line.read();
            }
            return word.equals("MAIL");
        })) {
            settings.use(properties(List.of(), smtp(server.port())));
            Complaint complaint = complaint(read(mail(somebody(), "x", unique())));
            sendAll();
            assertThat(outgoing(complaint).state()).isEqualTo("WAITING");
            assertThat(outgoing(complaint).attempts()).isEqualTo(1);
            // Meanwhile mail is read as ever.
            assertThat(read(mail(somebody(), "y", unique())).state()).isEqualTo(InboxMessage.State.OPENED);
        }
    }

    @Test
    void afterAnUnknownOutcomeItGoesOutUnderTheSameId() {
        var taken = new AtomicInteger();
        try (ScriptedServer server = smtp((word, line) -> {
            if (word.equals("END") && taken.incrementAndGet() == 1) {
                line.drop();
                return true;
            }
            return false;
        })) {
            settings.use(properties(List.of(), smtp(server.port())));
            Complaint complaint = complaint(read(mail(somebody(), "x", unique())));
            sendAll();
            assertThat(outgoing(complaint).state()).isEqualTo("WAITING");
            sendAll();
            assertThat(outgoing(complaint).state()).isEqualTo("SENT");
            List<String> ids = server.heard().stream()
                    .filter(line -> line.startsWith("Message-ID:"))
                    .toList();
            assertThat(ids).hasSize(2);
            assertThat(ids.get(0)).isEqualTo(ids.get(1));
        }
    }
}
