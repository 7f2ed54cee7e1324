package io.bihuan.chat;

import io.bihuan.platform.WhenServing;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Ends, every half minute on every node, the chats whose customers went away. */
@Component
@WhenServing
class ChatCleaning {
    private final ChatCallBacks callBacks;
    private final VisitorChats visitors;
    private final ChatDuty duty;

    ChatCleaning(ChatCallBacks callBacks, VisitorChats visitors, ChatDuty duty) {
        this.callBacks = callBacks;
        this.visitors = visitors;
        this.duty = duty;
    }

    @Scheduled(initialDelay = 30, fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void clean() {
        callBacks.endAbandoned();
        visitors.lookAfter();
        duty.giveOut();
    }
}
