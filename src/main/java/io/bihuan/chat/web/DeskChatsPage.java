package io.bihuan.chat.web;

import io.bihuan.chat.Chat;
import io.bihuan.chat.ChatDuty;
import io.bihuan.chat.ChatFigures;
import io.bihuan.web.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agent's chats.
 *
 * @param open the one that is shown; null for none
 * @param names of the colleagues who wrote in it
 * @param day figures of the last 24 hours, {@code month} of the last 30 days
 */
public record DeskChatsPage(
        List<Chat> mine,
        List<Chat> waiting,
        ChatDuty.Readiness readiness,
        @Nullable Chat open,
        boolean isMine,
        List<Chat.Line> lines,
        Map<UUID, String> names,
        List<Option> colleagues,
        List<Option> kinds,
        String lineToken,
        ChatFigures.Figures day,
        ChatFigures.Figures month,
        @Nullable String error) {
    /** Seconds as {@code 1:05}. */
    public static String minutes(@Nullable Duration length) {
        return length == null ? "—" : "%d:%02d".formatted(length.toMinutes(), length.toSecondsPart());
    }

    /** A share in percent. */
    public static String share(int part, int whole) {
        return whole == 0 ? "—" : Math.round(100.0 * part / whole) + "%";
    }
}
