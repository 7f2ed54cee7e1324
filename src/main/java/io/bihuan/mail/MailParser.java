package io.bihuan.mail;

import io.bihuan.platform.Refused;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mail from a stream. Broken ones are read as far as they go; only one that goes beyond the limits is refused. Files go to
 * the store as they stream by; texts, nested mails and Outlook's containers up to a few megabytes are held.
 */
public final class MailParser {
    /** Characters of a text are shown; the rest of a longer one is kept as a file. */
    private static final int LONGEST_TEXT = 1024 * 1024;

    private static final int MOST_HELD = 8 * 1024 * 1024;
    private static final int DEEPEST_NESTED = 5;
    private static final int LONGEST_STATUS = 64 * 1024;
    private static final byte[] COMPOUND = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    /** What is used up while a mail and all within it are read. */
    private static final class Budget {
        private final MailLimits limits;
        private final PartStore store;
        private final List<MailPart> files = new ArrayList<>();
        private long decoded;
        private int parts;

        Budget(MailLimits limits, PartStore store) {
            this.limits = limits;
            this.store = store;
        }

        void countPart() {
            if (++parts > limits.parts()) {
                throw new Refused("mail.too-many-parts", limits.parts());
            }
        }

        InputStream counted(InputStream in) {
            return new FilterInputStream(in) {
                @Override
                public int read() throws IOException {
                    int c = super.read();
                    count(c < 0 ? 0 : 1);
                    return c;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = super.read(target, offset, length);
                    count(Math.max(0, count));
                    return count;
                }
            };
        }

        private void count(int more) {
            decoded += more;
            if (decoded > limits.decoded().toBytes()) {
                throw new Refused("mail.too-large", limits.decoded().toMegabytes());
            }
        }
    }

    /** Text of a part or of all within it. */
    private record Piece(@Nullable String plain, @Nullable String html) {
        static final Piece NOTHING = new Piece(null, null);

        boolean isEmpty() {
            return plain == null && html == null;
        }

        String asPlain() {
            return plain != null ? plain : html != null ? MailHtml.text(html) : "";
        }

        String asHtml() {
            return html != null ? html : MailHtml.ofText(plain == null ? "" : plain);
        }
    }

    private static final class Container {
        private final String type;
        private final List<Piece> pieces = new ArrayList<>();

        Container(String type) {
            this.type = type;
        }

        Piece joined() {
            if (type.equals("multipart/alternative")) {
                return new Piece(chosen(true), chosen(false));
            }
            List<Piece> filled =
                    pieces.stream().filter(piece -> !piece.isEmpty()).toList();
            if (filled.isEmpty()) {
                return Piece.NOTHING;
            }
            if (filled.size() == 1) {
                return filled.getFirst();
            }
            String plain = String.join("\n", filled.stream().map(Piece::asPlain).toList());
            boolean hasHtml = filled.stream().anyMatch(piece -> piece.html != null);
            return new Piece(
                    plain,
                    hasHtml
                            ? String.join(
                                    "\n", filled.stream().map(Piece::asHtml).toList())
                            : null);
        }

        private @Nullable String chosen(boolean wantsPlain) {
            String found = null;
            for (Piece piece : pieces) {
                String text = wantsPlain ? piece.plain : piece.html;
                if (text != null && (found == null || found.isBlank() || !wantsPlain)) {
                    found = text;
                }
            }
            return found;
        }
    }

    private final Budget budget;
    private final int nesting;
    private final int firstFile;
    private final List<ParsedMail> nested = new ArrayList<>();
    private final StringBuilder status = new StringBuilder();
    private final Deque<Container> open = new ArrayDeque<>();

    private MailParser(Budget budget, int nesting) {
        this.budget = budget;
        this.nesting = nesting;
        this.firstFile = budget.files.size();
    }

    /**
     * Reads a mail; a file of Outlook is read as the mail that it holds.
     *
     * @throws Refused {@code mail.too-many-parts}, {@code .too-deep}, {@code .too-large} or {@code .unreadable}
     */
    public static ParsedMail read(InputStream raw, MailLimits limits, PartStore store) throws IOException {
        var budget = new Budget(limits, store);
        var in = new BufferedInputStream(raw, 8192);
        in.mark(16);
        byte[] head = in.readNBytes(COMPOUND.length);
        in.reset();
        if (Arrays.equals(head, COMPOUND)) {
            byte[] whole = in.readNBytes(MOST_HELD);
            OutlookMail outlook = OutlookMail.message(whole);
            if (outlook == null) {
                throw new Refused("mail.unreadable");
            }
            return new MailParser(budget, 0).outlook(outlook);
        }
        return new MailParser(budget, 0).parse(in);
    }

    /** Only what the header says: from whom, to whom, about what. */
    public static ParsedMail head(InputStream raw, MailLimits limits) throws IOException {
        PartStore none = (content, name, type) -> new PartStore.Kept(null, type, 0, null);
        var parser = new MailParser(new Budget(limits, none), 0);
        return parser.mail(MimeReader.header(withoutEnvelope(raw), limits), Piece.NOTHING);
    }

    private ParsedMail parse(InputStream raw) throws IOException {
        var walk = new Walk();
        new MimeReader(withoutEnvelope(raw), budget.limits, walk).read();
        return mail(walk.root, walk.text);
    }

    private final class Walk implements MimeReader.Listener {
        private MailHeaders root = MailHeaders.NONE;
        private Piece text = Piece.NOTHING;
        private boolean isRoot = true;

        @Override
        public void multipart(MailHeaders headers, String type) {
            begin(headers);
            open.push(new Container(type));
        }

        @Override
        public void part() {
            budget.countPart();
        }

        @Override
        public void leaf(MailHeaders headers, String type, InputStream content) throws IOException {
            begin(headers);
            text = place(MailParser.this.leaf(headers, type, content), text);
        }

        @Override
        public void end(byte[] around, boolean hasParts) {
            Container ended = open.pop();
            boolean isText = !hasParts && around.length > 0;
            text = place(isText ? new Piece(TextDecoding.decode(around, null), null) : ended.joined(), text);
        }

        private void begin(MailHeaders headers) {
            if (isRoot) {
                root = headers;
                isRoot = false;
            }
        }
    }

    private Piece place(Piece piece, Piece root) {
        Container parent = open.peek();
        if (parent == null) {
            return root.isEmpty() ? piece : root;
        }
        parent.pieces.add(piece);
        return root;
    }

    private ParsedMail mail(MailHeaders headers, Piece text) {
        List<Address> from = headers.addresses("From");
        String plain = text.asPlain();
        return new ParsedMail(
                headers,
                Objects.requireNonNullElse(headers.text("Subject"), "").replaceAll("[\\t\\r\\n]+", " "),
                from.isEmpty() ? null : from.getFirst(),
                headers.addresses("To"),
                headers.addresses("Cc"),
                plain.replace("\r\n", "\n").replace('\r', '\n'),
                text.html,
                List.copyOf(budget.files.subList(firstFile, budget.files.size())),
                List.copyOf(nested),
                status.isEmpty() ? null : status.toString());
    }

    private Piece leaf(MailHeaders headers, String type, InputStream content) throws IOException {
        InputStream decoded = Transfer.decoded(headers.value("Content-Transfer-Encoding"), content);
        InputStream in = budget.counted(decoded);
        String disposition = headers.value("Content-Disposition");
        String name = headers.parameter("Content-Disposition", "filename");
        if (name == null) {
            name = headers.parameter("Content-Type", "name");
        }
        boolean isText = type.equals("text/plain") || type.equals("text/html");
        Container parent = open.peek();
        boolean isNamedBody = name == null || parent == null || parent.type.equals("multipart/alternative");
        if (isText && !disposition.equals("attachment") && isNamedBody) {
            return text(headers, type, in);
        }
        if (type.equals("message/delivery-status")
                || type.equals("message/global-delivery-status")
                || type.equals("text/rfc822-headers")) {
            return status(in);
        }
        if (type.equals("message/rfc822") || type.equals("message/global")) {
            return nested(headers, name, in);
        }
        if (type.equals("application/ms-tnef")
                || type.equals("application/vnd.ms-tnef")
                || "winmail.dat".equalsIgnoreCase(name)) {
            return winmail(headers, name, in);
        }
        if ((name != null && name.toLowerCase(Locale.ROOT).endsWith(".msg"))
                || type.equals("application/vnd.ms-outlook")) {
            return outlookFile(headers, name, type, in);
        }
        boolean isInline =
                disposition.equals("inline") || (headers.has("Content-ID") && !disposition.equals("attachment"));
        keep(name, type, headers, isInline, in);
        return Piece.NOTHING;
    }

    private Piece text(MailHeaders headers, String type, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST_TEXT);
        int more = in.read();
        if (more >= 0) {
            byte[] next = {(byte) more};
            keep(
                    null,
                    type,
                    headers,
                    false,
                    new SequenceInputStream(
                            new ByteArrayInputStream(bytes),
                            new SequenceInputStream(new ByteArrayInputStream(next), in)));
        }
        String charset = headers.parameter("Content-Type", "charset");
        String text;
        if (type.equals("text/html")) {
            text = TextDecoding.decode(bytes, charset == null ? MailHtml.charset(bytes) : charset);
            return new Piece(null, text);
        }
        text = TextDecoding.decode(bytes, charset);
        if ("flowed".equalsIgnoreCase(headers.parameter("Content-Type", "format"))) {
            text = FlowedText.unfold(text, "yes".equalsIgnoreCase(headers.parameter("Content-Type", "delsp")));
        }
        return new Piece(text, null);
    }

    private Piece status(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST_STATUS);
        in.skip(Long.MAX_VALUE);
        status.append(TextDecoding.decode(bytes, null)).append("\n\n");
        return Piece.NOTHING;
    }

    private Piece nested(MailHeaders headers, @Nullable String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_HELD);
        ParsedMail inner = null;
        int place = budget.files.size();
        if (bytes.length < MOST_HELD && bytes.length > 0 && nesting < DEEPEST_NESTED) {
            inner = new MailParser(budget, nesting + 1).parse(new ByteArrayInputStream(bytes));
            nested.add(inner);
        }
        if (bytes.length > 0) {
            String title = inner == null || inner.subject().isBlank() ? null : inner.subject() + ".eml";
            var whole = new SequenceInputStream(new ByteArrayInputStream(bytes), in);
            keep(place, name != null ? name : title, "message/rfc822", headers, false, whole);
        }
        return Piece.NOTHING;
    }

    private Piece winmail(MailHeaders headers, @Nullable String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_HELD);
        OutlookMail outlook = bytes.length < MOST_HELD ? OutlookMail.winmail(bytes) : null;
        if (outlook == null) {
            keep(
                    name == null ? "winmail.dat" : name,
                    "application/ms-tnef",
                    headers,
                    false,
                    new SequenceInputStream(new ByteArrayInputStream(bytes), in));
            return Piece.NOTHING;
        }
        return unpacked(outlook);
    }

    private Piece outlookFile(MailHeaders headers, @Nullable String name, String type, InputStream in)
            throws IOException {
        byte[] bytes = in.readNBytes(MOST_HELD);
        int place = budget.files.size();
        OutlookMail outlook = bytes.length < MOST_HELD && nesting < DEEPEST_NESTED ? OutlookMail.message(bytes) : null;
        if (outlook != null) {
            nested.add(new MailParser(budget, nesting + 1).outlook(outlook));
        }
        keep(place, name, type, headers, false, new SequenceInputStream(new ByteArrayInputStream(bytes), in));
        return Piece.NOTHING;
    }

    private ParsedMail outlook(OutlookMail outlook) throws IOException {
        return mail(outlook.headers(), unpacked(outlook));
    }

    private Piece unpacked(OutlookMail outlook) throws IOException {
        for (OutlookMail.File file : outlook.files()) {
            budget.countPart();
            MailHeaders about = file.contentId() == null
                    ? MailHeaders.NONE
                    : MailHeaders.of("Content-ID: <" + file.contentId() + ">");
            keep(
                    file.name(),
                    file.mediaType(),
                    about,
                    file.contentId() != null,
                    budget.counted(new ByteArrayInputStream(file.content())));
        }
        for (OutlookMail inner : outlook.nested()) {
            budget.countPart();
            if (nesting < DEEPEST_NESTED) {
                nested.add(new MailParser(budget, nesting + 1).outlook(inner));
            }
        }
        return new Piece(outlook.text(), outlook.html());
    }

    private void keep(@Nullable String name, String type, MailHeaders headers, boolean isInline, InputStream in)
            throws IOException {
        keep(budget.files.size(), name, type, headers, isInline, in);
    }

    /** @param place before what was found within it */
    private void keep(
            int place, @Nullable String name, String type, MailHeaders headers, boolean isInline, InputStream in)
            throws IOException {
        String shown =
                name == null || name.isBlank() ? "file-" + (budget.files.size() + 1) + Extensions.of(type) : name;
        PartStore.Kept kept = budget.store.keep(in, shown, type);
        // A store that refused has not read to the end.
        in.skip(Long.MAX_VALUE);
        List<String> ids = headers.ids("Content-ID");
        budget.files.add(
                place,
                new MailPart(
                        budget.files.size() + 1, shown, type, ids.isEmpty() ? null : ids.getFirst(), isInline, kept));
    }

    /** Some stores put the line of an mbox in front, Apple's the length of the mail. */
    private static InputStream withoutEnvelope(InputStream raw) throws IOException {
        var in = raw.markSupported() ? raw : new BufferedInputStream(raw, 8192);
        in.mark(1100);
        byte[] head = in.readNBytes(1024);
        String start = new String(head, StandardCharsets.ISO_8859_1);
        int end = start.indexOf('\n');
        in.reset();
        if (end > 0 && start.startsWith("From ")) {
            in.skipNBytes(end + 1L);
        } else if (end > 0 && start.substring(0, end).strip().matches("\\d{1,10}")) {
            in.skipNBytes(end + 1L);
            return limited(in, Long.parseLong(start.substring(0, end).strip()));
        }
        return in;
    }

    private static InputStream limited(InputStream in, long length) {
        return new FilterInputStream(in) {
            private long left = length;

            @Override
            public int read() throws IOException {
                return left-- > 0 ? super.read() : -1;
            }

            @Override
            public int read(byte[] target, int offset, int count) throws IOException {
                if (left <= 0) {
                    return -1;
                }
                int read = super.read(target, offset, (int) Math.min(left, count));
                left -= Math.max(0, read);
                return read;
            }
        };
    }
}
