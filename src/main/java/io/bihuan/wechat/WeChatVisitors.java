package io.bihuan.wechat;

import io.bihuan.chat.Visitors;
import io.bihuan.complaint.Complaint;
import io.bihuan.platform.Writes;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Customers who talk with a person of ours in WeChat: what is said to them goes out as every other message of the account. */
@Component
class WeChatVisitors implements Visitors {
    private final Conversations conversations;

    WeChatVisitors(Conversations conversations) {
        this.conversations = conversations;
    }

    /** Whose conversation it is, as chats know him. */
    static String visitor(Conversation conversation) {
        return WeChatReader.SOURCE + ":" + conversation.account() + ":" + conversation.openId();
    }

    @Override
    public String source() {
        return WeChatReader.SOURCE;
    }

    @Override
    public void say(String visitor, UUID occasion, String text, Writes writes) {
        conversations.say(writes, found(visitor), occasion, null, text);
    }

    @Override
    public void registered(String visitor, Complaint complaint, Writes writes) {
        conversations.opened(writes, found(visitor).conversation(), complaint.id(), complaint.number());
    }

    private Conversations.Found found(String visitor) {
        int end = visitor.lastIndexOf(':');
        return conversations.of(visitor.substring(visitor.indexOf(':') + 1, end), visitor.substring(end + 1));
    }
}
