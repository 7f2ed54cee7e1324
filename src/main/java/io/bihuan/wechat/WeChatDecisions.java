package io.bihuan.wechat;

import io.bihuan.complaint.Complaint;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxWatcher;
import io.bihuan.platform.Writes;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a person makes a complaint of what waited, the customer gets its number, and what he says next goes there. */
@Component
class WeChatDecisions implements InboxWatcher {
    private final WeChatSettings settings;
    private final Conversations conversations;
    private final WeChatReader reader;

    WeChatDecisions(WeChatSettings settings, Conversations conversations, WeChatReader reader) {
        this.settings = settings;
        this.conversations = conversations;
        this.reader = reader;
    }

    @Override
    public void parked(InboxMessage message, Writes writes) {
        // The conversation said so itself.
    }

    @Override
    public void decided(InboxMessage message, @Nullable Complaint complaint, Writes writes) {
        String openId = message.conversation();
        if (complaint == null || openId == null || !message.reader().equals(WeChatReader.SOURCE)) {
            return;
        }
        String name = message.source().substring(message.source().indexOf(':') + 1);
        settings.find(name).ifPresent(account -> {
            Conversations.Found found = conversations.of(name, openId);
            if (found.conversation().version() == 0) {
                conversations.write(writes, found, found.conversation());
            }
            conversations.opened(writes, found.conversation(), complaint.id(), complaint.number());
            // The message itself is the occasion of what was said when it was read. A complaint is opened once, but
            // added to often.
            if (message.state() == InboxMessage.State.OPENED) {
                conversations.acknowledge(
                        writes, found, complaint.id(), complaint.id(), reader.opened(account, complaint.number()));
            } else {
                UUID occasion = UUID.nameUUIDFromBytes((message.id() + " decided").getBytes(StandardCharsets.US_ASCII));
                conversations.say(writes, found, occasion, complaint.id(), reader.added(complaint.number()));
            }
        });
    }
}
