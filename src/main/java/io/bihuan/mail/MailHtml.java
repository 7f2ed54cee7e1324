package io.bihuan.mail;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** HTML of strangers: as text for the complaint, and without anything that acts or calls home for a page. */
public final class MailHtml {
    /** Stands in the text where an answered mail begins; a character of no script. */
    static final char QUOTE = '\uE0F1';

    private static final Pattern CHARSET =
            Pattern.compile("<meta[^>]{0,200}charset\\s*=\\s*[\"']?([\\w.:-]{2,40})", Pattern.CASE_INSENSITIVE);
    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tr",
            "ul");
    private static final Set<String> UNSEEN =
            Set.of("script", "style", "head", "title", "template", "noscript", "object");

    private MailHtml() {}

    /** What a reader sees, line by line. */
    public static String text(String html) {
        Document document = Jsoup.parse(html);
        var text = new Writer();
        NodeTraversor.traverse(text, document);
        return text.out
                .toString()
                .replaceAll("[ \\t\u00a0]+\n", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    /**
     * HTML that a page may show in a frame of its own: no scripts, forms, frames, styles, addresses of pictures elsewhere.
     *
     * @param pictures the address of an inline picture by its content id; null when there is none
     */
    public static String safe(String html, Function<String, @Nullable String> pictures) {
        Document document = Jsoup.parse(html);
        for (Element image : document.select("img")) {
            String source = image.attr("src").strip();
            String place =
                    source.toLowerCase(Locale.ROOT).startsWith("cid:") ? pictures.apply(source.substring(4)) : null;
            if (place == null) {
                String alternative = image.attr("alt");
                image.replaceWith(new TextNode(alternative.isBlank() ? "" : "[" + alternative + "]"));
            } else {
                image.attr("src", place);
            }
        }
        Safelist list = Safelist.relaxed()
                .removeProtocols("img", "src", "http", "https")
                .addProtocols("img", "src", "data")
                .addTags("center", "font", "hr")
                .addAttributes("font", "color", "size")
                .addAttributes("td", "align", "valign", "bgcolor")
                .addAttributes("table", "border", "cellpadding", "cellspacing")
                .removeAttributes("a", "title")
                .removeProtocols("a", "href", "ftp")
                .addEnforcedAttribute("a", "rel", "noopener noreferrer nofollow")
                .addEnforcedAttribute("a", "target", "_blank");
        Document clean = new Cleaner(list).clean(document);
        for (Element link : clean.select("a[href]")) {
            String target = link.attr("href").strip().toLowerCase(Locale.ROOT);
            if (!target.startsWith("http://") && !target.startsWith("https://") && !target.startsWith("mailto:")) {
                link.removeAttr("href");
            }
        }
        clean.outputSettings().prettyPrint(false);
        return clean.body().html();
    }

    static String ofText(String text) {
        return "<pre>" + Entities.escape(text) + "</pre>";
    }

    /** What a page declares of itself; null when it says nothing. */
    static @Nullable String charset(byte[] html) {
        String head = new String(html, 0, Math.min(html.length, 2048), StandardCharsets.ISO_8859_1);
        Matcher found = CHARSET.matcher(head);
        return found.find() ? found.group(1) : null;
    }

    private static boolean beginsQuote(Element element) {
        String id = element.id();
        return element.hasClass("gmail_quote")
                || element.hasClass("yahoo_quoted")
                || element.hasClass("moz-cite-prefix")
                || element.hasClass("protonmail_quote")
                || id.equals("isReplyContent")
                || id.equals("divNeteaseMailCard")
                || id.equals("divRplyFwdMsg")
                || id.equals("appendonsend")
                || id.equals("OLK_SRC_BODY_SECTION")
                || (element.normalName().equals("blockquote")
                        && element.attr("type").equalsIgnoreCase("cite"));
    }

    private static final class Writer implements NodeVisitor {
        private final StringBuilder out = new StringBuilder();
        private int unseen;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof Element element) {
                String name = element.normalName();
                if (UNSEEN.contains(name)) {
                    unseen++;
                    return;
                }
                if (unseen > 0) {
                    return;
                }
                if (beginsQuote(element) && !out.isEmpty() && out.indexOf(String.valueOf(QUOTE)) < 0) {
                    line();
                    out.append(QUOTE);
                }
                if (name.equals("br")) {
                    out.append('\n');
                } else if (BLOCKS.contains(name)) {
                    line();
                    out.append(name.equals("li") ? "- " : "");
                } else if (name.equals("td") || name.equals("th")) {
                    out.append(endsLine() ? "" : " ");
                }
            } else if (node instanceof TextNode text && unseen == 0) {
                write(text);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                String name = element.normalName();
                if (UNSEEN.contains(name)) {
                    unseen--;
                } else if (unseen == 0 && BLOCKS.contains(name)) {
                    line();
                    out.append(name.equals("p") && !out.isEmpty() ? "\n" : "");
                }
            }
        }

        private void write(TextNode text) {
            Node parent = text.parent();
            boolean isPre = parent instanceof Element element && element.closest("pre") != null;
            String content = isPre ? text.getWholeText() : text.getWholeText().replaceAll("[ \\t\\r\\n\\f]+", " ");
            boolean startsAfterSpace = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
            out.append(!isPre && startsAfterSpace ? content.replaceFirst("^ ", "") : content);
        }

        private boolean endsLine() {
            return out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        }

        private void line() {
            while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
            }
            if (!endsLine()) {
                out.append('\n');
            }
        }
    }
}
