package io.bihuan.mail;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What somebody says in a mail, apart from what he answers and from his signature. Nothing is thrown away, and when nothing else
 * would be left (a mail passed on without a word) all of it was said.
 */
public record QuotedText(String said, String signature, String quoted) {
    private static final Pattern DIVIDER = Pattern.compile(
            "^\\s*[-—_=]{2,}\\s*(原始邮件|原邮件|原始郵件|回复的原邮件|转发邮件信息|转发的邮件|转发邮件|邮件原文|Original Message|Original|Original"
                    + " message|Forwarded message|Forwarded Message|Original Appointment|Ursprüngliche"
                    + " Nachricht)\\s*[-—_=]{2,}.*");
    private static final Pattern FROM = Pattern.compile("^\\s*\\*?(发件人|寄件者|寄件人|From|Von|De)\\s*[:：]\\s*\\*?.*");
    private static final Pattern ABOUT =
            Pattern.compile("^\\s*\\*?(发送时间|发送日期|日期|时间|收件人|抄送|主题|寄件日期|收件者|Sent|Date|To|Cc|Subject)\\s*[:：].*");
    private static final Pattern WROTE = Pattern.compile("(?s)^\\s*(On\\s.{5,300}wrote\\s*[:：]"
            + "|在\\s*.{4,300}(写道|寫道)\\s*[:：]"
            + "|.{0,150}\\d{2,4}.{4,300}(写道|寫道|发表|来信说)\\s*[:：]"
            + "|.{0,100}于\\s*\\d{4}.{4,200}(写道|寫道)\\s*[:：])\\s*$");
    private static final Pattern RULE = Pattern.compile("^\\s*[-_—=*]{5,}\\s*$");
    private static final Pattern SENT_FROM = Pattern.compile(
            "^\\s*(发自我的\\s*\\S.{0,40}|发自\\s?\\S.{0,40}|发送自\\s?\\S.{0,60}|来自\\S{1,20}(手机|邮箱|客户端)|从我的.{1,30}发送|从"
                    + " ?\\S.{0,40}发送|Sent from my \\S.{0,40}|Sent from \\S.{0,60}|Get Outlook for .*)\\s*$");
    private static final Pattern SIGNATURE = Pattern.compile("^--\\s?$");
    private static final int LONGEST_SIGNATURE_LINES = 12;

    /** Splits a text; a mark of {@link MailHtml} in it says where the quoted part begins. */
    public static QuotedText of(String text) {
        String clean = text.replace("\r\n", "\n");
        int mark = clean.indexOf(MailHtml.QUOTE);
        if (mark >= 0) {
            String before = clean.substring(0, mark);
            String after = clean.substring(mark).replace(String.valueOf(MailHtml.QUOTE), "");
            List<String> lines = List.of(before.split("\n", -1));
            int cut = attribution(lines, lines.size());
            if (!String.join("", lines.subList(0, cut)).isBlank()) {
                String introduction = String.join("\n", lines.subList(cut, lines.size()));
                return signed(String.join("\n", lines.subList(0, cut)), introduction + "\n" + after);
            }
            clean = before + after;
        }
        List<String> lines = Arrays.asList(clean.split("\n", -1));
        int cut = start(lines);
        String said = String.join("\n", lines.subList(0, cut));
        if (said.isBlank()) {
            return new QuotedText(clean.strip(), "", "");
        }
        return signed(said, String.join("\n", lines.subList(cut, lines.size())));
    }

    private static int start(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (DIVIDER.matcher(line).matches() || beginsHeaderBlock(lines, i)) {
                int rule = i;
                while (rule > 0
                        && (lines.get(rule - 1).isBlank()
                                || RULE.matcher(lines.get(rule - 1)).matches())) {
                    rule--;
                }
                return rule;
            }
            if (!line.startsWith(">") && WROTE.matcher(line).matches() && isAllQuoted(lines, i + 1)) {
                return i;
            }
            if (line.stripLeading().startsWith("On ")
                    && i + 1 < lines.size()
                    && WROTE.matcher(line + " " + lines.get(i + 1)).matches()
                    && isAllQuoted(lines, i + 2)) {
                return i;
            }
            if (line.startsWith(">") && endsQuoted(lines, i)) {
                return attribution(lines, i);
            }
        }
        return lines.size();
    }

    private static boolean beginsHeaderBlock(List<String> lines, int at) {
        if (!FROM.matcher(lines.get(at)).matches()) {
            return false;
        }
        long about = lines.subList(at + 1, Math.min(lines.size(), at + 7)).stream()
                .filter(line -> ABOUT.matcher(line).matches())
                .count();
        return about >= 2;
    }

    /** Whether what follows a "wrote" is quoted to the end: with marks, or without any marks at all. Answers in between stay whole. */
    private static boolean isAllQuoted(List<String> lines, int from) {
        List<String> rest = lines.subList(Math.min(from, lines.size()), lines.size());
        boolean hasMarks = rest.stream().anyMatch(line -> line.startsWith(">"));
        return hasMarks ? endsQuoted(lines, from) : rest.stream().anyMatch(line -> !line.isBlank());
    }

    private static boolean endsQuoted(List<String> lines, int from) {
        for (String line : lines.subList(from, lines.size())) {
            if (SIGNATURE.matcher(line).matches()) {
                return true;
            }
            if (!line.isBlank() && !line.startsWith(">")) {
                return false;
            }
        }
        return true;
    }

    /** Where the line begins that says who wrote what is quoted at a place. */
    private static int attribution(List<String> lines, int quote) {
        int last = quote - 1;
        while (last >= 0 && lines.get(last).isBlank()) {
            last--;
        }
        if (last >= 0 && WROTE.matcher(lines.get(last)).matches()) {
            return last;
        }
        if (last > 0
                && WROTE.matcher(lines.get(last - 1) + " " + lines.get(last)).matches()) {
            return last - 1;
        }
        return quote;
    }

    private static QuotedText signed(String text, String quoted) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        int cut = end;
        for (int i = Math.max(0, end - LONGEST_SIGNATURE_LINES); i < end; i++) {
            if (SIGNATURE.matcher(lines.get(i)).matches()) {
                cut = i;
                break;
            }
        }
        if (cut == end && end > 0 && SENT_FROM.matcher(lines.get(end - 1)).matches()) {
            cut = end - 1;
        }
        String said = String.join("\n", lines.subList(0, cut)).strip();
        if (said.isEmpty()) {
            return new QuotedText(text.strip(), "", quoted.strip());
        }
        return new QuotedText(said, String.join("\n", lines.subList(cut, end)).strip(), quoted.strip());
    }
}
