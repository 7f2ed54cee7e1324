package io.bihuan.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.poi.hmef.HMEFMessage;
import org.apache.poi.hmef.attribute.MAPIAttribute;
import org.apache.poi.hmef.attribute.MAPIRtfAttribute;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.datatypes.AttachmentChunks;
import org.apache.poi.hsmf.datatypes.MAPIProperty;
import org.apache.poi.hsmf.datatypes.RecipientChunks;
import org.apache.poi.hsmf.exceptions.ChunkNotFoundException;
import org.jspecify.annotations.Nullable;

/** What Outlook packs in formats of its own: winmail.dat (TNEF) and .msg files. */
record OutlookMail(
        MailHeaders headers,
        @Nullable String text,
        @Nullable String html,
        List<File> files,
        List<OutlookMail> nested) {
    record File(String name, String mediaType, @Nullable String contentId, byte[] content) {}

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    /** The mail in a winmail.dat; null when it is none. */
    static @Nullable OutlookMail winmail(byte[] bytes) {
        try {
            var message = new HMEFMessage(new ByteArrayInputStream(bytes));
            String text = null;
            String html = null;
            for (MAPIAttribute attribute : message.getMessageMAPIAttributes()) {
                if (attribute instanceof MAPIRtfAttribute rtf) {
                    text = text == null ? RtfText.of(rtf.getData()) : text;
                } else if (attribute.getProperty().equals(MAPIProperty.BODY_HTML)) {
                    html = TextDecoding.decode(attribute.getData(), MailHtml.charset(attribute.getData()));
                }
            }
            var files = new ArrayList<File>();
            for (var attachment : message.getAttachments()) {
                String name = attachment.getLongFilename() != null
                        ? attachment.getLongFilename()
                        : Objects.requireNonNullElse(attachment.getFilename(), "");
                byte[] content = attachment.getContents();
                if (content != null && content.length > 0) {
                    files.add(new File(name.replace("\0", ""), UNKNOWN_TYPE, null, content));
                }
            }
            return new OutlookMail(MailHeaders.NONE, text, html, files, List.of());
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** The mail in a .msg file; null when it is none. */
    static @Nullable OutlookMail message(byte[] bytes) {
        try (var message = new MAPIMessage(new ByteArrayInputStream(bytes))) {
            return of(message, 0);
        } catch (IOException | RuntimeException | ChunkNotFoundException e) {
            return null;
        }
    }

    private static OutlookMail of(MAPIMessage message, int depth) throws IOException, ChunkNotFoundException {
        message.setReturnNullOnMissingChunk(true);
        message.guess7BitEncoding();
        var files = new ArrayList<File>();
        var nested = new ArrayList<OutlookMail>();
        for (AttachmentChunks attachment : message.getAttachmentFiles()) {
            if (attachment.isEmbeddedMessage()) {
                if (depth < 5) {
                    nested.add(of(attachment.getEmbeddedMessage(), depth + 1));
                }
                continue;
            }
            byte[] content = attachment.getEmbeddedAttachmentObject();
            if (content != null && content.length > 0) {
                files.add(new File(
                        attachment.getAttachLongFileName() != null
                                ? attachment.getAttachLongFileName().getValue()
                                : attachment.getAttachFileName() != null
                                        ? attachment.getAttachFileName().getValue()
                                        : "",
                        attachment.getAttachMimeTag() != null
                                ? attachment.getAttachMimeTag().getValue()
                                : UNKNOWN_TYPE,
                        attachment.getAttachContentId() != null
                                ? attachment.getAttachContentId().getValue()
                                : null,
                        content));
            }
        }
        String text = message.getTextBody();
        String html = message.getHtmlBody();
        if (text == null && html == null && message.getRtfBody() != null) {
            text = RtfText.of(message.getRtfBody().getBytes(TextDecoding.WESTERN));
        }
        return new OutlookMail(headers(message), text, html, files, nested);
    }

    private static MailHeaders headers(MAPIMessage message) throws ChunkNotFoundException {
        var headers = new MailHeaders.Builder();
        String[] sent = message.getHeaders();
        boolean wasSent = sent != null && sent.length > 0;
        if (wasSent) {
            MailHeaders transported = MailHeaders.of(String.join("\n", sent));
            for (var field : transported.readable()) {
                if (!field.getKey().matches("(?i)subject|from|to|cc|content-.*")) {
                    transported.raw(field.getKey()).stream()
                            .limit(1)
                            .forEach(body -> headers.add(field.getKey(), body));
                }
            }
        }
        headers.add("Subject", bytes(Objects.requireNonNullElse(message.getSubject(), "")));
        String address = sender(message);
        String name = Objects.requireNonNullElse(message.getDisplayFrom(), "");
        if (!address.isEmpty() || !name.isEmpty()) {
            headers.add("From", mailbox(name, address));
        }
        var to = new ArrayList<String>();
        var cc = new ArrayList<String>();
        for (RecipientChunks recipient : message.getRecipientDetailsChunks()) {
            String email = recipient.getRecipientEmailAddress();
            if (email != null && email.contains("@")) {
                String mailbox = mailbox(Objects.requireNonNullElse(recipient.getRecipientName(), ""), email);
                boolean isCopy = Objects.requireNonNullElse(message.getDisplayCC(), "")
                        .contains(Objects.requireNonNullElse(recipient.getRecipientName(), email));
                (isCopy ? cc : to).add(mailbox);
            }
        }
        if (!to.isEmpty()) {
            headers.add("To", String.join(", ", to));
        }
        if (!cc.isEmpty()) {
            headers.add("Cc", String.join(", ", cc));
        }
        return headers.build();
    }

    private static String sender(MAPIMessage message) {
        var main = message.getMainChunks();
        for (var property : List.of(MAPIProperty.SENDER_EMAIL_ADDRESS, MAPIProperty.SENT_REPRESENTING_EMAIL_ADDRESS)) {
            var chunks = main.getAll().get(property);
            if (chunks != null) {
                for (var chunk : chunks) {
                    if (chunk.toString() != null && chunk.toString().contains("@")) {
                        return chunk.toString().strip();
                    }
                }
            }
        }
        return "";
    }

    private static String mailbox(String name, String address) {
        return "\"" + bytes(name.replaceAll("[\"\\\\\\r\\n\\x00]", "")) + "\" <" + bytes(address) + ">";
    }

    /** Header fields are one character for each byte. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
