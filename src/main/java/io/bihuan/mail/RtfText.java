package io.bihuan.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Set;

/** The words in the RTF that Outlook writes, also in RTF that wraps HTML. */
final class RtfText {
    private static final Set<String> HIDDEN = Set.of(
            "fonttbl",
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "header",
            "footer",
            "generator",
            "themedata",
            "htmltag",
            "mhtmltag",
            "listtable",
            "listoverridetable",
            "object",
            "datastore",
            "latentstyles");
    private static final int DEEPEST = 500;

    private final String rtf;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ArrayDeque<Boolean> groups = new ArrayDeque<>();
    private String charset = "windows-1252";
    private boolean isHidden;
    private int at;
    private int skip;

    private RtfText(String rtf) {
        this.rtf = rtf;
    }

    static String of(byte[] rtf) {
        var reader = new RtfText(new String(rtf, StandardCharsets.ISO_8859_1));
        reader.read();
        return reader.text.toString().replaceAll("\n{3,}", "\n\n").strip();
    }

    private void read() {
        while (at < rtf.length()) {
            char c = rtf.charAt(at++);
            switch (c) {
                case '{' -> {
                    flush();
                    if (groups.size() < DEEPEST) {
                        groups.push(isHidden);
                    }
                }
                case '}' -> {
                    flush();
                    isHidden = !groups.isEmpty() && groups.pop();
                }
                case '\\' -> control();
                case '\r', '\n', '\0' -> {}
                default -> write(c);
            }
        }
        flush();
    }

    private void control() {
        if (at >= rtf.length()) {
            return;
        }
        char c = rtf.charAt(at);
        if (!Character.isLetter(c)) {
            at++;
            symbol(c);
            return;
        }
        int start = at;
        while (at < rtf.length() && rtf.charAt(at) >= 'a' && rtf.charAt(at) <= 'z' && at - start < 32) {
            at++;
        }
        if (at == start) {
            at++;
        }
        String word = rtf.substring(start, at);
        int digits = at;
        while (at < rtf.length() && (Character.isDigit(rtf.charAt(at)) || (at == digits && rtf.charAt(at) == '-'))) {
            at++;
        }
        String number = rtf.substring(digits, at);
        if (at < rtf.length() && rtf.charAt(at) == ' ') {
            at++;
        }
        word(word, number.matches("-?\\d{1,7}") ? Integer.parseInt(number) : 1);
    }

    private void symbol(char c) {
        switch (c) {
            case '\'' -> {
                int value = at + 2 <= rtf.length() ? hex(rtf.substring(at, at + 2)) : -1;
                at = Math.min(rtf.length(), at + 2);
                if (value >= 0) {
                    write((char) value);
                }
            }
            case '*' -> isHidden = true;
            case '~' -> write(' ');
            case '\\', '{', '}' -> write(c);
            default -> {}
        }
    }

    private void word(String word, int number) {
        if (HIDDEN.contains(word)) {
            isHidden = true;
        } else if (word.equals("htmlrtf")) {
            flush();
            isHidden = number != 0;
        } else if (word.equals("ansicpg")) {
            charset = number == 936 ? "gb18030" : number == 65001 ? "utf-8" : "windows-" + number;
        } else if (word.equals("u")) {
            flush();
            if (!isHidden) {
                text.append((char) (number < 0 ? number + 65_536 : number));
            }
            skip = 1;
        } else if (!isHidden && (word.equals("par") || word.equals("line") || word.equals("row"))) {
            flush();
            text.append('\n');
        } else if (!isHidden && (word.equals("tab") || word.equals("cell"))) {
            flush();
            text.append('\t');
        }
    }

    private void write(char c) {
        if (skip > 0) {
            skip--;
        } else if (!isHidden) {
            bytes.write(c);
        }
    }

    private void flush() {
        if (bytes.size() > 0) {
            text.append(TextDecoding.decode(bytes.toByteArray(), charset));
            bytes.reset();
        }
    }

    private static int hex(String two) {
        int high = Character.digit(two.charAt(0), 16);
        int low = Character.digit(two.charAt(1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
