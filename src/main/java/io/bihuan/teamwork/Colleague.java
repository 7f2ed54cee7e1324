package io.bihuan.teamwork;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody of the staff and the department that this person speaks for. */
record Colleague(UUID id, @Nullable String department) {}
