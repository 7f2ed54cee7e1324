package io.bihuan.message.web;

import io.bihuan.message.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said to customers, newest first.
 *
 * @param state the one that is listed; null: all
 */
public record MessagesOutPage(
        List<MessageLine> lines,
        @Nullable State state,
        @Nullable String first,
        @Nullable String next) {}
