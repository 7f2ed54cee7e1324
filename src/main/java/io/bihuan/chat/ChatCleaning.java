package io.bihuan.chat;

import io.bihuan.platform.WhenServing;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Ends, every half minute on every node, the chats whose customers went away. */
@Component
@WhenServing
class ChatCleaning {
    private final Chats chats;

    ChatCleaning(Chats chats) {
        this.chats = chats;
    }

    @Scheduled(initialDelay = 30, fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void clean() {
        chats.endAbandoned();
        chats.lookAfterVisitors();
        chats.giveOut();
    }
}
