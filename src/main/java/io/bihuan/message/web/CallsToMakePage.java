package io.bihuan.message.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said by phone, the longest waiting first.
 *
 * @param revealed the one whose number is shown
 */
public record CallsToMakePage(
        List<MessageLine> lines, @Nullable UUID revealed, String phone) {}
