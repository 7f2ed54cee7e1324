package io.bihuan.screening.web;

import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.Submission;
import io.bihuan.privacy.Masks;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a list shows of a message: enough to know what it is about, without the numbers and addresses of people. */
final class Excerpts {
    private static final int LONGEST = 80;
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])\\+?[0-9](?:[ -]?[0-9]){6,}(?![0-9])");
    private static final Pattern ADDRESS =
            Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8}", Pattern.UNICODE_CHARACTER_CLASS);

    private Excerpts() {}

    /** The title, else how the text begins; empty when nothing was understood. */
    static String of(InboxMessage message) {
        Submission draft = message.draft();
        if (draft == null) {
            return "";
        }
        String title = draft.title();
        String text = title == null || title.isBlank() ? draft.content() : title;
        String line = masked(text.strip().replaceAll("\\s+", " "));
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /** Who sent it. */
    static String sender(InboxMessage message) {
        Submission draft = message.draft();
        if (draft == null) {
            return "";
        }
        for (String masked : new String[] {
            Masks.name(draft.customerName()), Masks.phone(draft.customerPhone()), Masks.email(draft.customerEmail())
        }) {
            if (!masked.isEmpty()) {
                return masked;
            }
        }
        return "";
    }

    static String masked(@Nullable String text) {
        if (text == null) {
            return "";
        }
        Matcher numbers = NUMBER.matcher(text);
        String without = numbers.replaceAll(found -> Matcher.quoteReplacement(
                Masks.phone(found.group().replace(" ", "").replace("-", ""))));
        return ADDRESS.matcher(without).replaceAll(found -> Matcher.quoteReplacement(Masks.email(found.group())));
    }
}
