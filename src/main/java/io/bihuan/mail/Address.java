package io.bihuan.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's address in a header.
 *
 * @param name as the sender writes it; null when there is none
 * @param address as it was written
 */
public record Address(@Nullable String name, String address) {
    private static final int MOST = 5_000;

    /** The form by which addresses are compared. */
    public String key() {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a letter could be sent there. */
    public boolean isReachable() {
        int at = address.lastIndexOf('@');
        return at > 0
                && at < address.length() - 1
                && address.length() <= 254
                && address.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '>' || c == ',' || c == ';' || c == 127);
    }

    /** Reads a list as people and programs write it: groups, comments, missing angle brackets, a name without an address. */
    static List<Address> list(String raw) {
        var found = new ArrayList<Address>();
        var reader = new Reader(raw);
        while (reader.hasMore() && found.size() < MOST) {
            reader.next(found);
        }
        return List.copyOf(found);
    }

    private static final class Reader {
        private final String raw;
        private int at;
        private final StringBuilder words = new StringBuilder();
        private final StringBuilder comment = new StringBuilder();
        private @Nullable String route;

        Reader(String raw) {
            this.raw = raw;
        }

        boolean hasMore() {
            return at < raw.length();
        }

        void next(List<Address> found) {
            words.setLength(0);
            comment.setLength(0);
            route = null;
            while (hasMore()) {
                char c = raw.charAt(at);
                if (c == ',' || c == ';') {
                    at++;
                    break;
                }
                if (c == ':' && !words.toString().contains("@")) {
                    // The name of a group says nothing about its members.
                    words.setLength(0);
                    at++;
                } else if (c == '"') {
                    quoted();
                } else if (c == '(') {
                    comment();
                } else if (c == '<') {
                    angle();
                } else {
                    words.append(c);
                    at++;
                }
            }
            add(found);
        }

        private void quoted() {
            int end = at + 1;
            var text = new StringBuilder();
            while (end < raw.length() && raw.charAt(end) != '"') {
                if (raw.charAt(end) == '\\' && end + 1 < raw.length()) {
                    end++;
                }
                text.append(raw.charAt(end++));
            }
            if (end >= raw.length()) {
                // A quotation mark without its partner is a character like any other.
                words.append(raw.charAt(at++));
                return;
            }
            boolean isLocalPart = end + 1 < raw.length() && raw.charAt(end + 1) == '@';
            words.append(isLocalPart ? raw.substring(at, end + 1) : text);
            at = end + 1;
        }

        private void comment() {
            int depth = 0;
            while (hasMore()) {
                char c = raw.charAt(at++);
                if (c == '(') {
                    depth++;
                } else if (c == ')' && --depth == 0) {
                    return;
                } else {
                    comment.append(c);
                }
            }
        }

        private void angle() {
            int end = raw.indexOf('>', at);
            int stop = end < 0 ? raw.length() : end;
            String inside = raw.substring(at + 1, stop);
            // An old source route (@relay:user@host) names the way, not the person.
            int colon = inside.startsWith("@") ? inside.indexOf(':') : -1;
            route = inside.substring(colon + 1);
            at = end < 0 ? stop : stop + 1;
        }

        private void add(List<Address> found) {
            String text = words.toString().strip();
            if (route != null) {
                String name = HeaderText.decode(text).strip();
                if (!route.isBlank()) {
                    found.add(new Address(name.isEmpty() ? nullIfBlank(comment) : name, compact(route)));
                }
            } else if (text.contains("@")) {
                found.add(new Address(nullIfBlank(comment), compact(text)));
            }
        }

        private static String compact(String address) {
            return address.startsWith("\"")
                    ? address.strip()
                    : HeaderText.decode(address).replaceAll("\\s+", "");
        }

        private static @Nullable String nullIfBlank(CharSequence text) {
            String decoded = HeaderText.decode(text.toString()).strip();
            return decoded.isEmpty() ? null : decoded;
        }
    }
}
