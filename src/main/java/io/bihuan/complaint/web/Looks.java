package io.bihuan.complaint.web;

import io.bihuan.complaint.Stage;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The colours of what a list shows. */
public final class Looks {
    private static final Duration SOON = Duration.ofMinutes(30);

    private Looks() {}

    public static String of(Severity severity) {
        return switch (severity) {
            case GENERAL -> "secondary";
            case URGENT -> "orange";
            case MAJOR -> "red";
        };
    }

    public static String of(Priority priority) {
        return switch (priority) {
            case HIGH -> "red";
            case MEDIUM -> "yellow";
            case LOW -> "secondary";
        };
    }

    public static String of(Stage stage) {
        return switch (stage) {
            case ACCEPT -> "blue";
            case VERIFY -> "purple";
            case HANDLE -> "teal";
            case FEEDBACK -> "green";
            case ARCHIVE -> "secondary";
        };
    }

    /** How a due time looks: over, soon, or later. */
    public static String of(@Nullable Instant dueAt, Instant now) {
        if (dueAt == null) {
            return "due-none";
        }
        return dueAt.isBefore(now) ? "due-over" : dueAt.isBefore(now.plus(SOON)) ? "due-soon" : "due-later";
    }
}
