package io.bihuan.wechat;

import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.Replies;
import io.bihuan.platform.Writes;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Answers in WeChat who wrote there, when a person has decided. */
@Component
class WeChatReplies implements Replies {
    private final WeChatSettings settings;
    private final Conversations conversations;

    WeChatReplies(WeChatSettings settings, Conversations conversations) {
        this.settings = settings;
        this.conversations = conversations;
    }

    @Override
    public String source() {
        return WeChatReader.SOURCE;
    }

    @Override
    public boolean canReply(InboxMessage message) {
        return message.conversation() != null && settings.find(account(message)).isPresent();
    }

    @Override
    public void reply(InboxMessage message, String text, Writes writes) {
        Conversations.Found found = conversations.of(account(message), Objects.requireNonNull(message.conversation()));
        if (found.conversation().version() == 0) {
            conversations.write(writes, found, found.conversation());
        }
        conversations.say(writes, found, message.id(), null, text);
    }

    private static String account(InboxMessage message) {
        return message.source().substring(message.source().indexOf(':') + 1);
    }
}
