package io.bihuan.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person wrote a mail, by the rules of RFC 3834 and the habits of mail programs: nobody answers automatic mail, and mail
 * that we sent ourselves opens nothing.
 */
final class AutoMail {
    /** Marks what this installation sends. */
    static final String OUR_MARK = "X-Bihuan-Mail";

    private static final int MOST_HOPS = 50;
    private static final int MOST_FAILED = 20;

    enum Kind {
        PERSON,
        /** An answer, a list or a machine. */
        AUTOMATIC,
        /** A mail of ours did not arrive. */
        BOUNCE,
        /** A mail of ours that came back to us. */
        LOOP
    }

    /** @param status of RFC 3463, such as 5.1.1; null when the report names none */
    record Failed(String address, @Nullable String status) {
        /** Whether there is no use in sending there again. */
        boolean isForGood() {
            return status == null || status.startsWith("5");
        }
    }

    /** @param sign the header or text that gave it away */
    record Verdict(Kind kind, String sign, List<Failed> failed) {
        static Verdict of(Kind kind, String sign) {
            return new Verdict(kind, sign, List.of());
        }
    }

    private static final Pattern AUTOMATIC_SUBJECT = Pattern.compile(
            "^\\s*(自动回复|自動回覆|自动答复|自动应答|外出|不在办公室|休假|Auto(matic)?[ -]?(Reply|Response|Antwort)|AutoReply|Out of (the"
                    + " )?Office|Automatische Antwort|Réponse automatique)\\b?.*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    private static final Pattern BOUNCED_SUBJECT = Pattern.compile(
            ".*(undeliver|delivery (status|failure|has failed|problem)|mail delivery failed|returned mail|failure"
                    + " notice|delivery notification|退信|无法投递|無法投遞|无法送达|未送达|投递失败|未能投递|邮件发送失败).*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    private static final Pattern DAEMON = Pattern.compile(
            "(mailer-daemon|mail-daemon|mdaemon|postmaster|mailerdaemon|microsoftexchange[0-9a-f]+)(@.*)?");
    private static final Pattern ADDRESS = Pattern.compile("[\\w.+%=/-]{1,64}@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern STATUS = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final Pattern REPLY = Pattern.compile("\\b(5[0-5]\\d)[ -]");
    private static final Pattern INCLUDED = Pattern.compile(
            "(?im)^(?:-{2,}.{0,40}(?:copy of the message|original message|原邮件).*|Return-Path: .*|Received: .*|Original"
                    + " message headers:.*)$");

    private AutoMail() {}

    /**
     * Judges a mail.
     *
     * @param own addresses of ours, in lower case
     */
    static Verdict of(ParsedMail mail, Set<String> own) {
        MailHeaders headers = mail.headers();
        if (headers.raw("Received").size() > MOST_HOPS) {
            return Verdict.of(Kind.LOOP, "Received");
        }
        Verdict bounce = bounce(mail, own);
        if (bounce != null) {
            return bounce;
        }
        if (headers.has(OUR_MARK)) {
            return Verdict.of(Kind.LOOP, OUR_MARK);
        }
        Address from = mail.from();
        if (from != null && own.contains(from.key())) {
            return Verdict.of(Kind.LOOP, "From");
        }
        String sign = automatic(headers);
        return sign == null ? Verdict.of(Kind.PERSON, "") : Verdict.of(Kind.AUTOMATIC, sign);
    }

    /** A hint only: a person may write so, too. */
    static boolean soundsAutomatic(String subject) {
        return AUTOMATIC_SUBJECT.matcher(subject).matches();
    }

    private static @Nullable String automatic(MailHeaders headers) {
        String submitted = headers.value("Auto-Submitted");
        if (!submitted.isEmpty() && !submitted.equals("no")) {
            return "Auto-Submitted";
        }
        for (String name : List.of("X-Autoreply", "X-Autorespond", "X-AutoReply-From", "X-Mail-Autoreply", "List-Id")) {
            if (headers.has(name)) {
                return name;
            }
        }
        if (headers.value("Precedence").matches("bulk|junk|list|auto_reply")) {
            return "Precedence";
        }
        String suppressed = headers.raw("X-Auto-Response-Suppress").stream()
                .findFirst()
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (suppressed.matches("(?s).*\\b(all|oof|autoreply)\\b.*")) {
            return "X-Auto-Response-Suppress";
        }
        if (headers.value("Content-Type").equals("multipart/report")) {
            return "Content-Type";
        }
        return hasNullPath(headers) ? "Return-Path" : null;
    }

    private static boolean hasNullPath(MailHeaders headers) {
        return headers.raw("Return-Path").stream().anyMatch(path -> path.strip().equals("<>"));
    }

    private static @Nullable Verdict bounce(ParsedMail mail, Set<String> own) {
        MailHeaders headers = mail.headers();
        boolean isReport = headers.value("Content-Type").equals("multipart/report");
        String status = mail.deliveryStatus();
        if (status != null && (isReport || status.contains("Final-Recipient"))) {
            List<Map<String, String>> groups = groups(status);
            List<Failed> failed = failed(groups);
            if (!failed.isEmpty()) {
                return new Verdict(Kind.BOUNCE, "delivery-status", failed);
            }
            // Delayed or delivered: nothing has failed, and nobody wrote.
            if (groups.stream().anyMatch(group -> group.containsKey("action"))) {
                return Verdict.of(Kind.AUTOMATIC, "delivery-status");
            }
        }
        Address from = mail.from();
        boolean isDaemon = from != null && DAEMON.matcher(from.key()).matches();
        boolean saysSo = BOUNCED_SUBJECT.matcher(mail.subject()).matches();
        if (headers.has("X-Failed-Recipients")) {
            List<Failed> failed = headers.addresses("X-Failed-Recipients").stream()
                    .map(address -> new Failed(address.key(), status(mail.text())))
                    .limit(MOST_FAILED)
                    .toList();
            return new Verdict(Kind.BOUNCE, "X-Failed-Recipients", failed);
        }
        boolean isFromNobody = hasNullPath(headers) || isDaemon;
        if (isFromNobody && (saysSo || isReport || (isDaemon && mail.text().contains("@")))) {
            return new Verdict(Kind.BOUNCE, isDaemon ? "From" : "Return-Path", named(mail, own));
        }
        return null;
    }

    /** The fields of a report, group by group (RFC 3464). */
    private static List<Map<String, String>> groups(String status) {
        var groups = new ArrayList<Map<String, String>>();
        for (String block : status.replace("\r\n", "\n").split("\n\\s*\n", -1)) {
            var group = new LinkedHashMap<String, String>();
            for (String line : block.replaceAll("\n[ \t]+", " ").split("\n", -1)) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    group.putIfAbsent(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            if (!group.isEmpty()) {
                groups.add(group);
            }
        }
        return groups;
    }

    private static List<Failed> failed(List<Map<String, String>> groups) {
        var failed = new ArrayList<Failed>();
        for (Map<String, String> group : groups) {
            String recipient = group.getOrDefault("original-recipient", group.get("final-recipient"));
            if (recipient == null || failed.size() == MOST_FAILED) {
                continue;
            }
            String status = status(group.getOrDefault("status", ""));
            String action = group.getOrDefault("action", "").toLowerCase(Locale.ROOT);
            boolean hasFailed =
                    action.startsWith("failed") || (action.isEmpty() && status != null && status.startsWith("5"));
            Matcher address = ADDRESS.matcher(recipient);
            if (hasFailed && address.find()) {
                failed.add(new Failed(address.group().toLowerCase(Locale.ROOT), status));
            }
        }
        return failed;
    }

    /** Whom a report in words names before the mail that it includes. */
    private static List<Failed> named(ParsedMail mail, Set<String> own) {
        String text = mail.text();
        Matcher included = INCLUDED.matcher(text);
        String report = included.find() ? text.substring(0, included.start()) : text;
        String from = mail.from() == null ? "" : mail.from().key();
        var failed = new ArrayList<Failed>();
        Matcher address = ADDRESS.matcher(report);
        while (address.find() && failed.size() < 5) {
            String key = address.group().toLowerCase(Locale.ROOT);
            boolean isNew = failed.stream().noneMatch(each -> each.address.equals(key));
            if (isNew
                    && !own.contains(key)
                    && !key.equals(from)
                    && !DAEMON.matcher(key).matches()) {
                failed.add(new Failed(key, status(report)));
            }
        }
        return failed;
    }

    private static @Nullable String status(String text) {
        Matcher status = STATUS.matcher(text);
        if (status.find()) {
            return status.group(1);
        }
        Matcher reply = REPLY.matcher(text);
        return reply.find() ? "5.0.0" : null;
    }
}
