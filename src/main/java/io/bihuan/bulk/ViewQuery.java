package io.bihuan.bulk;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.web.StorableText;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the address of a worklist asks for: only what the worklist understands is kept, in its order. */
public final class ViewQuery {
    private static final int LONGEST = 200;
    private static final String OWNER = "owner";
    private static final String HANDLER = "handler";
    /** No pack can have such a department: codes begin with a letter. */
    private static final String NOWHERE = "-";

    /** What may be asked, in the order of the worklist's addresses; an empty set allows any text. */
    private static final Map<String, Set<String>> KNOWN = known();

    private final Map<String, String> asked;

    private ViewQuery(Map<String, String> asked) {
        this.asked = asked;
    }

    private static Map<String, Set<String>> known() {
        var known = new LinkedHashMap<String, Set<String>>();
        known.put("q", Set.of());
        known.put("state", names(Worklist.State.values()));
        known.put("stage", names(Stage.values()));
        known.put("severity", names(Severity.values()));
        known.put("priority", names(Priority.values()));
        known.put("kind", names(Kind.values()));
        known.put("channel", names(Channel.values()));
        known.put("category", Set.of());
        known.put("department", Set.of());
        known.put("mine", Set.of(OWNER, HANDLER));
        known.put("overdue", Set.of("true"));
        return known;
    }

    private static Set<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Reads what stands behind the question mark of an address. */
    public static ViewQuery read(@Nullable String query) {
        var given = new LinkedHashMap<String, String>();
        for (String pair : query == null ? List.<String>of() : List.of(query.split("&", 64))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                given.putIfAbsent(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        var asked = new LinkedHashMap<String, String>();
        KNOWN.forEach((key, allowed) -> {
            String value = given.getOrDefault(key, "").strip();
            boolean fits = allowed.isEmpty()
                    ? value.codePointCount(0, value.length()) <= LONGEST && StorableText.is(value)
                    : allowed.contains(value);
            if (!value.isEmpty() && fits) {
                asked.put(key, value);
            }
        });
        return new ViewQuery(asked);
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    public boolean isSearch() {
        return asked.containsKey("q");
    }

    /** The filter that it is, within what this person may see. */
    Worklist.Filter filter(SignedIn who) {
        UUID owner = OWNER.equals(asked.get("mine")) ? who.id() : null;
        UUID handler = HANDLER.equals(asked.get("mine")) ? who.id() : null;
        String state = asked.get("state");
        var filter = new Worklist.Filter(
                state == null ? Worklist.State.OPEN : Worklist.State.valueOf(state),
                constant(Stage.class, "stage"),
                constant(Severity.class, "severity"),
                constant(Priority.class, "priority"),
                constant(Kind.class, "kind"),
                constant(Channel.class, "channel"),
                asked.get("category"),
                asked.get("department"),
                owner,
                handler,
                asked.containsKey("overdue"));
        if (who.reach().all()) {
            return filter;
        }
        String only = who.reach().department();
        String wanted = asked.get("department");
        return filter.inDepartment(only == null || (wanted != null && !wanted.equals(only)) ? NOWHERE : only);
    }

    private <E extends Enum<E>> @Nullable E constant(Class<E> type, String key) {
        String value = asked.get(key);
        return value == null ? null : Enum.valueOf(type, value);
    }

    /** As it stands behind the question mark; empty when it asks for nothing. */
    @Override
    public String toString() {
        return asked.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
