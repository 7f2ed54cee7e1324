package io.bihuan.chat;

import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.Replies;
import io.bihuan.platform.Writes;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Answers a visitor who found nobody, in the place where he asked. */
@Component
class ChatReplies implements Replies {
    private final ChatRows rows;
    private final ChatTelling telling;

    ChatReplies(ChatRows rows, ChatTelling telling) {
        this.rows = rows;
        this.telling = telling;
    }

    @Override
    public String source() {
        return ChatCallBacks.SOURCE;
    }

    @Override
    public boolean canReply(InboxMessage message) {
        return chat(message).filter(chat -> chat.visitor() != null).isPresent();
    }

    @Override
    public void reply(InboxMessage message, String text, Writes writes) {
        chat(message).ifPresent(chat -> telling.tell(chat, message.id(), text, writes));
    }

    private Optional<Chat> chat(InboxMessage message) {
        return rows.find(UUID.fromString(message.sourceId()));
    }
}
