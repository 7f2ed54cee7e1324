package io.bihuan.message.web;

import io.bihuan.message.Notices;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A colleague's notices, newest first. */
public record NoticesPage(List<Notices.Received> notices, @Nullable String next, Instant seenAt, boolean hasUnread) {}
