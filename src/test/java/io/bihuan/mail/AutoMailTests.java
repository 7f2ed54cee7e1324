package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.mail.AutoMail.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines are told from people by what they write in their headers, and reports of failed mails are understood. */
@NullUnmarked
@SuppressWarnings("StringConcatToTextBlock") // lines of mails, as they travel
class AutoMailTests {
    private static final Set<String> OWN = Set.of("service@example.cn");

    private static ParsedMail mail(String text) {
        try {
            return MailParser.read(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), MailLimits.USUAL, new KeptFiles());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AutoMail.Verdict of(String headers) {
        return AutoMail.of(mail(headers + "\n\n空调不制冷。"), OWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-replied",
                "Auto-Submitted: auto-generated; owner-email=\"x@example.com\"",
                "X-Auto-Response-Suppress: All",
                "X-Auto-Response-Suppress: DR, OOF, AutoReply",
                "Precedence: bulk",
                "Precedence: list",
                "Precedence: auto_reply",
                "List-Id: <news.example.com>",
                "X-Autoreply: yes",
                "X-Autorespond: vacation",
                "Return-Path: <>",
                "Content-Type: multipart/report; report-type=disposition-notification; boundary=x"
            })
    void whatAMachineWroteIsSeen(String header) {
        assertThat(of("From: a@example.com\n" + header).kind()).isEqualTo(Kind.AUTOMATIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: no",
                "Precedence: normal",
                "Return-Path: <a@example.com>",
                "X-Auto-Response-Suppress: DR",
                "Subject: 自动回复一直打不开"
            })
    void whatAPersonWroteIsAPersons(String header) {
        assertThat(of("From: a@example.com\n" + header).kind()).isEqualTo(Kind.PERSON);
    }

    @Test
    void ourOwnMailThatComesBackIsALoop() {
        assertThat(of("From: Service@Example.CN").kind()).isEqualTo(Kind.LOOP);
        assertThat(of("From: a@example.com\nX-Bihuan-Mail: 1").kind()).isEqualTo(Kind.LOOP);
        assertThat(of("Received: x\n".repeat(51) + "From: a@example.com").kind())
                .isEqualTo(Kind.LOOP);
        assertThat(of("Received: x\n".repeat(50) + "From: a@example.com").kind())
                .isEqualTo(Kind.PERSON);
    }

    @Test
    void aDeliveryReportNamesWhoWasNotReachedAndWhy() {
        var verdict = AutoMail.of(mail("""
            Return-Path: <>
            From: MAILER-DAEMON@mx.example.com
            Subject: Undelivered Mail Returned to Sender
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: text/plain

            I am sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.com

            Final-Recipient: rfc822; Nobody@Example.com
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 User unknown

            Final-Recipient: rfc822; full@example.com
            Action: failed
            Status: 4.2.2

            Final-Recipient: rfc822; fine@example.com
            Action: delivered
            Status: 2.0.0
            --b
            Content-Type: message/rfc822

            Message-ID: <ours@example.cn>
            Subject: hello
            --b--
            """), OWN);
        assertThat(verdict.kind()).isEqualTo(Kind.BOUNCE);
        assertThat(verdict.failed())
                .containsExactly(
                        new AutoMail.Failed("nobody@example.com", "5.1.1"),
                        new AutoMail.Failed("full@example.com", "4.2.2"));
        assertThat(verdict.failed()).extracting(AutoMail.Failed::isForGood).containsExactly(true, false);
    }

    @Test
    void aDelayIsNoFailure() {
        var verdict = AutoMail.of(mail("""
            From: MAILER-DAEMON@mx.example.com
            Subject: Delayed Mail
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.com

            Final-Recipient: rfc822; slow@example.com
            Action: delayed
            Status: 4.4.1
            --b--
            """), OWN);
        assertThat(verdict.kind()).isEqualTo(Kind.AUTOMATIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // qmail
                "From: MAILER-DAEMON@mail.example.com\n"
                        + "Subject: failure notice\n\n"
                        + "Hi. This is the qmail-send program.\n"
                        + "<gone@example.com>:\n"
                        + "Sorry, no mailbox here by that name. (#5.1.1)\n\n"
                        + "--- Below this line is a copy of the message.\n\n"
                        + "Return-Path: <service@example.cn>\n"
                        + "To: other@example.com\n",
                // Exchange
                "Return-Path: <>\n"
                        + "From: postmaster@example.com\n"
                        + "Subject: Undeliverable: 您的投诉\n\n"
                        + "gone@example.com\n"
                        + "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found\n\n"
                        + "Original message headers:\n"
                        + "To: gone@example.com\n",
                // Exim
                "From: Mail Delivery System <Mailer-Daemon@example.com>\n"
                        + "X-Failed-Recipients: gone@example.com\n"
                        + "Subject: Mail delivery failed: returning message to sender\n\n"
                        + "  gone@example.com\n"
                        + "    Unrouteable address\n",
                // a Chinese provider
                "Return-Path: <>\n"
                        + "From: postmaster@example.com\n"
                        + "Subject: 系统退信/Systems bounce\n\n"
                        + "很抱歉，您的邮件被退回来了。收件人 gone@example.com 不存在 550 User not found\n"
            })
    void reportsInWordsAreUnderstood(String text) {
        var verdict = AutoMail.of(mail(text), OWN);
        assertThat(verdict.kind()).isEqualTo(Kind.BOUNCE);
        assertThat(verdict.failed()).extracting(AutoMail.Failed::address).containsExactly("gone@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"自动回复：您的投诉", "Automatic reply: x", "Out of Office: x", "自动回复 外出中"})
    void someSubjectsSoundAutomatic(String subject) {
        assertThat(AutoMail.soundsAutomatic(subject)).isTrue();
        assertThat(AutoMail.soundsAutomatic("Re: " + subject)).isFalse();
    }

    @Test
    void onlyOurOwnServersWordAboutASenderIsTaken() {
        String results =
                "Authentication-Results: mx.example.cn; spf=fail smtp.mailfrom=a; dkim=none; dmarc=fail header.from=a";
        assertThat(MailReader.failedAuthentication(MailHeaders.of(results), "mx.example.cn"))
                .isEqualTo("dmarc=fail");
        assertThat(MailReader.failedAuthentication(MailHeaders.of(results), "other.example"))
                .isNull();
        assertThat(MailReader.failedAuthentication(MailHeaders.of(results), null))
                .isNull();
        String good = "Authentication-Results: mx.example.cn; spf=softfail; dkim=fail; dkim=pass; dmarc=pass";
        assertThat(MailReader.failedAuthentication(MailHeaders.of(good), "mx.example.cn"))
                .isNull();
        // What stands below our server's line came with the mail.
        assertThat(MailReader.failedAuthentication(MailHeaders.of(good + "\n" + results), "mx.example.cn"))
                .isNull();
    }
}
