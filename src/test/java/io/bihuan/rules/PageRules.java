package io.bihuan.rules;

import io.bihuan.rules.Project.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a template may hold: structure, but neither words nor anything that a strict content policy forbids. */
public final class PageRules {
    private static final Pattern TAG =
            Pattern.compile("(?s)<(?:[a-zA-Z/][^<>]*|!doctype[^<>]*)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHOWN_ATTRIBUTE = Pattern.compile(
            "(?i)\\s(?:placeholder|title|alt|label|aria-label|aria-description|aria-roledescription|summary|hx-confirm|data-confirm)"
                    + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern BUTTON_VALUE =
            Pattern.compile("(?is)<input\\b(?=[^>]*type=\"(?:submit|button|reset)\")[^>]*\\svalue=\"([^\"]*)\"");
    private static final Pattern HAN = Pattern.compile("[\\p{IsHan}\\u3000-\\u303F\\uFF01-\\uFF5E]");
    private static final Pattern ENTITY = Pattern.compile("&(?:#\\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}|\\p{IsHan}");
    private static final Pattern DIRECTIVE =
            Pattern.compile("@(?:import|param)\\b[^\n]*\n?|@(?:else(?!if)|endif|endfor|endraw|raw)\\b");
    private static final Pattern OPENING =
            Pattern.compile("@(?:if|elseif|for|template\\.[\\w.]+)\\s*\\(|\\$unsafe\\{|\\$\\{|!\\{");

    private PageRules() {}

    /** Words come from the bundles, in the reader's language. */
    public static List<String> noWordStandsInATemplate(Text template) {
        var findings = new ArrayList<String>();
        String content = blanked(template.content(), Pattern.compile("(?s)<%--.*?--%>"));
        Matcher han = HAN.matcher(content);
        if (han.find()) {
            findings.add(template.finding(han.start(), "Chinese in a template: " + han.group()));
        }
        String html = html(template.content());
        for (Pattern shown : List.of(SHOWN_ATTRIBUTE, BUTTON_VALUE)) {
            Matcher attribute = shown.matcher(html);
            while (attribute.find()) {
                if (WORD.matcher(plain(attribute.group())).find() && hasWord(attribute)) {
                    findings.add(template.finding(
                            attribute.start(),
                            "words in an attribute: " + attribute.group().strip()));
                }
            }
        }
        String outside = blanked(html, Pattern.compile("(?is)<(script|style)\\b.*?</\\1>"));
        String text = plain(blanked(outside, TAG));
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            findings.add(template.finding(word.start(), "a word in a template: " + word.group()));
        }
        return findings;
    }

    private static boolean hasWord(Matcher attribute) {
        for (int group = 1; group <= attribute.groupCount(); group++) {
            String value = attribute.group(group);
            if (value != null && WORD.matcher(plain(value)).find()) {
                return true;
            }
        }
        return false;
    }

    /** No script, style or handler in the page itself: the content policy would not run it. */
    public static List<String> nothingIsInline(Text template) {
        var findings = new ArrayList<String>();
        String html = html(template.content());
        Matcher tags = TAG.matcher(html);
        while (tags.find()) {
            String tag = tags.group();
            if (tag.matches("(?is).*\\sstyle\\s*=.*")) {
                findings.add(template.finding(tags.start(), "an inline style"));
            }
            if (tag.matches("(?is).*\\s(on[a-z]+|hx-on[:a-z-]*)\\s*=.*")) {
                findings.add(template.finding(tags.start(), "an inline handler"));
            }
            if (tag.matches("(?is)<script\\b.*") && !tag.matches("(?is).*\\ssrc\\s*=.*")) {
                findings.add(template.finding(tags.start(), "a script without src"));
            }
            if (tag.matches("(?is)<style\\b.*")) {
                findings.add(template.finding(tags.start(), "a style element"));
            }
            if (tag.matches("(?is).*\\s(href|src|action)\\s*=\\s*[\"']\\s*(https?:)?//.*")) {
                findings.add(template.finding(tags.start(), "something from another host"));
            }
        }
        return findings;
    }

    /** A key that a template names stands in a bundle; one that ends in a dot is the beginning of some. */
    public static List<String> everyNamedTextExists(Text template, Set<String> keys, Set<String> modules) {
        var findings = new ArrayList<String>();
        Matcher named = Pattern.compile("\"((?:" + String.join("|", modules) + ")\\.[a-z0-9_.-]+)\"")
                .matcher(blanked(template.content(), Pattern.compile("(?s)<%--.*?--%>")));
        while (named.find()) {
            String key = named.group(1);
            boolean isAsset = key.endsWith(".css") || key.endsWith(".js");
            boolean exists = isAsset
                    || (key.endsWith(".")
                            ? keys.stream().anyMatch(other -> other.startsWith(key))
                            : keys.contains(key));
            if (!exists) {
                findings.add(template.finding(named.start(), "no bundle has the text " + key));
            }
        }
        return findings;
    }

    private static String plain(String text) {
        return blanked(text, ENTITY);
    }

    private static String blanked(String text, Pattern pattern) {
        return pattern.matcher(text).replaceAll(match -> match.group().replaceAll("[^\n]", " "));
    }

    /** The HTML of a template: expressions, directives and comments are spaces, so that offsets stay. */
    static String html(String template) {
        String source = blanked(template, Pattern.compile("(?s)<%--.*?--%>|<!--.*?-->"));
        var html = new StringBuilder(source.length());
        // One entry a nesting: '(' and '{' are code with its depth, '`' is HTML given as a parameter.
        Deque<int[]> nesting = new ArrayDeque<>();
        int at = 0;
        while (at < source.length()) {
            boolean isCode = !nesting.isEmpty() && nesting.peek()[0] != '`';
            int next = isCode ? code(source, at, nesting) : text(source, at, nesting, html);
            while (html.length() < next) {
                char skipped = source.charAt(html.length());
                html.append(skipped == '\n' ? '\n' : ' ');
            }
            at = next;
        }
        return html.toString();
    }

    private static int text(String source, int at, Deque<int[]> nesting, StringBuilder html) {
        char c = source.charAt(at);
        if (c == '`' && !nesting.isEmpty()) {
            nesting.pop();
            return at + 1;
        }
        if (c == '@') {
            Matcher directive = DIRECTIVE.matcher(source).region(at, source.length());
            if (directive.lookingAt()) {
                return directive.end();
            }
        }
        if (c == '@' || c == '$' || c == '!') {
            Matcher opening = OPENING.matcher(source).region(at, source.length());
            if (opening.lookingAt()) {
                nesting.push(new int[] {source.charAt(opening.end() - 1), 1});
                return opening.end();
            }
        }
        html.append(c);
        return at + 1;
    }

    private static int code(String source, int at, Deque<int[]> nesting) {
        char c = source.charAt(at);
        int[] open = nesting.getFirst();
        if (c == '"' || c == '\'') {
            int end = at + 1;
            while (end < source.length() && source.charAt(end) != c) {
                end += source.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(end + 1, source.length());
        }
        if (source.startsWith("@`", at)) {
            nesting.push(new int[] {'`', 1});
            return at + 2;
        }
        char closing = open[0] == '(' ? ')' : '}';
        if (c == open[0]) {
            open[1]++;
        } else if (c == closing) {
            open[1]--;
            if (open[1] == 0) {
                nesting.pop();
            }
        }
        return at + 1;
    }
}
