package io.bihuan.chat.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** A chat from the first word of the customer to the number of the case, by pages and forms alone. */
@BihuanTest
class ChatPagesTests {
    private static final Pattern CHAT = Pattern.compile("/desk/chats/([0-9a-f-]{36})\"");

    @Autowired
    MockMvc http;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    private SignedIn agent;

    @BeforeEach
    void agent() {
        jdbc.sql("update chat.agent set available = false").update();
        jdbc.sql("update chat.chat set state = 'ENDED', ended_at = opened_at where state in ('WAITING', 'TALKING')")
                .update();
        agent = person(staff, "周敏", null, Role.AGENT);
    }

    private String page(String address) throws Exception {
        return http.perform(get(address).with(as(agent)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private String customer(String address) throws Exception {
        return http.perform(get(address))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void fromTheFirstWordToTheNumber() throws Exception {
        String mine = Objects.requireNonNull(http.perform(post("/chat")
                        .with(csrf())
                        .param("text", "空调<b>不制冷</b>")
                        .param("name", "张三丰")
                        .param("phone", "13812345678"))
                .andExpect(status().isSeeOther())
                .andReturn()
                .getResponse()
                .getHeader("Location"));
        assertThat(customer(mine)).contains("您前面没有人", "空调&lt;b&gt;不制冷&lt;/b&gt;", "请客服回电");

        http.perform(post("/desk/chats/readiness")
                        .with(as(agent))
                        .with(csrf())
                        .param("available", "true")
                        .param("most", "4"))
                .andExpect(status().isSeeOther());
        var found = CHAT.matcher(page("/desk/chats"));
        assertThat(found.find()).isTrue();
        String desk = "/desk/chats/" + found.group(1);
        http.perform(post(desk + "/lines")
                        .with(as(agent))
                        .with(csrf())
                        .param("text", "您好，请问型号？")
                        .param("token", UUID.randomUUID().toString()))
                .andExpect(status().isSeeOther());
        http.perform(post(desk + "/lines")
                        .with(as(agent))
                        .with(csrf())
                        .param("text", "内部记号7788")
                        .param("note", "true")
                        .param("token", UUID.randomUUID().toString()))
                .andExpect(status().isSeeOther());
        assertThat(page(desk)).contains("内部记号7788");
        assertThat(customer(mine + "/lines")).contains("您好，请问型号？", "周敏").doesNotContain("7788");
        http.perform(post(desk + "/registration").with(as(agent)).with(csrf()).param("kind", "COMPLAINT"))
                .andExpect(status().isSeeOther());
        assertThat(customer(mine)).contains("已为您登记，编号");
        http.perform(post(mine + "/end").with(csrf())).andExpect(status().isSeeOther());
        assertThat(customer(mine)).contains("本次咨询已结束").doesNotContain("data-send");
    }

    @Test
    void aChatIsOpenedByItsAddressOnly() throws Exception {
        http.perform(get("/chat/AAAAAAAAAAAAAAAAAAAAAA")).andExpect(status().isNotFound());
        http.perform(get("/desk/chats")).andExpect(status().is3xxRedirection());
    }
}
