package io.bihuan.calendar;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.message.Notices;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;

/** Calendars and holidays on their pages, in an application of their own, as the story of a year whose notice comes late. */
@BihuanTest(properties = "bihuan.calendars.check=false")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CalendarPagesTests {
    private static final Instant NOVEMBER = Instant.parse("2026-11-02T01:00:00Z");
    private static final String NOTICE = """
            {"holidays": {"2027-01-01": "New Year's Day,元旦,1", "2027-02-06": "Spring Festival,春节,4",
              "2027-02-07": "Spring Festival,春节,4", "2027-05-01": "Labour Day,劳动节,2"},
             "workdays": {"2027-02-20": "Spring Festival,春节,4"}}
            """;

    @Autowired
    MockMvc browser;

    @Autowired
    Calendars calendars;

    @Autowired
    YearTasks tasks;

    @Autowired
    YearCheck check;

    @Autowired
    Notices notices;

    @Autowired
    Staff staff;

    @Autowired
    MovableTime time;

    @BeforeEach
    void itIsNovember() {
        time.set(NOVEMBER);
        calendars.forget();
    }

    @AfterEach
    void itIsNowAgain() {
        time.reset();
    }

    private UUID administrator() {
        return staff.withRole(Role.ADMINISTRATOR, null).getFirst().id();
    }

    private MockHttpServletResponse asked(AbstractMockHttpServletRequestBuilder<?> request, Role... roles)
            throws Exception {
        var who = new SignedIn(administrator(), "admin", "王经理", Set.of(roles), null, false);
        return browser.perform(request.with(csrf())
                        .with(authentication(UsernamePasswordAuthenticationToken.authenticated(who, null, List.of()))))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse admin(AbstractMockHttpServletRequestBuilder<?> request) throws Exception {
        return asked(request, Role.ADMINISTRATOR);
    }

    private static String body(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse uploaded(String name, String content) throws Exception {
        return admin(multipart("/desk/holidays/cn/imports")
                .file(new MockMultipartFile("file", name, null, content.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    @Order(1)
    void theListShowsEveryCalendar() throws Exception {
        String page = body(asked(get("/desk/calendars"), Role.AUDITOR));

        assertThat(page)
                .contains("法定工作日", "workdays-cn", "全天候", "Asia/Shanghai", "中国法定节假日", "2004–2026")
                .doesNotContain("/desk/holidays/cn\">查看节假日表并导入");
        assertThat(body(admin(get("/desk/calendars?lang=en")))).contains("PRC working days", "PRC public holidays");
    }

    @Test
    @Order(2)
    void theYearIsShownInWordsNotOnlyInColours() throws Exception {
        String page = body(asked(get("/desk/calendars/workdays-cn?year=2026"), Role.MANAGER));

        assertThat(page)
                .contains("2026 年（工作日共 248 天）")
                .contains("title=\"节假日、春节\">17<small aria-hidden=\"true\">休</small>")
                .contains("title=\"调休上班日、春节调休上班、09:00-18:00\">28<small aria-hidden=\"true\">班</small>")
                .contains("title=\"休息日\"", "15–23", "?year=2025", "?year=2027", "第 1 版", "随产品或行业包提供")
                .doesNotContain("发布新版本", "MAKE_UP", "尚未公布");
        assertThat(body(admin(get("/desk/calendars/workdays-cn?year=2027"))))
                .contains("2027 年的放假通知尚未公布", "day working assumed", "发布新版本");
        assertThat(admin(get("/desk/calendars/nowhere")).getStatus()).isEqualTo(404);
        assertThat(admin(get("/desk/calendars/workdays-cn?year=99999")).getStatus())
                .isEqualTo(404);
    }

    @Test
    @Order(3)
    void theCalculatorSaysWhenALimitEnds() throws Exception {
        String path = "/desk/calendars/workdays-cn?unit=WORKING_DAY&amount=7&start=";

        assertThat(body(admin(get(path + "2026-09-28T10:00")))).contains("到期：2026-10-13 24:00（周二）");
        assertThat(body(admin(get(path + "2026-12-28T10:00")))).contains("2027 年的放假通知尚未公布，结果为暂定");
        assertThat(body(admin(get(path.replace("=7", "=2").replace("DAY", "HOUR") + "2026-09-30T17:00"))))
                .contains("到期：2026-10-08 10:00（周四）");
        MockHttpServletResponse wrong = admin(get(path.replace("=7", "=0") + "x"));
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(body(wrong)).contains("请填写 1 到 3650 的整数", "请填写日期和时间");
    }

    @Test
    @Order(4)
    void aMissingYearIsATaskOfTheAdministratorsOnce() throws Exception {
        check.look();
        check.look();

        assertThat(tasks.open()).singleElement().satisfies(task -> {
            assertThat(task.year()).isEqualTo(2027);
            assertThat(task.cause()).isEqualTo(YearTasks.Cause.NEXT_YEAR);
        });
        assertThat(notices.of(administrator(), null))
                .filteredOn(notice -> notice.notice().key().equals("calendar.task.notice"))
                .hasSize(1);
        assertThat(body(admin(get("/desk/calendars")))).contains("请导入 2027 年的放假通知（中国法定节假日）：通知一般在 11 月公布");
        assertThat(body(admin(get("/desk/calendars/workdays-cn")))).contains("请导入 2027 年的放假通知");
        assertThat(body(admin(get("/desk/notices")))).contains("请导入 2027 年的放假通知（节假日表 cn）");
    }

    @Test
    @Order(5)
    void aBrokenFileIsRefusedWithItsLines() throws Exception {
        MockHttpServletResponse answer = uploaded("holidays.ics", """
                        BEGIN:VCALENDAR
                        BEGIN:VEVENT
                        DTSTART;VALUE=DATE:20270101
                        RRULE:FREQ=YEARLY
                        SUMMARY:<b>元旦</b>
                        END:VEVENT
                        END:VCALENDAR
                        """);

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(body(answer)).contains("holidays.ics 第 4 行：", "重复没有期限，请加上 UNTIL 或 COUNT", "没有导入任何内容");
        assertThat(uploaded("big.json", " ".repeat((1 << 20) + 1)).getStatus()).isEqualTo(422);
        assertThat(uploaded("empty.json", "").getStatus()).isEqualTo(422);
        assertThat(calendars.holidaysVersion("cn")).isEqualTo(1);
    }

    @Test
    @Order(6)
    void aFileIsLookedAtAndThenPublishedAsAWhole() throws Exception {
        String preview = Objects.requireNonNull(uploaded("2027.json", NOTICE).getHeader("Location"));

        assertThat(body(admin(get(preview))))
                .contains("尚未发布：中国法定节假日", "2027 年：放假 4 天，调休上班 1 天", "2027 年已有官方通知")
                .contains("2027-02-06 周六 至 2027-02-07 周日", "春节调休上班", "checked");
        assertThat(calendars.holidaysVersion("cn")).isEqualTo(1);
        MockHttpServletResponse silent = admin(post(preview + "/publication").param("years", "2027"));
        assertThat(silent.getStatus()).isEqualTo(422);
        MockHttpServletResponse looked = admin(post(preview + "/publication").param("look", "true"));
        assertThat(looked.getStatus()).isEqualTo(200);
        assertThat(calendars.holidaysVersion("cn")).isEqualTo(1);

        MockHttpServletResponse published =
                admin(post(preview + "/publication").param("years", "2027").param("reason", "国办发明电〔2026〕9 号"));

        assertThat(published.getStatus()).isEqualTo(303);
        assertThat(tasks.open()).isEmpty();
        assertThat(body(admin(get("/desk/holidays/cn?year=2027"))))
                .contains("国办发明电〔2026〕9 号", "放假安排：2027 年", "2027-02-20 周六")
                .doesNotContain("请导入 2027");
        assertThat(body(admin(get("/desk/calendars/workdays-cn?year=2027"))))
                .contains("第 2 版", "放假安排：2027 年")
                .doesNotContain("尚未公布");
        assertThat(admin(get(preview)).getStatus()).isEqualTo(404);
    }

    @Test
    @Order(7)
    void aDraftMayBeDiscarded() throws Exception {
        String preview = Objects.requireNonNull(
                uploaded("2028.json", NOTICE.replace("2027", "2028")).getHeader("Location"));

        assertThat(admin(post(preview + "/cancellation")).getStatus()).isEqualTo(303);
        assertThat(admin(get(preview)).getStatus()).isEqualTo(404);
        assertThat(calendars.holidays("cn").announced()).doesNotContain(2028);
    }

    @Test
    @Order(8)
    void aNewVersionIsLookedAtAndPublishedWithItsReason() throws Exception {
        int seen = calendars.current("workdays-cn").version();
        AbstractMockHttpServletRequestBuilder<?> preview =
                form(seen).param("preview", "true").param("year", "2026");

        assertThat(body(admin(preview)))
                .contains("预览：第 " + (seen + 1) + " 版（尚未发布）", "2026 年（工作日共 202 天）", "特殊日、年终盘点、09:00-12:00");
        assertThat(calendars.current("workdays-cn").version()).isEqualTo(seen);
        assertThat(admin(form(seen)).getStatus()).isEqualTo(422);

        assertThat(admin(form(seen).param("reason", "周五休息")).getStatus()).isEqualTo(303);

        assertThat(body(admin(get("/desk/calendars/workdays-cn"))))
                .contains("周五休息", "周五：09:00-18:00 → 无", "特殊日 2026-12-31：年终盘点（09:00-12:00）");
        MockHttpServletResponse late = admin(form(seen).param("reason", "again").param("sunday", "09:00-10:00"));
        assertThat(late.getStatus()).isEqualTo(422);
        assertThat(body(late)).contains("日历刚被别人改到第 " + (seen + 1) + " 版");
    }

    private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder form(int seen) {
        String hours = "09:00-12:00，13:00-18:00";
        return post("/desk/calendars/workdays-cn/versions")
                .param("monday", hours)
                .param("tuesday", hours)
                .param("wednesday", hours)
                .param("thursday", "09:00-18:00")
                .param("makeUp", "09:00-18:00")
                .param("days", "2026-12-31 09:00-12:00 年终盘点 / Stocktaking")
                .param("seen", Integer.toString(seen));
    }

    @Test
    @Order(9)
    void wrongHoursStandAtTheirField() throws Exception {
        int seen = calendars.current("workdays-cn").version();
        String page = body(admin(form(seen)
                .param("reason", "a")
                .param("friday", "18:00-09:00")
                .param("saturday", "09:00-12:00, 11:00-13:00")));

        assertThat(page).contains("“18:00-09:00”不是时段", "09:00-12:00 与 11:00-13:00 重叠");
        assertThat(body(admin(post("/desk/calendars/workdays-cn/versions")
                        .param("reason", "a")
                        .param("days", "tomorrow")
                        .param("seen", "1"))))
                .contains("第 1 行：“tomorrow”写法不对");
        assertThat(body(admin(post("/desk/calendars/workdays-cn/versions")
                        .param("reason", "a")
                        .param("seen", "1"))))
                .contains("至少要有一天上班");
        assertThat(calendars.current("workdays-cn").version()).isEqualTo(seen);
    }

    @Test
    @Order(10)
    void onlyAdministratorsChangeAnything() throws Exception {
        for (Role role : List.of(Role.MANAGER, Role.AUDITOR)) {
            assertThat(asked(get("/desk/holidays/cn"), role).getStatus()).isEqualTo(200);
            assertThat(asked(form(1).param("reason", "a"), role).getStatus()).isEqualTo(403);
            assertThat(asked(multipart("/desk/holidays/cn/imports"), role).getStatus())
                    .isEqualTo(403);
        }
        assertThat(asked(get("/desk/calendars"), Role.AGENT).getStatus()).isEqualTo(403);
        assertThat(asked(get("/desk/holidays/new-set"), Role.MANAGER).getStatus())
                .isEqualTo(404);
        assertThat(body(admin(get("/desk/holidays/new-set")))).contains("还没有数据");
    }
}
