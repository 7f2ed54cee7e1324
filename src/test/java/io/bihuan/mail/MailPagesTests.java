package io.bihuan.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.intake.InboxMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;

/** Staff see a received mail as it came, and it can do nothing to them. */
@NullUnmarked
class MailPagesTests extends MailTest {
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @Autowired
    MockMvc browser;

    @Autowired
    Staff staff;

    private MockHttpServletResponse shown(String path, Role role, String department) throws Exception {
        UUID id = staff.withRole(Role.ADMINISTRATOR, null).getFirst().id();
        var who = new SignedIn(id, "someone", "某人", Set.of(role), department, false);
        return browser.perform(get(path)
                        .with(authentication(UsernamePasswordAuthenticationToken.authenticated(who, null, List.of()))))
                .andReturn()
                .getResponse();
    }

    private static String body(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private InboxMessage withHtml(String from) {
        return read("From: 张三丰 <" + from + ">\r\nTo: " + SERVICE + "\r\nSubject: 漏水\r\nX-Nonce: " + unique() + "\r\n"
                + "Content-Type:"
                + " multipart/related;"
                + " boundary=b\r\n\r\n"
                + "--b\r\n"
                + "Content-Type:"
                + " text/html;"
                + " charset=utf-8\r\n\r\n"
                + "<p>洗衣机漏水</p><script>alert(1)</script><img"
                + " src=\"cid:p\"><img"
                + " src=\"http://tracker.example/p.gif\"><blockquote"
                + " type=cite>您好</blockquote>\r\n"
                + "--b\r\n"
                + "Content-Type:"
                + " image/png;"
                + " name=p.png\r\n"
                + "Content-ID:"
                + " <p>\r\n"
                + "Content-Transfer-Encoding:"
                + " base64\r\n\r\n" + PNG + "\r\n--b--\r\n");
    }

    @Test
    void theMailIsShownMaskedWithItsQuotedTextApart() throws Exception {
        String from = somebody();
        InboxMessage message = withHtml(from);
        MockHttpServletResponse answer = shown("/desk/messages/" + message.id() + "/mail", Role.AGENT, null);
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(body(answer))
                .contains("洗衣机漏水", "您好", "p.png", "漏水", message.complaint().readable(), "c***@example.com", "张**")
                .doesNotContain(from, "张三丰");
    }

    @Test
    void theComplaintLinksToTheMailItCameFrom() throws Exception {
        InboxMessage message = withHtml(somebody());
        assertThat(body(shown("/desk/complaints/" + message.complaint().digits(), Role.MANAGER, null)))
                .contains("/desk/messages/" + message.id() + "/mail", "查看原始邮件");
    }

    @Test
    void theHtmlIsShownWithoutAnythingThatActs() throws Exception {
        InboxMessage message = withHtml(somebody());
        MockHttpServletResponse answer = shown("/desk/messages/" + message.id() + "/mail/html", Role.AGENT, null);
        assertThat(body(answer)).contains("洗衣机漏水", "data:image/png;base64,").doesNotContain("script", "tracker");
        assertThat(answer.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'", "sandbox", "frame-ancestors 'self'")
                .doesNotContain("allow-scripts");
    }

    @Test
    void theRawMailIsForThoseWhoMaySeeItAndItsReadingIsRecorded() throws Exception {
        String from = somebody();
        InboxMessage message = withHtml(from);
        String path = "/desk/messages/" + message.id() + "/mail/raw";
        MockHttpServletResponse answer = shown(path, Role.AGENT, null);
        assertThat(answer.getContentType()).isEqualTo("application/octet-stream");
        assertThat(body(answer)).contains(from, "<script>");
        assertThat(jdbc.sql("select count(*) from complaint.reveal where complaint_id = :id")
                        .param("id", message.complaintId())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(shown(path, Role.AUDITOR, null).getStatus()).isEqualTo(403);
        assertThat(shown(path, Role.HANDLER, "elsewhere").getStatus()).isEqualTo(404);
        assertThat(shown("/desk/messages/" + UUID.randomUUID() + "/mail", Role.AGENT, null)
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void aMailThatCannotBeReadStillShowsItsHeader() throws Exception {
        InboxMessage message =
                read("Subject: 嵌套\nX-Nonce: " + unique() + "\nContent-Type: multipart/mixed; boundary=b\n\n"
                        + "--b\nContent-Type: multipart/mixed; boundary=b\n\n".repeat(100));
        MockHttpServletResponse answer = shown("/desk/messages/" + message.id() + "/mail", Role.MANAGER, null);
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(body(answer)).contains("嵌套", "/mail/raw");
    }
}
