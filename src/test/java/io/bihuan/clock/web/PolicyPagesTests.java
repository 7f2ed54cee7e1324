package io.bihuan.clock.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.clock.Policies;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The pages of policies; in an application of its own, because a policy holds for everybody. Its time only goes forward. */
@BihuanTest(properties = "bihuan.test.application=policies")
class PolicyPagesTests {
    private static final String TELL = "/desk/policies/appliance/tell";
    private static final Pattern RAW =
            Pattern.compile(">[^<]*(?:[A-Z]{4,}_[A-Z]|INTERNAL|BUSINESS|(?:clock|complaint)\\.[a-z-]+\\.)[^<]*<");

    @Autowired
    MockMvc http;

    @Autowired
    Policies policies;

    @Autowired
    Packs packs;

    @Autowired
    Staff staff;

    @Autowired
    MovableTime time;

    private SignedIn administrator;

    @BeforeEach
    void people() {
        administrator = person(staff, "管一", null, Role.ADMINISTRATOR);
    }

    private MockHttpServletResponse open(String path, SignedIn who) throws Exception {
        return http.perform(get(path).with(as(who))).andReturn().getResponse();
    }

    private MockHttpServletResponse send(String path, SignedIn who, Map<String, String> form) throws Exception {
        var request = post(path).with(as(who)).with(csrf());
        form.forEach(request::param);
        return http.perform(request).andReturn().getResponse();
    }

    /** The draft of a rule of 90 minutes. */
    private Map<String, String> draft(String... changes) {
        var form = new LinkedHashMap<>(Map.of(
                "unit", "MINUTE",
                "calendar", "always",
                "general", "90",
                "urgent", "60",
                "major", "30",
                "warnAt", "50%, -10m 100%，+1d",
                "reason", "承诺更快告知结果",
                "days", "30"));
        form.put("base", String.valueOf(newest()));
        for (int i = 0; i < changes.length; i += 2) {
            form.put(changes[i], changes[i + 1]);
        }
        return form;
    }

    private int newest() {
        return policies.versions(packs.get("appliance"), "tell")
                .orElseThrow()
                .newest()
                .version()
                .revision();
    }

    private int inForce() {
        return policies.find(packs.get("appliance"), "tell", time.instant())
                .orElseThrow()
                .terms()
                .amountFor(Severity.GENERAL);
    }

    @Test
    void theListShowsWhatIsInForce() throws Exception {
        String page = open("/desk/policies", administrator).getContentAsString();
        assertThat(page)
                .contains("家电维修", "结果告知", "处理完成", "内部时限", "等待客户补充信息", "全天候")
                .contains("href=\"" + TELL + "\"", "href=\"/desk/clocks/statistics\"")
                .doesNotContainPattern(RAW);
    }

    @Test
    void whoManagesReadsAndOnlyAnAdministratorDrafts() throws Exception {
        SignedIn manager = person(staff, "管二", null, Role.MANAGER);
        assertThat(open(TELL, manager).getContentAsString())
                .contains("全部版本", "随规则包提供")
                .doesNotContain("拟定新版本", "formaction");
        assertThat(send(TELL + "/versions", manager, draft()).getStatus()).isEqualTo(403);
        assertThat(send(TELL + "/what-ifs", manager, draft()).getStatus()).isEqualTo(403);
        assertThat(open(TELL, person(staff, "客一", null, Role.AGENT)).getStatus())
                .isEqualTo(403);
        assertThat(open(TELL, administrator).getContentAsString()).contains("拟定新版本");
        assertThat(open("/desk/policies/appliance/nothing", administrator).getStatus())
                .isEqualTo(404);
    }

    @Test
    void aPreviewSaysWhenAComplaintWouldBeDueNowAndUnderTheDraft() throws Exception {
        int before = newest();
        String page = send(TELL, administrator, draft("previewAt", "2026-11-23T10:00", "urgent", "150"))
                .getContentAsString();
        assertThat(page)
                .contains("预览：2026-11-23 10:00 提交的投诉")
                .contains("2026-11-23 12:00", "2026-11-23 11:30", "2026-11-23 12:30", "2026-11-23 10:30")
                .contains("提前 30 分钟", "推后 30 分钟")
                .contains("一般：2 小时 → 1 小时 30 分钟")
                .contains("因此应在 2026-11-23 11:30 前完成")
                .contains("formaction=\"" + TELL + "/versions\"")
                .doesNotContainPattern(RAW);
        assertThat(newest()).isEqualTo(before);
    }

    @Test
    void aPreviewOfDaysCountsTheDraftsWay() throws Exception {
        String page = send(
                        TELL,
                        administrator,
                        draft(
                                "previewAt", "2026-11-23T18:00",
                                "unit", "CALENDAR_DAY",
                                "general", "2",
                                "cutOff", "17:00",
                                "extensions[0].by", "3",
                                "extensions[0].times", "1",
                                "extensions[0].approver", "MANAGER",
                                "pausable", "APPRAISAL",
                                "told", "APPRAISAL"))
                .getContentAsString();
        assertThat(page)
                .contains("2026-11-26 24:00")
                .contains("17:00 以后收到的视为次日收到")
                .contains("延长 3 个自然日，最多 1 次，管理者批准")
                .contains("委托鉴定（须告知客户）");
    }

    @Test
    void aPublishedVersionHoldsForWhatStartsLaterAndIsToldOfInTheList() throws Exception {
        int before = inForce();
        MockHttpServletResponse answer = send(TELL + "/versions", administrator, draft("general", "95"));
        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(answer.getHeader("Location")).isEqualTo(TELL);
        String told = http.perform(get(TELL).with(as(administrator)).cookie(answer.getCookies()))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(told).contains("进行中的时限仍按原规则", "待生效", "管一", "承诺更快告知结果");
        assertThat(inForce()).isEqualTo(before);

        time.advance(Policies.SOONEST.plusSeconds(1));
        assertThat(inForce()).isEqualTo(95);
        assertThat(open("/desk/policies", administrator).getContentAsString()).contains("自定义", "1 小时 35 分钟");
        assertThat(open(TELL, administrator).getContentAsString()).contains("改用规则包的规则", "生效中", "已被替代");

        assertThat(send(TELL + "/versions", administrator, draft("general", "95"))
                        .getContentAsString())
                .contains("与最近发布的版本相同");
        assertThat(send(TELL + "/versions", administrator, draft("general", "96", "base", "0"))
                        .getContentAsString())
                .contains("其间已有人发布了新版本");

        assertThat(send(TELL + "/shipped", administrator, Map.of("base", String.valueOf(newest())))
                        .getStatus())
                .isEqualTo(303);
        time.advance(Policies.SOONEST.plusSeconds(1));
        assertThat(inForce()).isEqualTo(120);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    warnAt        | -5%               | warnAt-error
                    warnAt        | 50% 50%           | warnAt-error
                    warnAt        | 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 | warnAt-error
                    calendar      | ''                | calendar-error
                    calendar      | moon              | calendar-error
                    general       | 0                 | general-error
                    urgent        | 99999999          | urgent-error
                    major         | viele             | major-error
                    cutOff        | 25:00             | cutOff-error
                    rollsForward  | true              | rollsForward-error
                    endsAt        | CLOSE             | endsAt-error
                    unit          | FORTNIGHT         | unit-error
                    told          | APPRAISAL         | pausable-error
                    reason        | ''                | reason-error
                    effectiveFrom | 2001-01-01T00:00  | effectiveFrom-error
                    effectiveFrom | tomorrow          | effectiveFrom-error
                    previewAt     | 1066-10-14T09:00  | previewAt-error
                    """)
    void whatIsWrongIsSaidAtItsFieldAndTheRunningPolicyStays(String field, String typed, String error)
            throws Exception {
        int before = newest();
        MockHttpServletResponse answer = send(TELL + "/versions", administrator, draft(field, typed));
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("id=\"" + error + "\"").doesNotContainPattern(RAW);
        assertThat(newest()).isEqualTo(before);
    }

    @Test
    void aDraftIsRunOverWhatWas() throws Exception {
        assertThat(send(TELL + "/what-ifs", administrator, draft("days", "121")).getStatus())
                .isEqualTo(422);

        MockHttpServletResponse answer = send(TELL + "/what-ifs", administrator, draft());
        assertThat(answer.getStatus()).isEqualTo(303);
        String path = Objects.requireNonNull(answer.getHeader("Location"));
        assertThat(path).startsWith(TELL + "/what-ifs/");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> open(path, administrator).getContentAsString().contains("结果都不变"));
        assertThat(open(path, administrator).getContentAsString())
                .contains("试算：结果告知，最近 30 天", "一般：2 小时 → 1 小时 30 分钟")
                .doesNotContainPattern(RAW);
        assertThat(open(TELL + path.substring(path.indexOf("/what-ifs")) + "/progress", administrator)
                        .getHeader("HX-Refresh"))
                .isEqualTo("true");
        // The draft can be taken up again.
        String id = path.substring(path.lastIndexOf('/') + 1);
        assertThat(http.perform(get(TELL).with(as(administrator)).param("draft", id))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("value=\"90\"");
        assertThat(open("/desk/policies/appliance/solve/what-ifs/" + id, administrator)
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void thePagesAreInEnglishForWhoReadsEnglish() throws Exception {
        for (String path : new String[] {"/desk/policies", TELL}) {
            String page = http.perform(get(path).header("Accept-Language", "en").with(as(administrator)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            assertThat(page).contains("Rules", "Internal deadline").doesNotContainPattern(RAW);
        }
    }
}
