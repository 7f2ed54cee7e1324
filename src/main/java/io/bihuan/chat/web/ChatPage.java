package io.bihuan.chat.web;

import io.bihuan.chat.Chat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat as the customer sees it.
 *
 * @param path of this page
 * @param before how many stand before this one
 * @param agentName null while nobody came
 * @param mayLeaveMessage whether nobody came for so long that a message is offered
 * @param lineToken of the next line
 */
public record ChatPage(
        Chat chat,
        String path,
        List<Chat.Line> lines,
        int before,
        @Nullable String agentName,
        boolean mayLeaveMessage,
        String lineToken,
        ChatForm form,
        @Nullable String error) {}
