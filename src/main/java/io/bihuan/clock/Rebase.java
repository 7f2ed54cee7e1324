package io.bihuan.clock;

import io.bihuan.calendar.WorkCalendar;
import java.time.Instant;

/** A clock was given another policy; {@code from} and {@code calendar} are those it had until then, the actor as {@code kind:id}. */
public record Rebase(Instant at, String actor, String reason, PolicyVersion from, WorkCalendar calendar) {}
