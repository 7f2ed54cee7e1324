package io.bihuan.mail.web;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Reveals;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.mail.Address;
import io.bihuan.mail.MailDelivery;
import io.bihuan.mail.MailHtml;
import io.bihuan.mail.MailLimits;
import io.bihuan.mail.MailParser;
import io.bihuan.mail.MailPart;
import io.bihuan.mail.ParsedMail;
import io.bihuan.mail.PartStore;
import io.bihuan.mail.QuotedText;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Masks;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A received mail as it came, for whoever screens or may see its complaint. It is read again each time: nothing of it is kept twice. */
@Controller
class MailController {
    private static final String READER = "mail";
    private static final Pattern ADDRESS = Pattern.compile("[\\w.+%=-]{1,64}@[\\w-]+(?:\\.[\\w-]+)+");
    /** Bytes of all pictures in a mail together that are shown. */
    private static final int LARGEST_PICTURES = 8 * 1024 * 1024;

    private static final String ALONE = "default-src 'none'; img-src data:; frame-ancestors 'self'; "
            + "sandbox allow-popups allow-popups-to-escape-sandbox";

    private final Inbox inbox;
    private final Complaints complaints;
    private final Reveals reveals;

    MailController(Inbox inbox, Complaints complaints, Reveals reveals) {
        this.inbox = inbox;
        this.complaints = complaints;
        this.reveals = reveals;
    }

    @GetMapping("/desk/messages/{id}/mail")
    Page show(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who) throws IOException {
        InboxMessage message = message(id, who);
        ParsedMail mail;
        boolean isUnreadable = false;
        try {
            mail = parsed(message, nothing());
        } catch (Refused refused) {
            isUnreadable = true;
            mail = head(message);
        }
        QuotedText text = QuotedText.of(mail.text());
        String said = text.signature().isEmpty() ? text.said() : text.said() + "\n\n" + text.signature();
        return Page.of(
                "mail/mail",
                new MailPage(
                        id,
                        isUnreadable,
                        message.complaint(),
                        message.receivedAt(),
                        mail.subject(),
                        mail.from() == null ? "" : shown(mail.from()),
                        shown(mail.to()),
                        shown(mail.cc()),
                        said,
                        text.quoted(),
                        mail.html() != null,
                        mail.parts().stream().map(MailPart::name).toList(),
                        masked(mail.headers().readable())));
    }

    /** The HTML by itself, for a frame that may do nothing. */
    @GetMapping("/desk/messages/{id}/mail/html")
    ResponseEntity<String> html(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who) throws IOException {
        InboxMessage message = message(id, who);
        var pictures = new Pictures();
        ParsedMail mail = parsed(message, pictures);
        String html = mail.html();
        if (html == null) {
            throw new NotFound("html of message " + id);
        }
        String safe = MailHtml.safe(
                html,
                content -> mail.parts().stream()
                        .filter(part -> content.equals(part.contentId()))
                        .findFirst()
                        .map(part -> pictures.address(part.number()))
                        .orElse(null));
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", ALONE)
                .header("X-Frame-Options", "SAMEORIGIN")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .body("<!doctype html><meta charset=\"utf-8\">" + safe);
    }

    @GetMapping("/desk/messages/{id}/mail/raw")
    ResponseEntity<InputStreamResource> raw(@PathVariable UUID id, @AuthenticationPrincipal SignedIn who) {
        InboxMessage message = message(id, who);
        if (message.complaint() != null) {
            complaints
                    .find(message.complaint())
                    .ifPresent(complaint -> reveals.record(complaint, who.id(), "mail", "mail " + id));
        }
        var disposition = ContentDisposition.attachment()
                .filename("mail-" + id + ".eml", StandardCharsets.UTF_8)
                .build();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .body(new InputStreamResource(() -> MailDelivery.mail(message, inbox.open(message))));
    }

    /** Who may see the complaint may see its mails; one that belongs to none is its screener's, and of those who stand over them. */
    private InboxMessage message(UUID id, SignedIn who) {
        InboxMessage message = inbox.find(id)
                .filter(found -> found.reader().equals(READER))
                .orElseThrow(() -> new NotFound("message " + id));
        Complaint complaint = message.complaint() == null
                ? null
                : complaints.find(message.complaint()).orElse(null);
        boolean isSeen = complaint != null
                ? who.reach().all() || Objects.equals(who.reach().department(), complaint.department())
                : who.is(Role.AGENT) || who.is(Role.MANAGER) || who.is(Role.ADMINISTRATOR) || who.is(Role.AUDITOR);
        if (!isSeen) {
            throw new NotFound("message " + id);
        }
        return message;
    }

    private ParsedMail parsed(InboxMessage message, PartStore store) throws IOException {
        try (InputStream raw = MailDelivery.mail(message, inbox.open(message))) {
            return MailParser.read(raw, MailLimits.USUAL, store);
        }
    }

    private ParsedMail head(InboxMessage message) throws IOException {
        try (InputStream raw = MailDelivery.mail(message, inbox.open(message))) {
            return MailParser.head(raw, MailLimits.USUAL);
        }
    }

    private static PartStore nothing() {
        return (content, name, type) -> new PartStore.Kept(null, type, 0, null);
    }

    private static String shown(List<Address> addresses) {
        return addresses.stream().limit(50).map(MailController::shown).collect(Collectors.joining(", "));
    }

    private static String shown(Address address) {
        String masked = Masks.email(address.address());
        return address.name() == null ? masked : Masks.name(address.name()) + " <" + masked + ">";
    }

    /** Addresses stand in many fields; whom they belong to is nobody's business who looks for the way a mail took. */
    private static List<Map.Entry<String, String>> masked(List<Map.Entry<String, String>> headers) {
        return headers.stream()
                .filter(header -> !header.getKey().matches("(?i)from|to|cc|bcc|sender|reply-to"))
                .limit(200)
                .map(header -> Map.entry(
                        header.getKey(),
                        ADDRESS.matcher(header.getValue())
                                .replaceAll(found -> Matcher.quoteReplacement(Masks.email(found.group())))))
                .toList();
    }

    /** Pictures of a mail as addresses that hold them: a frame without an origin has no session to fetch them with. */
    private static final class Pictures implements PartStore {
        private final Map<Integer, String> addresses = new HashMap<>();
        private int count;
        private int held;

        @Override
        public Kept keep(InputStream stream, String name, String declaredType) throws IOException {
            count++;
            byte[] content = stream.readNBytes(LARGEST_PICTURES - held + 1);
            String type = pictureType(content);
            if (type != null && held + content.length <= LARGEST_PICTURES) {
                held += content.length;
                addresses.put(
                        count, "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content));
            }
            return new Kept(null, declaredType, 0, null);
        }

        @Nullable
        String address(int number) {
            return addresses.get(number);
        }

        private static @Nullable String pictureType(byte[] content) {
            String head = new String(content, 0, Math.min(content.length, 12), StandardCharsets.ISO_8859_1);
            if (head.startsWith("\u00ff\u00d8\u00ff")) {
                return "image/jpeg";
            }
            if (head.startsWith("\u0089PNG")) {
                return "image/png";
            }
            return head.startsWith("GIF8") ? "image/gif" : null;
        }
    }
}
