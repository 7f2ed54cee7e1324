package io.bihuan.mail;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail as a person reads it.
 *
 * @param text all of its text: of alternatives the plain one; HTML without its form
 * @param html as it was sent, unsafe; null when it has none. {@link MailHtml#safe} makes it fit for a page
 * @param nested mails that came with it, in their order
 * @param deliveryStatus the fields of a delivery report (RFC 3464), and of what follows it the header
 */
public record ParsedMail(
        MailHeaders headers,
        String subject,
        @Nullable Address from,
        List<Address> to,
        List<Address> cc,
        String text,
        @Nullable String html,
        List<MailPart> parts,
        List<ParsedMail> nested,
        @Nullable String deliveryStatus) {
    /** By which everybody names this mail, without angle brackets; null when it has none. */
    public @Nullable String messageId() {
        List<String> ids = headers.ids("Message-ID");
        return ids.isEmpty() ? null : ids.getFirst();
    }

    /** The mails it answers, the nearest first. */
    public List<String> answers() {
        var ids = new LinkedHashSet<>(headers.ids("In-Reply-To"));
        ids.addAll(headers.ids("References").reversed());
        return List.copyOf(ids);
    }

    /** The first mail of its conversation, as far as it knows. */
    public @Nullable String root() {
        List<String> references = headers.ids("References");
        if (!references.isEmpty()) {
            return references.getFirst();
        }
        List<String> replied = headers.ids("In-Reply-To");
        return replied.isEmpty() ? messageId() : replied.getFirst();
    }
}
