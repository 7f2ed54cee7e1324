package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.web.DeskPeople;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.intake.ChannelDuties;
import io.bihuan.intake.Decisions;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxMessage.State;
import io.bihuan.intake.Intake;
import io.bihuan.intake.ParkReason;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Personal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A mail opens a complaint, adds to one, or waits for a person; and whoever wrote it is told once. */
@NullUnmarked
class MailReaderTests extends MailTest {
    @Autowired
    MailNotices notices;

    @Autowired
    ChannelDuties duties;

    @Autowired
    Decisions decisions;

    @Autowired
    Intake intake;

    @Autowired
    Staff staff;

    @Autowired
    DataSource database;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void aMailBecomesAComplaintWithItsFilesAndIsAcknowledged() {
        String from = somebody();
        InboxMessage message = read("From: =?utf-8?B?5byg5LiJ?= <" + from + ">\r\nTo: " + SERVICE + "\r\n"
                + "Message-ID: <" + unique() + "@example.com>\r\n"
                + "Subject: =?utf-8?B?56m66LCD5LiN5Yi25Ya3?=\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
                + "买了三天就坏了。\r\n\r\n"
                + "-- \r\n"
                + "张三 13800000000\r\n"
                + "--b\r\n"
                + "Content-Type: text/plain; name=a.txt\r\n"
                + "Content-Disposition: attachment\r\n\r\n" + unique() + "\r\n--b--\r\n");
        assertThat(message.state()).isEqualTo(State.OPENED);
        Complaint complaint = complaint(message);
        assertThat(complaint.channel()).isEqualTo(Channel.EMAIL);
        assertThat(complaint.title()).isEqualTo(Personal.of("空调不制冷"));
        assertThat(complaint.content()).isEqualTo(Personal.of("买了三天就坏了。\n\n-- \n张三 13800000000"));
        assertThat(complaint.customer().name()).isEqualTo(Personal.of("张三"));
        assertThat(Personal.text(complaint.customer().email())).isEqualTo(from);
        assertThat(attachments(complaint)).containsExactly("a.txt");
        assertThat(outgoing(from)).isEqualTo(1);
        // Read again, as after a crash between the two: one acknowledgement a sender and complaint.
        inTransaction(writes -> notices.acknowledge(message, complaint, writes));
        assertThat(outgoing(from)).isEqualTo(1);
    }

    @Test
    void aMailThatIsScreenedFirstIsAcknowledgedWhenItIsTakenUp() {
        duties.set(new ChannelDuties.ChannelDuty(Channel.EMAIL, null, null, null, true));
        try {
            String from = somebody();
            InboxMessage message = read(mail(from, "空调不制冷", "买了三天就坏了。"));
            assertThat(message.reason()).isEqualTo(ParkReason.SCREEN_FIRST);
            assertThat(outgoing(from)).isZero();

            UUID screener = DeskPeople.person(staff, "周敏", null, Role.AGENT).id();
            Complaint complaint = intake.register(
                    message.draft(),
                    Actor.staff(screener),
                    (registered, writes) ->
                            decisions.opening(message.id(), screener).accept(registered, writes));
            assertThat(outgoing(from)).isEqualTo(1);
            assertThat(inbox.find(message.id()).orElseThrow().complaint()).isEqualTo(complaint.number());
        } finally {
            duties.set(new ChannelDuties.ChannelDuty(Channel.EMAIL, null, null, null, false));
        }
    }

    private List<String> attachments(Complaint complaint) {
        return complaints.history(complaint.number(), 0, 10).stream()
                .flatMap(event -> event.event() instanceof ComplaintEvent.Registered registered
                        ? registered.attachments().stream()
                        : List.<Attachment>of().stream())
                .map(attachment -> Personal.text(attachment.name()))
                .toList();
    }

    private void inTransaction(Consumer<Writes> step) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            var writes = new Writes();
            step.accept(writes);
            writes.send(database);
        });
    }

    private String sentId(Complaint complaint) {
        return jdbc.sql("select message_id from mail.outgoing where complaint_id = :id")
                .param("id", complaint.id())
                .query(String.class)
                .single();
    }

    @Test
    void anAnswerGoesToItsComplaintByThreadByTokenAndByAddress() {
        String from = somebody();
        String first = unique() + "@example.com";
        Complaint complaint = complaint(read(mail(from, "冰箱异响", "响个不停", "Message-ID: <" + first + ">")));
        String token = tokens.of(complaint.number());

        List<String> answers = List.of(
                mail(from, "Re: 冰箱异响", "补充一\n\n> 我们已收到", "In-Reply-To: <" + sentId(complaint) + ">"),
                mail(from, "补充", "补充二", "In-Reply-To: <" + first + ">"),
                mail(from, "回复：[" + token + "]", "补充三"),
                mail(from, "补充", "补充四", "Delivered-To: service+" + token + "@example.cn"),
                mail(from, "投诉 " + complaint.number().readable(), "补充五"));
        for (String answer : answers) {
            InboxMessage message = read(answer);
            assertThat(message.state()).as(answer).isEqualTo(State.ADDED);
            assertThat(message.complaint()).isEqualTo(complaint.number());
        }
        assertThat(complaints.history(complaint.number(), 0, 50).stream()
                        .filter(event -> event.event() instanceof ComplaintEvent.InformationAdded)
                        .map(event -> Personal.text(((ComplaintEvent.InformationAdded) event.event()).text())))
                .containsExactly("补充一", "补充二", "补充三", "补充四", "补充五");
        assertThat(outgoing(from)).isEqualTo(1);
    }

    @Test
    void aStrangerAddsNothingToAComplaint() {
        Complaint complaint = complaint(read(mail(somebody(), "电视黑屏", "刚买")));
        for (String subject : List.of(
                "[" + tokens.of(complaint.number()) + "]", complaint.number().digits())) {
            InboxMessage message = read(mail(somebody(), subject, "请改成退款到我的账户"));
            assertThat(message.state()).isEqualTo(State.PARKED);
            assertThat(message.reason()).isEqualTo(ParkReason.UNCLEAR);
            assertThat(message.draft().content()).isEqualTo("请改成退款到我的账户");
        }
        String wrong = complaint.number().digits() + "-aaaaaaaa";
        assertThat(tokens.find(wrong)).isEmpty();
    }

    @Test
    void theSameMailInTwoBoxesIsOneAndAnotherUnderItsIdIsLookedAt() {
        String from = somebody();
        String id = "Message-ID: <" + unique() + "@example.com>";
        String mail = mail(from, "洗衣机漏水", "地板湿了", id);
        UUID first =
                keep("Received: by a\r\nDelivered-To: a@example.cn\r\n" + mail).id();
        assertThat(keep("Received: by b\r\nDelivered-To: b@example.cn\r\n" + mail)
                        .id())
                .isEqualTo(first);
        assertThat(keep(mail.replace("\r\n", "\n")).id()).isEqualTo(first);
        assertThat(read(first).state()).isEqualTo(State.OPENED);

        InboxMessage forged = read(mail(from, "洗衣机漏水", "请退款到另一个账户", id));
        assertThat(forged.id()).isNotEqualTo(first);
        assertThat(forged.state()).isEqualTo(State.PARKED);
        assertThat(forged.reason()).isEqualTo(ParkReason.SUSPICIOUS);
    }

    @Test
    void automaticMailOpensNothingAndIsNotAnswered() {
        String from = somebody();
        InboxMessage message = read(mail(from, "自动回复", "我在休假", "Auto-Submitted: auto-replied"));
        assertThat(message.reason()).isEqualTo(ParkReason.AUTOMATIC_REPLY);
        assertThat(message.reason().needsAnswer()).isFalse();
        assertThat(outgoing(from)).isZero();
        assertThat(read(mail(SERVICE, "x", unique())).reason()).isEqualTo(ParkReason.LOOP);
    }

    @Test
    void aBounceMarksTheAddressAndAsksTheOwnerForAnotherWay() {
        String from = somebody();
        Complaint complaint = complaint(read(mail(from, "热水器", "没有热水")));
        String report = """
            Return-Path: <>
            From: MAILER-DAEMON@example.com
            Subject: Undelivered Mail
            X-Test: %s
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx

            Final-Recipient: rfc822; %s
            Action: failed
            Status: 5.1.1
            --b
            Content-Type: text/rfc822-headers

            Message-ID: <%s>
            --b--
            """;
        // About somebody else, or about a mail that we never sent: kept, but not believed.
        read(report.formatted(unique(), somebody(), sentId(complaint)));
        read(report.formatted(unique(), from, "other@example.cn"));
        assertThat(threads.isBad(from)).isFalse();

        InboxMessage bounce = read(report.formatted(unique(), from, sentId(complaint)));
        assertThat(bounce.reason()).isEqualTo(ParkReason.BOUNCE);
        assertThat(threads.isBad(from)).isTrue();
        until("the owner is told", () -> hasNote(complaint, "5.1.1"));
        assertThat(hasNote(complaint, from)).isFalse();
        read(mail(from, "又一个投诉", "还是坏的"));
        assertThat(outgoing(from)).isEqualTo(1);
    }

    @Test
    void whatMayBeAForgeryWaits() {
        String forged = "Authentication-Results: mx.example.cn; spf=fail; dkim=none; dmarc=fail";
        assertThat(read(mail(somebody(), "x", unique(), forged)).reason()).isEqualTo(ParkReason.SUSPICIOUS);
        var many = new StringBuilder("Cc: a0@example.com");
        for (int i = 1; i < 10_000; i++) {
            many.append(",\r\n a").append(i).append("@example.com");
        }
        assertThat(read(mail(somebody(), "x", unique(), many.toString())).reason())
                .isEqualTo(ParkReason.SUSPICIOUS);
    }

    @Test
    void aBombIsKeptAndWaitsForAPerson() {
        InboxMessage deep = read("Subject: " + unique() + "\nContent-Type: multipart/mixed; boundary=b0\n\n"
                + "--b0\nContent-Type: multipart/mixed; boundary=b0\n\n".repeat(5_000));
        assertThat(deep.state()).isEqualTo(State.PARKED);
        assertThat(deep.reason()).isEqualTo(ParkReason.UNREADABLE);
        assertThat(deep.arguments()).containsExactly("mail.too-deep");
    }

    @Test
    void ofATooLargeMailTheHeaderWaits() throws IOException {
        String from = somebody();
        String head = mail(from, "大附件", "", "Message-ID: <" + unique() + "@x>");
        var endless = new InputStream() {
            private final byte[] start = head.getBytes(StandardCharsets.UTF_8);
            private long at;

            @Override
            public int read() {
                return at < start.length ? start[(int) at++] & 0xff : at++ < 1L << 30 ? 'A' : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    int c = read();
                    if (c < 0) {
                        return i == 0 ? -1 : i;
                    }
                    target[offset + i] = (byte) c;
                }
                return length;
            }
        };
        InboxMessage message = read(delivery.keep(endless, null, time.instant()).id());
        assertThat(message.reason()).isEqualTo(ParkReason.UNREADABLE);
        assertThat(message.draft().title()).isEqualTo("大附件");
        assertThat(message.draft().customerEmail()).isEqualTo(from);
        assertThat(endless.at).isLessThan(4L << 20);
    }

    @Test
    void aMailOfSomeMegabytesIsKeptWholeAndRead() {
        String raw = mail(somebody(), "日志", "A".repeat(76) + "\r\n" + "日志 ".repeat(120_000));
        InboxMessage message = read(raw);
        assertThat(message.state()).isEqualTo(State.OPENED);
        assertThat(message.size()).isEqualTo(raw.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void aMailThatIsAWebPageIsKeptToo() {
        InboxMessage message = read("<html><body>" + unique() + "</body></html>" + "x".repeat(300_000));
        assertThat(message.state()).isNotEqualTo(State.NEW);
    }

    @Test
    void aSecondAnswerOfADumbMachineStopsTheRound() {
        String from = somebody();
        assertThat(read(mail(from, "自动回复: 您的邮件已收到", unique())).state()).isEqualTo(State.OPENED);
        assertThat(outgoing(from)).isEqualTo(1);
        // It answers our acknowledgement: without any header, and without a word of ours in it.
        InboxMessage second = read(mail(from, "自动回复: 您的邮件已收到", unique()));
        assertThat(second.reason()).isEqualTo(ParkReason.AUTOMATIC_REPLY);
        assertThat(outgoing(from)).isEqualTo(1);
    }

    @Test
    void oneAddressGetsNoMoreThanAFewMailsADay() {
        String from = somebody();
        for (int i = 0; i < 8; i++) {
            assertThat(read(mail(from, "投诉 " + i, unique())).state()).isEqualTo(State.OPENED);
        }
        assertThat(outgoing(from)).isEqualTo(5);
    }

    @Test
    void theSenderOfAParkedMailCanBeAnswered() {
        String from = somebody();
        InboxMessage parked = read(mail(from, "x", unique(), "Authentication-Results: mx.example.cn; dmarc=fail"));
        inTransaction(
                writes -> assertThat(notices.reply(parked, "不予受理", writes)).isTrue());
        assertThat(outgoing(from)).isEqualTo(1);
        InboxMessage automatic = read(mail(somebody(), "x", unique(), "Precedence: bulk"));
        inTransaction(
                writes -> assertThat(notices.reply(automatic, "不予受理", writes)).isFalse());
    }

    /** Ten times from four threads, as when a mailbox is moved and read by several nodes. */
    @Test
    void replayingAllAwkwardMailsChangesNothing() throws Exception {
        Map<String, byte[]> mails = AwkwardMails.all();
        var first = new HashMap<String, UUID>();
        var complaintsOf = new TreeMap<String, String>();
        mails.forEach((name, raw) -> first.put(name, keep(raw).id()));
        mails.keySet().forEach(name -> {
            InboxMessage message = read(first.get(name));
            assertThat(message.reason()).as(name).isNotEqualTo(ParkReason.FAILED);
            complaintsOf.put(name, message.state() + " " + message.complaint());
        });
        try (var threads = Executors.newFixedThreadPool(4)) {
            var again = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 10; i++) {
                again.add(() -> {
                    mails.forEach((name, raw) -> {
                        var receipt = keep(raw);
                        assertThat(receipt.id()).as(name).isEqualTo(first.get(name));
                        assertThat(receipt.isNew()).as(name).isFalse();
                    });
                    return null;
                });
            }
            for (Future<Void> each : threads.invokeAll(again)) {
                each.get();
            }
        }
        mails.keySet().forEach(name -> {
            InboxMessage message = inbox.find(first.get(name)).orElseThrow();
            assertThat(message.state() + " " + message.complaint()).isEqualTo(complaintsOf.get(name));
        });
    }
}
