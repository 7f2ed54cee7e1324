package io.bihuan.routing;

import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.Factor;
import io.bihuan.complaint.Factors;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a complaint was assessed from its registration on: by whom, when, and what changed each time. */
public final class AssessmentTrail {
    /** What an assessment says. */
    public enum Field {
        KIND,
        CATEGORY,
        SEVERITY,
        PRIORITY,
        DEPARTMENT,
        HANDLER,
        FACTOR_SEVERITY,
        FACTOR_SAFETY,
        FACTOR_COMPLEXITY,
        FACTOR_IMPACT,
        FACTOR_IMMEDIACY;

        static Field of(Factor factor) {
            return valueOf("FACTOR_" + factor.name());
        }
    }

    /** One value that is another one now: codes, ids and levels as texts; null for none. */
    public record Change(
            Field field, @Nullable String before, @Nullable String after) {}

    /** One assessment; {@code isFirst} when it came in. */
    public record Step(Instant at, Actor by, List<Change> changes, String note, boolean isFirst) {}

    private final Map<Field, String> known = new EnumMap<>(Field.class);
    private final List<Step> steps = new ArrayList<>();

    private AssessmentTrail() {}

    /** From a history in its order; the oldest assessment first. */
    public static List<Step> of(List<HistoryEvent> history) {
        var trail = new AssessmentTrail();
        history.forEach(trail::follow);
        return List.copyOf(trail.steps);
    }

    private void follow(HistoryEvent event) {
        var now = new EnumMap<>(known);
        if (event.event() instanceof ComplaintEvent.Registered e) {
            put(now, Field.KIND, e.kind());
            put(now, Field.CATEGORY, e.category());
            put(now, Field.SEVERITY, e.severity());
            put(now, Field.PRIORITY, e.priority());
            put(now, Field.DEPARTMENT, e.department());
            step(event, now, "", true);
        } else if (event.event() instanceof ComplaintEvent.Assessed e) {
            put(now, Field.KIND, e.kind());
            put(now, Field.CATEGORY, e.category());
            put(now, Field.SEVERITY, e.severity());
            put(now, Field.PRIORITY, e.priority());
            put(now, Field.DEPARTMENT, e.department());
            put(now, Field.HANDLER, e.handler());
            Factors factors = e.factors();
            if (factors != null) {
                for (Factor factor : Factor.values()) {
                    put(now, Field.of(factor), factors.level(factor));
                }
            }
            step(event, now, Personal.text(e.note()), false);
        } else if (event.event() instanceof ComplaintEvent.SeverityRaised e) {
            put(known, Field.SEVERITY, e.to());
        } else if (event.event() instanceof ComplaintEvent.KindConverted e) {
            put(known, Field.KIND, e.to());
        } else if (event.event() instanceof ComplaintEvent.JoinedBy e && e.priority() != null) {
            put(known, Field.PRIORITY, e.priority());
        }
    }

    private void step(HistoryEvent event, Map<Field, String> now, String note, boolean isFirst) {
        var changes = new ArrayList<Change>();
        for (Field field : Field.values()) {
            String before = known.get(field);
            String after = now.get(field);
            if (!Objects.equals(before, after)) {
                changes.add(new Change(field, before, after));
            }
        }
        known.clear();
        known.putAll(now);
        steps.add(new Step(event.at(), event.actor(), List.copyOf(changes), note, isFirst));
    }

    private static void put(Map<Field, String> values, Field field, @Nullable Object value) {
        if (value == null) {
            values.remove(field);
        } else {
            values.put(field, value instanceof Enum<?> constant ? constant.name() : value.toString());
        }
    }
}
