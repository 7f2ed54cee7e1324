package io.bihuan.capture.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.Complaints;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.intake.Inbox;
import io.bihuan.intake.InboxMessage;
import io.bihuan.intake.InboxWork;
import io.bihuan.pack.Severity;
import io.bihuan.privacy.Personal;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;

/** What people write down for others becomes one complaint, with where it came from. */
@BihuanTest
class CapturePagesTests {
    @Autowired
    MockMvc http;

    @Autowired
    Inbox inbox;

    @Autowired
    InboxWork work;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintFiles files;

    @Autowired
    Staff staff;

    private SignedIn manager;
    private String code = "";

    @BeforeEach
    void outlet() throws Exception {
        manager = person(staff, "方远", null, Role.MANAGER);
        code = "box-" + UUID.randomUUID().toString().substring(0, 8);
        http.perform(post("/desk/outlets")
                        .with(as(manager))
                        .with(csrf())
                        .param("code", code)
                        .param("name", "人民路服务网点")
                        .param("address", "人民路 88 号")
                        .param("channel", "COMMUNITY")
                        .param("businessLine", "appliance"))
                .andExpect(status().isSeeOther());
    }

    private Complaint complaint(String source, String id) throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            InboxMessage message = inbox.find(source, id).orElseThrow();
            if (message.complaint() != null) {
                return complaints.find(message.complaint()).orElseThrow();
            }
            assertThat(message.state()).isEqualTo(InboxMessage.State.NEW);
            work.readOne();
            Thread.sleep(20);
        }
        throw new AssertionError("not read");
    }

    private static byte[] picture() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    private MockMultipartHttpServletRequestBuilder slip(String number, String text) {
        var request = multipart("/desk/slips");
        request.with(as(manager)).with(csrf());
        request.param("outlet", code).param("number", number).param("text", text);
        return request;
    }

    @Test
    void aSlipOfACustomersDaughterKeepsPhotoAndAuthorisation() throws Exception {
        var request = slip("2026-099", "师傅收了上门费，没有给收据。");
        request.param("name", "王桂兰")
                .param("proxyName", "李娜")
                .param("proxyRelation", "女儿")
                .param("proxyPhone", "13900001111");
        request.file(new MockMultipartFile("photos", "纸条.png", "image/png", picture()));
        request.file(
                new MockMultipartFile("authorisation", "授权书.txt", "text/plain", "同意".getBytes(StandardCharsets.UTF_8)));
        String place = http.perform(request)
                .andExpect(status().isSeeOther())
                .andReturn()
                .getResponse()
                .getHeader("Location");
        assertThat(place).contains("number=2026-100");

        Complaint complaint = complaint("paper:" + code, "2026-099");
        assertThat(complaint.channel()).isEqualTo(Channel.COMMUNITY);
        assertThat(Personal.text(complaint.content())).contains("没有给收据", "人民路服务网点", "2026-099", "李娜", "女儿");
        assertThat(complaint.customer().name()).isEqualTo(Personal.of("王桂兰"));
        assertThat(complaint.customer().phone()).isEqualTo(Personal.of("+8613900001111"));
        assertThat(files.of(complaint.id())).extracting(use -> use.name()).contains("纸条.png", "授权书.txt");
    }

    @Test
    void aProxyWithoutAuthorisationIsAskedForIt() throws Exception {
        var request = slip("7", "内容");
        request.param("proxyName", "李娜");
        String page = http.perform(request)
                .andExpect(status().is(422))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("authorisation-error");
        assertThat(inbox.find("paper:" + code, "7")).isEmpty();
    }

    @Test
    void anotherTextUnderTheSameNumberIsNotSwallowedSilently() throws Exception {
        http.perform(slip("8", "第一张")).andExpect(status().isSeeOther());
        var cookies = http.perform(slip("8", "另一张")).andReturn().getResponse().getCookies();
        String page = http.perform(get("/desk/slips").with(as(manager)).cookie(cookies))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("录入过不同的内容");
    }

    private MockMultipartHttpServletRequestBuilder publicPost(String id, String text) {
        var request = multipart("/desk/posts");
        request.with(as(manager)).with(csrf());
        request.param("url", "https://weibo.com/1/" + id)
                .param("platform", "微博")
                .param("author", "爱吐槽的小王")
                .param("reach", "12,000")
                .param("postedAt", "2026-03-01T08:00")
                .param("text", text)
                .param("businessLine", "appliance");
        return request;
    }

    @Test
    void aPublicPostTenTimesAtOnceIsOneComplaintOfRaisedSeverity() throws Exception {
        String id = UUID.randomUUID().toString();
        try (var threads = Executors.newFixedThreadPool(10)) {
            var all = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 10; i++) {
                all.add(() -> http.perform(publicPost(id, "安装收费不合理"))
                        .andReturn()
                        .getResponse()
                        .getStatus());
            }
            for (var answer : threads.invokeAll(all)) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
        Complaint complaint = complaint("post:web", "weibo.com/1/" + id);
        assertThat(complaint.channel()).isEqualTo(Channel.WEIBO);
        assertThat(complaint.severity()).isNotEqualTo(Severity.GENERAL);
        assertThat(Personal.text(complaint.content())).contains("传播量：12000", "https://weibo.com/1/" + id);
        assertThat(inbox.of(complaint.id())).hasSize(1);
    }

    @Test
    void aTableSaysWhatBecameOfEachRow() throws Exception {
        String id = UUID.randomUUID().toString();
        String table = "\ufeff链接,内容,传播量,发布时间\n"
                + "https://weibo.com/2/" + id + ",漏水没人管,500,2026-03-01 08:00\n"
                + "https://weibo.com/2/" + id + "?from=feed,漏水没人管,500,2026-03-01 08:00\n"
                + "not an address,内容,,\n"
                + "https://weibo.com/3/" + id + ",内容,很多,\n\n";
        var request = multipart("/desk/posts/table");
        request.with(as(manager)).with(csrf());
        request.file(new MockMultipartFile("file", "posts.csv", "text/csv", table.getBytes(StandardCharsets.UTF_8)));
        String page = http.perform(request)
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("新登记 1 条，已有 1 条，未登记 2 条", "第 4 行：", "第 5 行：");
    }

    @Test
    void aPosterIsAPageWithItsAddressInAnEmbeddedFont() throws Exception {
        byte[] pdf = http.perform(get("/desk/outlets/" + code + "/poster.pdf").with(as(manager)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (var reader = new PdfReader(pdf)) {
            assertThat(reader.getNumberOfPages()).isEqualTo(1);
            assertThat(new PdfTextExtractor(reader).getTextFromPage(1)).contains("人民路服务网点", "/at/" + code);
        }
        assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).contains("FontFile2");
        assertThat(pdf.length).isLessThan(400_000);
    }
}
