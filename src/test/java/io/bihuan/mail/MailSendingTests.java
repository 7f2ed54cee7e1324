package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.SourceStates;
import io.bihuan.mail.ScriptedServer.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What waits is sent once, whatever the server says, and what cannot be sent is seen. */
@NullUnmarked
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

    /** The mails that a server took. */
    private static List<ParsedMail> taken(ScriptedServer server) {
        var mails = new ArrayList<ParsedMail>();
        StringBuilder mail = null;
        for (String line : server.heard()) {
            if (line.equals("DATA")) {
                mail = new StringBuilder();
            } else if (mail != null && line.equals(".")) {
                mails.add(parsed(mail.toString()));
                mail = null;
            } else if (mail != null) {
                mail.append(line).append("\r\n");
            }
        }
        return mails;
    }

    private static ParsedMail parsed(String raw) {
        try {
            return MailParser.read(
                    new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)), MailLimits.USUAL, new KeptFiles());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theAcknowledgementSaysItIsAutomaticAndHasTheNumber() {
        try (ScriptedServer server = smtp((word, line) -> false)) {
            settings.use(properties(List.of(), smtp(server.port())));
            String from = somebody();
            String id = unique() + "@example.com";
            Complaint complaint = complaint(read(mail(from, "空调", "不制冷", "Message-ID: <" + id + ">")));
            sendAll();
            assertThat(outgoing(complaint).state()).isEqualTo("SENT");
            assertThat(server.heard()).anyMatch(line -> line.startsWith("MAIL FROM:<>"));
            assertThat(taken(server)).hasSize(1);
            ParsedMail mail = taken(server).getFirst();
            assertThat(mail.from()).isEqualTo(new Address("客户服务", SERVICE));
            assertThat(mail.to()).containsExactly(new Address(null, from));
            assertThat(mail.headers().text("Auto-Submitted")).isEqualTo("auto-replied");
            assertThat(mail.headers().ids("In-Reply-To")).containsExactly(id);
            assertThat(mail.headers().ids("References")).containsExactly(id);
            assertThat(mail.subject()).contains(complaint.number().readable(), tokens.of(complaint.number()));
            assertThat(mail.text()).contains(complaint.number().readable(), "空调", "\n\n");
            assertThat(AutoMail.of(mail, Set.of()).kind()).isEqualTo(AutoMail.Kind.LOOP);
        }
    }

    @Test
    void theClockOfTheAcknowledgementEndsWhenItHasLeft() {
        try (ScriptedServer server = smtp((word, line) -> false)) {
            settings.use(properties(List.of(), smtp(server.port())));
            Complaint complaint = complaint(read(mail(somebody(), "空调", "不制冷 " + unique())));
            reportAll();
            assertThat(isAcknowledgementAwaited(complaint)).isTrue();
            sendAll();
            assertThat(outgoing(complaint).state()).isEqualTo("SENT");
            // The loop of the application may be reporting it just now.
            until("it is acknowledged", () -> {
                reportAll();
                return !isAcknowledgementAwaited(complaint);
            });
            assertThat(complaints.history(complaint.number(), 0, 50))
                    .filteredOn(event -> event.event() instanceof ComplaintEvent.Acknowledged)
                    .hasSize(1);
        }
    }

    private void reportAll() {
        while (sending.reportOne()) {
            // until there is nothing
        }
    }

    private boolean isAcknowledgementAwaited(Complaint complaint) {
        return complaints.dossier(complaint.number(), Integer.MAX_VALUE, 10).orElseThrow().clocks().stream()
                .anyMatch(clock -> clock.name().equals("acknowledge") && clock.isOpen());
    }

    @Test
    void twoMachinesThatAnswerEachOtherStopAfterOneRound() {
        try (ScriptedServer server = smtp((word, line) -> false)) {
            settings.use(properties(List.of(), smtp(server.port())));
            String from = somebody();
            Complaint complaint = complaint(read(mail(from, "外出期间的投诉", unique())));
            int answered = 0;
            for (int round = 0; round < 5; round++) {
                sendAll();
                List<ParsedMail> sent = taken(server);
                for (ParsedMail ours : sent.subList(answered, sent.size())) {
                    // A machine without manners: it answers everything, under our subject, and marks nothing.
                    InboxMessage answer = read(mail(
                            from,
                            "Re: " + ours.subject(),
                            "我不在 " + unique(),
                            "In-Reply-To: <" + ours.messageId() + ">"));
                    assertThat(answer.complaint()).isEqualTo(complaint.number());
                }
                answered = sent.size();
            }
            assertThat(answered).isEqualTo(1);
            assertThat(outgoing(from)).isEqualTo(1);
        }
    }

    private static boolean say(Line line, String text) throws IOException {
        line.write(text + "\r\n");
        return true;
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() {
        var asked = new AtomicInteger();
        try (ScriptedServer server = smtp(
                (word, line) -> word.equals("RCPT") && asked.incrementAndGet() == 1 && say(line, "451 4.3.0 later"))) {
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
