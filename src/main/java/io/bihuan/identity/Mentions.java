package io.bihuan.identity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who of the staff is called in a text: {@code @} and a name or a login. */
@Component
public class Mentions {
    private static final int MOST = 50;

    /** No login and no name is longer. */
    private static final int LONGEST = 64;

    private final Staff staff;

    Mentions(Staff staff) {
        this.staff = staff;
    }

    /** Active people in the order in which they are called, each once. */
    public List<UUID> in(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        Set<String> called = signs(text).mapToObj(at -> after(text, at)).collect(Collectors.toSet());
        return called.isEmpty() ? List.of() : in(text, staff.called(called, LONGEST));
    }

    /** The longest name that fits is meant; of two people with one name both are. */
    static List<UUID> in(String text, List<StaffMember> people) {
        var called = new LinkedHashSet<UUID>();
        for (int at : signs(text).toArray()) {
            if (called.size() < MOST) {
                called.addAll(at(text, at + 1, people));
            }
        }
        return List.copyOf(called);
    }

    private static IntStream signs(String text) {
        return IntStream.range(0, text.length())
                .filter(at -> text.charAt(at) == '@' || text.charAt(at) == '＠')
                .filter(at -> !isPartOfAddress(text, at));
    }

    /** What begins with the name, if there is one: text may follow it without a space. */
    private static String after(String text, int at) {
        return text.substring(at + 1, Math.min(text.length(), at + 1 + LONGEST));
    }

    /** In an e-mail address a letter or digit stands before it. */
    private static boolean isPartOfAddress(String text, int at) {
        return at > 0 && text.charAt(at - 1) < 128 && Character.isLetterOrDigit(text.charAt(at - 1));
    }

    private static List<UUID> at(String text, int from, List<StaffMember> people) {
        int longest = 0;
        for (StaffMember person : people) {
            longest = Math.max(longest, length(text, from, person));
        }
        int best = longest;
        return best == 0
                ? List.of()
                : people.stream()
                        .filter(person -> length(text, from, person) == best)
                        .map(StaffMember::id)
                        .toList();
    }

    private static int length(String text, int from, StaffMember person) {
        boolean isName = text.startsWith(person.name(), from);
        boolean isLogin =
                text.regionMatches(true, from, person.login(), 0, person.login().length())
                        && isEnd(text, from + person.login().length());
        return Math.max(
                isName ? person.name().length() : 0, isLogin ? person.login().length() : 0);
    }

    /** So that {@code @li} does not call somebody in {@code @lina}. */
    private static boolean isEnd(String text, int at) {
        return at >= text.length() || text.charAt(at) >= 128 || !Character.isLetterOrDigit(text.charAt(at));
    }
}
