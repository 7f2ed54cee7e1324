package io.bihuan.industry.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.intake.Intake;
import io.bihuan.intake.Submission;
import io.bihuan.intake.Submission.Door;
import io.bihuan.pack.Packs;
import io.bihuan.pack.StoredVersion;
import io.bihuan.platform.Actor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** The pages of packs; in an application of its own, because a pack holds for everybody. */
@BihuanTest(properties = "bihuan.test.application=packs")
class PackPagesTests {
    private static final String PACK = "/desk/packs/appliance";
    private static final Pattern RAW =
            Pattern.compile(">[^<]*(?:[A-Z]{4,}_[A-Z]|(?:industry|pack)\\.[a-z-]+\\.)[^<]*<");
    private static final Pattern REVISION = Pattern.compile("name=\"revision\" value=\"(\\d+)\"");

    @Autowired
    MockMvc http;

    @Autowired
    Packs packs;

    @Autowired
    Staff staff;

    @Autowired
    Intake intake;

    private SignedIn administrator;

    @BeforeEach
    void people() {
        administrator = person(staff, "管一", null, Role.ADMINISTRATOR);
    }

    private MockHttpServletResponse open(String path, SignedIn who) throws Exception {
        return http.perform(get(path).with(as(who)).locale(Locale.SIMPLIFIED_CHINESE))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse send(String path, Map<String, String> form) throws Exception {
        return send(path, administrator, form);
    }

    private MockHttpServletResponse send(String path, SignedIn who, Map<String, String> form) throws Exception {
        var request = post(path).with(as(who)).with(csrf()).locale(Locale.SIMPLIFIED_CHINESE);
        form.forEach(request::param);
        return http.perform(request).andReturn().getResponse();
    }

    private String revision() throws Exception {
        Matcher found = REVISION.matcher(open(PACK + "/draft", administrator).getContentAsString());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** Saves a draft in which a severity of a category is raised; its version. */
    private int raised() throws Exception {
        send(PACK + "/drafts", Map.of("version", String.valueOf(inForce())));
        var item = new HashMap<>(Map.of(
                "at", "visit-time/children/late-visit",
                "revision", revision(),
                "name.zh", "上门迟到或改约",
                "name.en", "Late or postponed visit",
                "severity", "MAJOR",
                "keywords", "迟到\n改约"));
        assertThat(send(PACK + "/draft/parts/categories/item", item).getStatus())
                .isEqualTo(303);
        MockHttpServletResponse stored =
                send(PACK + "/draft/versions", Map.of("revision", revision(), "note", "迟到升为重大"));
        assertThat(stored.getStatus()).isEqualTo(303);
        String address = Objects.requireNonNull(stored.getHeader("Location"));
        return Integer.parseInt(address.substring(address.lastIndexOf('/') + 1));
    }

    private int inForce() {
        return packs.present("appliance").orElseThrow().version();
    }

    private Complaint complaint(String content) {
        return intake.register(
                Submission.through(Door.DESK, "appliance", Channel.HOTLINE)
                        .content(content)
                        .customer("张三", "13812345678", null)
                        .product(Map.of("productType", "air-conditioner"))
                        .build(),
                Actor.SYSTEM);
    }

    @Test
    void theListNamesLinesAndPacks() throws Exception {
        assertThat(open("/desk/packs", administrator).getContentAsString())
                .contains("家电维修", "业务线", "生效中")
                .doesNotContainPattern(RAW);
    }

    @Test
    void whoMayOnlyReadSeesNoForms() throws Exception {
        SignedIn auditor = person(staff, "审一", null, Role.AUDITOR);
        SignedIn agent = person(staff, "客一", null, Role.AGENT);

        assertThat(open(PACK, auditor).getContentAsString()).doesNotContain("name=\"file\"");
        assertThat(send(PACK + "/drafts", auditor, Map.of("version", "1")).getStatus())
                .isEqualTo(403);
        assertThat(open("/desk/packs", agent).getStatus()).isEqualTo(403);
    }

    @Test
    void aChangeBecomesAVersionShowsItsDifferenceIsTriedAndComesIntoForce() throws Exception {
        int before = inForce();
        Complaint late = complaint("师傅迟到了两个小时");
        int version = raised();

        assertThat(inForce()).isEqualTo(before);
        String page = open(PACK + "/versions/" + version, administrator).getContentAsString();
        assertThat(page)
                .contains("迟到升为重大", "类别", "visit-time", "late-visit", "MAJOR")
                .doesNotContainPattern(">[^<]*(?:industry|pack)\\.[a-z-]+\\.[^<]*<");

        MockHttpServletResponse asked = send(
                PACK + "/versions/" + version + "/dry-runs", Map.of("against", String.valueOf(before), "days", "90"));
        String run = Objects.requireNonNull(asked.getHeader("Location"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(open(run, administrator).getContentAsString())
                        .contains("会有不同")
                        .contains("级别", "重大", "时限"));
        assertThat(open(run, administrator).getContentAsString())
                .contains("/desk/complaints/" + late.number().digits())
                .doesNotContainPattern(RAW);

        assertThat(send(PACK + "/versions/" + version + "/activations", Map.of("from", "", "reason", ""))
                        .getStatus())
                .isEqualTo(422);
        assertThat(send(PACK + "/versions/" + version + "/activations", Map.of("from", "", "reason", "客户反映强烈"))
                        .getStatus())
                .isEqualTo(303);
        assertThat(inForce()).isEqualTo(version);
        assertThat(complaint("师傅又迟到了").severity().name()).isEqualTo("MAJOR");

        send(PACK + "/versions/" + before + "/activations", Map.of("from", "", "reason", "退回"));
        assertThat(inForce()).isEqualTo(before);
        assertThat(open(PACK, administrator).getContentAsString())
                .contains("客户反映强烈", "退回")
                .doesNotContainPattern(RAW);
    }

    @Test
    void aDraftThatIsWrongStaysADraftAndSaysWhere() throws Exception {
        send(PACK + "/drafts", Map.of("version", String.valueOf(inForce())));
        int versions = packs.versions("appliance").size();
        var item = new HashMap<>(Map.of(
                "at", "visit-time/children/no-visit",
                "revision", revision(),
                "name.zh", "无人上门",
                "name.en", "Nobody came",
                "department", "no-such-department"));
        send(PACK + "/draft/parts/categories/item", item);

        MockHttpServletResponse refused = send(PACK + "/draft/versions", Map.of("revision", revision(), "note", "部门"));

        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("未知的部门 `no-such-department`：", "categories.yaml:");
        assertThat(packs.versions("appliance")).hasSize(versions);
        assertThat(send(PACK + "/draft/discarding", Map.of()).getStatus()).isEqualTo(303);
        assertThat(open(PACK + "/draft", administrator).getStatus()).isEqualTo(404);
    }

    @Test
    void twoWhoEditAtOnceDoNotWriteOverEachOther() throws Exception {
        send(PACK + "/drafts", Map.of("version", String.valueOf(inForce())));
        String seen = revision();
        var form = new HashMap<>(Map.of("revision", seen, "code", "first-new", "zh", "新类别"));
        assertThat(send(PACK + "/draft/parts/categories", form).getStatus()).isEqualTo(303);

        form.put("code", "second-new");
        MockHttpServletResponse refused = send(PACK + "/draft/parts/categories", form);

        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("草稿已被他人修改", "first-new");
        send(PACK + "/draft/discarding", Map.of());
    }

    @Test
    void everyPartAndFileOfADraftOpens() throws Exception {
        send(PACK + "/drafts", Map.of("version", String.valueOf(inForce())));
        for (String part : io.bihuan.industry.DraftParts.parts()) {
            MockHttpServletResponse page = open(PACK + "/draft/parts/" + part, administrator);
            assertThat(page.getStatus()).as(part).isEqualTo(200);
            Matcher first = Pattern.compile(
                            "href=\"(/desk/packs/appliance/draft/parts/" + part + "/item\\?at=[^\"]+)\"")
                    .matcher(page.getContentAsString());
            if (first.find()) {
                assertThat(open(first.group(1), administrator).getContentAsString())
                        .as(part)
                        .contains("name=\"at\"")
                        .doesNotContainPattern(">[^<]*industry\\.[a-z-]+\\.[^<]*<");
            }
        }
        for (String file : packs.folder("appliance", inForce()).files().keySet()) {
            assertThat(open(PACK + "/draft/file?name=" + file, administrator).getStatus())
                    .as(file)
                    .isEqualTo(200);
        }
        send(PACK + "/draft/discarding", Map.of());
    }

    @Test
    void aVersionThatIsExportedComesInAgainAsItself() throws Exception {
        int version = inForce();
        byte[] zip =
                open(PACK + "/versions/" + version + "/file", administrator).getContentAsByteArray();

        MockHttpServletResponse taken = take("appliance.zip", zip);

        assertThat(taken.getHeader("Location")).isEqualTo(PACK + "/versions/" + version);
    }

    @Test
    void aFileThatIsNoPackIsRefusedWithItsReasons() throws Exception {
        MockHttpServletResponse refused = take("evil.zip", new byte[] {1, 2, 3});

        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("evil.zip", "请打包一个行业包的文件夹");
    }

    private MockHttpServletResponse take(String name, byte[] bytes) throws Exception {
        return http.perform(multipart(PACK + "/imports")
                        .file(new MockMultipartFile("file", name, "application/zip", bytes))
                        .with(as(administrator))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    @Test
    void anIndustryIsSwitchedOnAndOffAgain() throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> packs.newest().stream().map(StoredVersion::pack).anyMatch("banking"::equals));
        var form = new HashMap<>(Map.of("code", "cards", "zh", "信用卡", "en", "Cards", "pack", "banking"));

        assertThat(send("/desk/packs/lines", form).getStatus()).isEqualTo(303);
        assertThat(packs.businessLines()).contains("cards");
        assertThat(packs.of("cards").id()).isEqualTo("banking");
        assertThat(send("/desk/packs/lines", form).getStatus()).isEqualTo(422);

        assertThat(send("/desk/packs/lines/cards/closing", Map.of()).getStatus())
                .isEqualTo(303);
        assertThat(packs.businessLines()).doesNotContain("cards");
        assertThat(packs.of("cards").id()).isEqualTo("banking");
    }
}
