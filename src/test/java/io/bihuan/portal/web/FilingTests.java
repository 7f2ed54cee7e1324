package io.bihuan.portal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintEvent;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.ComplaintsOfPerson;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Reach;
import io.bihuan.platform.Actor;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.Files;
import io.bihuan.privacy.Personal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.json.JsonMapper;

@BihuanTest
class FilingTests {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    TrackingLinks links;

    @Autowired
    Files files;

    @Autowired
    ComplaintsOfPerson ofPerson;

    @Autowired
    MovableTime time;

    @AfterEach
    void now() {
        time.reset();
    }

    private Complaint filed(Visitor.Answer answer) {
        assertThat(answer.status()).as(answer.html()).isEqualTo(303);
        return complaints.find(number(answer.location())).orElseThrow();
    }

    private ComplaintNumber number(String location) {
        assertThat(location).startsWith("/complain/receipts/");
        return links.verify(location.substring("/complain/receipts/".length())).orElseThrow();
    }

    private static String somePhone() {
        return "155"
                + String.format(Locale.ROOT, "%08d", ThreadLocalRandom.current().nextInt(100_000_000));
    }

    private List<Worklist.Row> filedBy(String phone, String email) {
        var contacts = new ComplaintsOfPerson.Contacts(List.of("+86" + phone), List.of(email));
        return ofPerson.all(contacts, null, Reach.ALL, null, 20).rows();
    }

    @Test
    void aComplaintIsFiledWithoutScript() {
        var visitor = new Visitor(http);
        var form = visitor.open("/complain");
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.html())
                .contains("<form method=\"post\" action=\"/complain\" enctype=\"multipart/form-data\"")
                .contains("<optgroup label=\"零件配件\">")
                .contains("<option value=\"missing-part\">零件缺失</option>")
                .contains("不确定，由客服判断");

        Complaint complaint = filed(visitor.file(Map.of(
                "category", "missing-part",
                "title", "缺少遥控器",
                "content", "安装时发现\r\n少了遥控器。",
                "occurredOn", "2026-03-15",
                "remedy", "part",
                "email", "zhang@example.com",
                "product.model", "KFR-35GW",
                "product.nonsense", "ignored")));

        assertThat(complaint.channel()).isEqualTo(Channel.WEB);
        assertThat(complaint.category()).isEqualTo("missing-part");
        assertThat(Personal.text(complaint.title())).isEqualTo("缺少遥控器");
        assertThat(Personal.text(complaint.content())).isEqualTo("安装时发现\n少了遥控器。");
        assertThat(Personal.text(complaint.customer().phone())).isEqualTo("+8613812345678");
        assertThat(complaint.remedySought()).isEqualTo("part");
        assertThat(complaint.product().keySet()).containsExactlyInAnyOrder("productType", "model");
        assertThat(complaint.occurredAt())
                .isEqualTo(LocalDate.of(2026, 3, 15).atStartOfDay(ZONE).toInstant());
        List<HistoryEvent> history = complaints.history(complaint.number(), 0, 10);
        assertThat(history).allSatisfy(event -> assertThat(event.actor()).isEqualTo(Actor.CUSTOMER));
        assertThat(history).extracting(HistoryEvent::type).containsExactly("Registered", "Acknowledged");
    }

    @Test
    void theReceiptTellsTheNumberThePromisesAndTheWayOn() {
        // Not at midnight, so that all promises lie on days with the same name.
        time.set(LocalDate.of(2026, 11, 22).atTime(10, 12).atZone(ZONE).toInstant());
        var visitor = new Visitor(http);
        var answer = visitor.file(Map.of("content", "想了解一下为什么还没有人联系我。"));
        ComplaintNumber number = number(answer.location());

        var receipt = visitor.follow(answer);

        assertThat(receipt.status()).isEqualTo(200);
        assertThat(receipt.html())
                .contains(number.readable())
                .contains("今天 10:42 前")
                .contains("首次响应")
                .contains("明天 10:12 前")
                .contains("处理完成")
                .contains("结果告知：处理完成后 2 小时内")
                .contains("138****5678")
                .contains("http://localhost" + links.path(number))
                .contains("data-draft-sent=\"complaint-appliance\"")
                .doesNotContain("13812345678");
        assertThat(receipt.header("Cache-Control")).isEqualTo("no-store");

        var code = visitor.open(answer.location() + "/code.svg");
        assertThat(code.status()).isEqualTo(200);
        assertThat(code.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(code.html()).contains("<svg");
    }

    @Test
    void aReceiptOpensForItsHolderOnly() {
        var visitor = new Visitor(http);
        String location = visitor.file(Map.of()).location();

        char last = location.charAt(location.length() - 2);
        String forged = location.substring(0, location.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + location.substring(location.length() - 1);
        assertThat(visitor.open(forged).status()).isEqualTo(404);
        assertThat(visitor.open(forged).html()).contains("链接无效").contains("href=\"/track\"");
        assertThat(visitor.open(forged + "/code.svg").status()).isEqualTo(404);
        assertThat(visitor.open("/complain/receipts/26112200001234").status()).isEqualTo(404);
    }

    @Test
    void theSameFormSentAgainGivesOneComplaint() {
        var visitor = new Visitor(http);
        String phone = somePhone();
        var fields = visitor.filing(Map.of("phone", phone));

        var first = visitor.send("/complain", fields);
        var second = visitor.send("/complain", fields);

        assertThat(first.status()).isEqualTo(303);
        assertThat(second.location()).isEqualTo(first.location());
        assertThat(second.response().getCookie("notice")).isNull();
        assertThat(filedBy(phone, "")).hasSize(1);
    }

    @Test
    void theSameFormSentTenTimesAtOnceGivesOneComplaint() throws Exception {
        var visitor = new Visitor(http);
        String phone = somePhone();
        var fields = visitor.filing(Map.of("phone", phone));
        Set<String> locations = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sending = new ArrayList<Callable<String>>();
            for (int i = 0; i < 10; i++) {
                sending.add(() -> visitor.send("/complain", fields).location());
            }
            for (Future<String> sent : threads.invokeAll(sending)) {
                locations.add(sent.get());
            }
        }
        assertThat(locations).hasSize(1).doesNotContain("");
        assertThat(filedBy(phone, "")).hasSize(1);
    }

    @Test
    void whoChangesASentFormIsToldThatTheFirstOneCounts() {
        var visitor = new Visitor(http);
        var fields = new HashMap<>(visitor.filing(Map.of()));
        var first = visitor.send("/complain", fields);
        fields.put("content", "我想改一下刚才写的内容。");

        var second = visitor.send("/complain", fields);

        assertThat(second.location()).isEqualTo(first.location());
        assertThat(visitor.follow(second).html()).contains("这次修改的内容没有保存");
        assertThat(Personal.text(filed(first).content())).startsWith("空调装好一个月");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content | '' | 问题描述：请填写此项",
                "content | 坏了 | 问题描述：至少 5 个字",
                "name | '' | 姓名：请填写此项",
                "phone | '' | 手机号码：请填写此项",
                "phone | 12345 | 手机号码：不是有效的电话号码",
                "email | nobody | 电子邮箱：邮箱格式不正确",
                "product.productType | '' | 产品类型：请填写此项",
                "product.productType | spaceship | 产品类型：请从列表中选择",
                "product.purchasedOn | 昨天 | 购买日期：请填写日期",
                "category | spaceship | 问题类别：行业包中没有这个分类",
                "remedy | world peace | 您的诉求：只能是以下之一",
                "occurredOn | 2999-01-01 | 发生日期：时间不能晚于现在",
                "occurredOn | soon | 发生日期：请填写日期",
            })
    void aWrongFieldIsNamedAndNothingTypedIsLost(String field, String value, String said) {
        var visitor = new Visitor(http);
        String phone = somePhone();
        String email = phone + "@example.com";
        var fields = new HashMap<String, String>(
                Map.of("content", "少了一个螺丝，等了两周。", "title", "缺件", "product.model", "KFR-35GW", "name", "李四"));
        fields.put("phone", phone);
        fields.put("email", email);
        fields.put(field, value);

        var answer = visitor.file(fields);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.html()).contains("<a href=\"#" + field + "\">" + said);
        fields.forEach((name, typed) -> {
            if (!name.equals(field)) {
                assertThat(answer.html()).contains(typed);
            }
        });
        assertThat(answer.html()).contains("value=\"air-conditioner\"");
        assertThat(filedBy(phone, email)).isEmpty();
    }

    @Test
    void aTextIsMeasuredInCharactersAsPeopleCount() {
        var visitor = new Visitor(http);
        assertThat(visitor.file(Map.of("content", "😀".repeat(5_000))).status()).isEqualTo(303);
        assertThat(visitor.file(Map.of("content", "字\r\n".repeat(2_500))).status())
                .isEqualTo(303);
        var tooLong = visitor.file(Map.of("content", "字".repeat(5_001)));
        assertThat(tooLong.status()).isEqualTo(422);
        assertThat(tooLong.html()).contains("最多 5000 个字，现在是 5001 个字");
        assertThat(visitor.file(Map.of("content", "字".repeat(1 << 20))).status())
                .isEqualTo(422);
    }

    @Test
    void htmlInAFieldIsShownAsItWasTyped() {
        var visitor = new Visitor(http);
        String html = "<script>alert('1')</script>\"><img src=x onerror=alert(1)>";
        var again = visitor.file(
                Map.of("content", html, "title", html, "name", html, "phone", html, "product.model", html));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.html())
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x")
                .contains("&lt;script");

        var filed = visitor.file(Map.of("content", html, "title", html, "name", html, "product.model", html));
        String page = visitor.open(links.path(number(filed.location()))).html();
        assertThat(page)
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x")
                .contains("&lt;script");
    }

    @Test
    void aPhotoLosesItsPlace() throws IOException {
        var visitor = new Visitor(http);
        byte[] photo = Photographs.withPlace(1);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains(Photographs.PLACE);

        var answer = visitor.file(Map.of(), Visitor.file("故障.jpg", photo));

        var registered = registered(filed(answer).number());
        assertThat(registered.attachments()).hasSize(1);
        var attachment = registered.attachments().getFirst();
        assertThat(Personal.text(attachment.name())).isEqualTo("故障.jpg");
        assertThat(attachment.mediaType()).isEqualTo("image/jpeg");
        byte[] stored = files.open(new FileHash(attachment.sha256())).readAllBytes();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("GPS");
    }

    private ComplaintEvent.Registered registered(ComplaintNumber number) {
        return (ComplaintEvent.Registered)
                complaints.history(number, 0, 1).getFirst().event();
    }

    @Test
    void aRefusedFileSaysWhyAndTheRestIsKept() {
        var visitor = new Visitor(http);
        var fields = visitor.filing(Map.of("content", "装修后漏水，附照片。"));
        byte[] program = "MZ this program cannot be run".getBytes(StandardCharsets.US_ASCII);
        byte[] large = new byte[(10 << 20) + 1];

        var answer = visitor.send(
                "/complain",
                fields,
                List.of(
                        Visitor.file("照片.jpg", Photographs.plain(2)),
                        Visitor.file("工具.exe", program),
                        Visitor.file("录像.mp4", large),
                        Visitor.file("空.txt", new byte[0])));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.html())
                .contains("“工具.exe”是程序")
                .contains("“录像.mp4”超过 10 MB")
                .contains("“空.txt”是空的")
                .contains("装修后漏水，附照片。")
                .contains("照片.jpg");

        var corrected = new HashMap<>(fields);
        corrected.put("kept", answer.field("kept"));
        var again = visitor.send("/complain", corrected);
        assertThat(registered(filed(again).number()).attachments())
                .extracting(attachment -> Personal.text(attachment.name()))
                .containsExactly("照片.jpg");
    }

    @Test
    void aFileOfAnotherFormIsNotTaken() {
        var visitor = new Visitor(http);
        var fields = visitor.filing(Map.of("phone", ""));
        String kept = visitor.send("/complain", fields, List.of(Visitor.file("私密.jpg", Photographs.plain(3))))
                .field("kept");
        assertThat(kept).isNotEmpty();

        for (String seal : List.of(kept, kept.replaceFirst("\\.[^.]*\\.", ".AAAA."), "x", "..", "a.b.c")) {
            var stranger = new Visitor(http);
            var answer = stranger.file(Map.of("kept", seal));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.html()).contains("该文件已不存在").doesNotContain("私密.jpg");
        }
    }

    @Test
    void moreThanFiveFilesAreTooMany() {
        var visitor = new Visitor(http);
        var photos = new ArrayList<org.springframework.mock.web.MockMultipartFile>();
        for (int i = 0; i < 6; i++) {
            photos.add(Visitor.file(i + ".jpg", Photographs.plain(10 + i)));
        }
        var answer = visitor.send("/complain", visitor.filing(Map.of()), photos);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.html()).contains("最多 5 个文件，“5.jpg”没有保存");
        assertThat(answer.html().split("name=\"kept\"", -1)).hasSize(6);
    }

    @Test
    void afterTenComplaintsAnAddressHasToWaitAndKeepsItsText() {
        var visitor = new Visitor(http);
        for (int i = 0; i < 10; i++) {
            // What is wrong does not count.
            assertThat(visitor.file(Map.of("name", "")).status()).isEqualTo(422);
            assertThat(visitor.file(Map.of()).status()).isEqualTo(303);
        }
        var fields = visitor.filing(Map.of("content", "第十一件投诉的内容"));
        var refused = visitor.send("/complain", fields, List.of(), "X-Forwarded-For", "203.0.113.9");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 600);
        assertThat(refused.html()).contains("操作过于频繁").contains("您填写的内容都还在").contains("第十一件投诉的内容");
        assertThat(new Visitor(http).file(Map.of()).status()).isEqualTo(303);

        time.advance(Duration.ofMinutes(11));
        assertThat(visitor.send("/complain", fields).status()).isEqualTo(303);
    }

    @Test
    void aFormWithoutItsProofIsRefused() throws Exception {
        var answer = http.perform(
                        org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart("/complain")
                                .param("content", "别的网站替客户提交"))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(403);
    }

    /** The Big List of Naughty Strings: stored as it was typed or refused at its field, never more. */
    @Test
    void naughtyTextsAreStoredFaithfullyOrRefused() throws IOException {
        Path data = Path.of(Objects.requireNonNullElse(System.getenv("BIHUAN_DATA"), "../shared/data"));
        Path strings = data.resolve("strings/blns.json");
        assumeTrue(java.nio.file.Files.exists(strings), "no test data at " + data);
        List<String> naughty = JsonMapper.shared()
                .readTree(java.nio.file.Files.readString(strings))
                .valueStream()
                .map(each -> each.asString())
                .toList();
        assertThat(naughty).hasSizeGreaterThan(400);
        String raw = new Visitor(http).open("/complain").withoutTokens();
        Map<String, String> blank = new Visitor(http).filing(Map.of());
        for (String each : naughty) {
            var everywhere = typed(
                    blank,
                    Map.of(
                            "category",
                            each,
                            "title",
                            each,
                            "content",
                            each,
                            "occurredOn",
                            each,
                            "remedy",
                            each,
                            "name",
                            each,
                            "phone",
                            each,
                            "email",
                            each,
                            "product.productType",
                            each,
                            "product.serialNumber",
                            each));
            assertThat(everywhere.status()).as(each).isIn(422, 400);
            if (each.strip().startsWith("<") && each.length() > 8) {
                assertThat(everywhere.html()).as(each).doesNotContain(each.strip());
            }

            String content = "内容：" + each;
            var answer =
                    typed(blank, Map.of("content", content, "title", each, "name", "名" + each, "product.brand", each));
            assertThat(answer.status()).as(each).isIn(303, 422);
            if (answer.status() == 303) {
                Complaint complaint = filed(answer);
                assertThat(Personal.text(complaint.content()))
                        .isEqualTo(content.replace("\r\n", "\n")
                                .replace('\r', '\n')
                                .strip());
                var page = new Visitor(http).open(links.path(complaint.number()));
                assertThat(page.status()).as(each).isEqualTo(200);
                if (each.strip().startsWith("<") && each.length() > 8 && !raw.contains(each.strip())) {
                    assertThat(page.html()).as(each).doesNotContain(each.strip());
                }
            }
        }
    }

    /** By somebody of his own, as if the form had just been opened. */
    private Visitor.Answer typed(Map<String, String> blank, Map<String, String> changed) {
        var fields = new HashMap<>(blank);
        fields.put("form", UUID.randomUUID().toString());
        fields.putAll(changed);
        return new Visitor(http).send("/complain", fields);
    }

    @Test
    void theTimeOfReceiptIsNow() {
        time.set(Instant.parse("2026-11-22T02:12:00Z"));
        Complaint complaint = filed(new Visitor(http).file(Map.of()));
        assertThat(Duration.between(Instant.parse("2026-11-22T02:12:00Z"), complaint.receivedAt()))
                .isLessThan(Duration.ofMinutes(5));
        assertThat(complaint.number().digits()).startsWith("261122");
    }
}
