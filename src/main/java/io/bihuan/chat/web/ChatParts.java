package io.bihuan.chat.web;

import io.bihuan.chat.ChatDuty;
import io.bihuan.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module adds to the frame of all pages. */
@Configuration(proxyBeanMethods = false)
class ChatParts {
    @Bean
    NavigationItem chatsItem() {
        return new NavigationItem("chat.desk.title", "/desk/chats", "message", 35, ChatDuty.WAITING);
    }
}
