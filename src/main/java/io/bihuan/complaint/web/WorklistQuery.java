package io.bihuan.complaint.web;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Stage;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.web.BadInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parameters of the worklist's address: every filtered list is a link. Without a state, a search looks everywhere. */
public record WorklistQuery(
        String state,
        String stage,
        String severity,
        String priority,
        String kind,
        String channel,
        String category,
        String department,
        String mine,
        String overdue,
        String q,
        String cursor) {
    public static final String OWNER = "owner";
    public static final String HANDLER = "handler";
    private static final int LONGEST = 200;
    private static final String PATH = "/desk/complaints";

    public WorklistQuery {
        state = given(state);
        stage = given(stage);
        severity = given(severity);
        priority = given(priority);
        kind = given(kind);
        channel = given(channel);
        category = given(category);
        department = given(department);
        mine = given(mine);
        overdue = given(overdue);
        q = given(q).strip();
        cursor = given(cursor);
        if (q.codePointCount(0, q.length()) > LONGEST) {
            throw new BadInput("/q", "web.field.long", LONGEST);
        }
    }

    private static String given(@Nullable String value) {
        return value == null ? "" : value;
    }

    public boolean isSearch() {
        return !q.isEmpty();
    }

    public Worklist.State shownState() {
        if (state.isEmpty()) {
            return isSearch() ? Worklist.State.ALL : Worklist.State.OPEN;
        }
        return Given.constant(Worklist.State.class, "state", state);
    }

    public boolean isOverdue() {
        return overdue.equals("true");
    }

    /** Whether anything but the state narrows the list. */
    public boolean isNarrowed() {
        return parameters().entrySet().stream()
                .anyMatch(parameter -> !parameter.getKey().equals("state")
                        && !parameter.getValue().isEmpty());
    }

    Worklist.Filter filter(SignedIn who) {
        UUID owner = mine.equals(OWNER) ? who.id() : null;
        UUID handler = mine.equals(HANDLER) ? who.id() : null;
        if (!mine.isEmpty() && owner == null && handler == null) {
            throw new BadInput("/mine", "web.json.choice", OWNER + ", " + HANDLER);
        }
        return new Worklist.Filter(
                shownState(),
                Given.optional(Stage.class, "stage", stage),
                Given.optional(Severity.class, "severity", severity),
                Given.optional(Priority.class, "priority", priority),
                Given.optional(Kind.class, "kind", kind),
                Given.optional(Channel.class, "channel", channel),
                category.isEmpty() ? null : category,
                department.isEmpty() ? null : department,
                owner,
                handler,
                isOverdue());
    }

    private Map<String, String> parameters() {
        var all = new LinkedHashMap<String, String>();
        all.put("q", q);
        all.put("state", state);
        all.put("stage", stage);
        all.put("severity", severity);
        all.put("priority", priority);
        all.put("kind", kind);
        all.put("channel", channel);
        all.put("category", category);
        all.put("department", department);
        all.put("mine", mine);
        all.put("overdue", overdue);
        return all;
    }

    /** The first page with one parameter set otherwise; the empty value takes it away. */
    public String with(String name, String value) {
        return new ListAddress(PATH, parameters()).with(name, value);
    }

    /** The page that begins after the cursor; null for the first one. */
    public String at(@Nullable String after) {
        return new ListAddress(PATH, parameters()).at(after);
    }

    /** This very page. */
    public String self() {
        return at(cursor);
    }
}
