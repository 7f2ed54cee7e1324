package io.bihuan.clock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a clock since it started.
 *
 * @param pauses in their order; only the last may be open
 * @param extensions in their order
 * @param rebases in their order
 * @param severityAt when the amount was last replaced because the severity changed
 */
public record Course(
        List<Pause> pauses,
        List<Extension> extensions,
        List<Rebase> rebases,
        @Nullable Instant severityAt) {
    public static final Course UNDISTURBED = new Course(List.of(), List.of(), List.of(), null);

    public Course {
        pauses = List.copyOf(pauses);
        extensions = List.copyOf(extensions);
        rebases = List.copyOf(rebases);
    }

    @Nullable
    Pause openPause() {
        return pauses.isEmpty() || !pauses.getLast().isOpen() ? null : pauses.getLast();
    }

    /** The last moment of which it tells; null when nothing happened. */
    @Nullable
    Instant lastAt() {
        Instant last = severityAt;
        if (!pauses.isEmpty()) {
            Pause pause = pauses.getLast();
            last = later(last, pause.to() == null ? pause.from() : pause.to());
        }
        if (!extensions.isEmpty()) {
            last = later(last, extensions.getLast().at());
        }
        if (!rebases.isEmpty()) {
            last = later(last, rebases.getLast().at());
        }
        return last;
    }

    Course with(Pause pause) {
        return new Course(and(pauses, pause), extensions, rebases, severityAt);
    }

    Course with(Extension extension) {
        return new Course(pauses, and(extensions, extension), rebases, severityAt);
    }

    Course with(Rebase rebase) {
        return new Course(pauses, extensions, and(rebases, rebase), severityAt);
    }

    Course withSeverityAt(Instant at) {
        return new Course(pauses, extensions, rebases, at);
    }

    Course pauseEnded(Instant at) {
        return new Course(
                pauses.stream()
                        .map(pause -> pause.isOpen() ? pause.endedAt(at) : pause)
                        .toList(),
                extensions,
                rebases,
                severityAt);
    }

    /** The last pause as if it had not ended. */
    Course pauseGoesOn() {
        var all = new ArrayList<>(pauses);
        Pause last = all.removeLast();
        all.add(new Pause(last.reason(), last.actor(), last.from(), null));
        return new Course(all, extensions, rebases, severityAt);
    }

    private static Instant later(@Nullable Instant a, Instant b) {
        return a != null && a.isAfter(b) ? a : b;
    }

    private static <T> List<T> and(List<T> list, T one) {
        var longer = new ArrayList<>(list);
        longer.add(one);
        return longer;
    }
}
