package io.bihuan.chat.web;

import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form that opens a chat. */
public record ChatStartPage(
        ChatForm form,
        List<Option> businessLines,
        boolean isAnybodyThere,
        @Nullable String error) {}
