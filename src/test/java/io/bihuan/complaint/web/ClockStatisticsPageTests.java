package io.bihuan.complaint.web;

import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Registration;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The page of clock statistics: what it shows to whom. In an application of its own, so that it can count. */
@BihuanTest(properties = "bihuan.test.application=policies")
class ClockStatisticsPageTests {
    private static final String STATISTICS = "/desk/clocks/statistics";

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private SignedIn manager;

    @BeforeEach
    void aComplaintThatNobodyAnswered() {
        manager = person(staff, "管三", null, Role.MANAGER);
        complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "parts",
                        1,
                        Personal.of("不制冷"),
                        Personal.of("师傅来了三次，还是不制冷。"),
                        new Customer(Personal.of("欧阳小明"), Personal.of("+8613912345678"), null),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        time.instant().minus(Duration.ofHours(2)),
                        true,
                        manager.id(),
                        false,
                        List.of(),
                        null),
                Actor.SYSTEM);
    }

    private MockHttpServletResponse open(String path, SignedIn who, String... parameters) throws Exception {
        var request = get(path).with(as(who));
        for (int i = 0; i < parameters.length; i += 2) {
            request.param(parameters[i], parameters[i + 1]);
        }
        return http.perform(request).andReturn().getResponse();
    }

    @Test
    void whatIsOpenThoughDueIsShownAsMissed() throws Exception {
        String page = open(STATISTICS, manager).getContentAsString();
        assertThat(page)
                .contains("首次响应", "其中未完成", "达成率", "威尔逊")
                .contains("/desk/clocks/statistics.csv?from=")
                .doesNotContain("OWNERSHIP", "complaint.statistics");
    }

    @Test
    void departmentsAreToldApart() throws Exception {
        assertThat(open(STATISTICS, manager, "by", "DEPARTMENT").getContentAsString())
                .contains("<td data-label=\"部门\">配件部</td>");
        assertThat(open(STATISTICS, manager, "department", "finance").getContentAsString())
                .contains("这段时间没有到期的时限");
    }

    @Test
    void whoOnlyHandlesSeesTheOwnDepartment() throws Exception {
        SignedIn parts = person(staff, "配一", "parts", Role.HANDLER);
        assertThat(open(STATISTICS, parts).getContentAsString())
                .contains("首次响应")
                .doesNotContain("全部部门");
        SignedIn finance = person(staff, "财一", "finance", Role.HANDLER);
        assertThat(open(STATISTICS, finance).getContentAsString()).contains("这段时间没有到期的时限");
        assertThat(open(STATISTICS, finance, "department", "parts").getContentAsString())
                .contains("这段时间没有到期的时限");
        assertThat(open(STATISTICS + ".csv", finance).getContentAsString()).doesNotContain("首次响应");
    }

    @Test
    void theTableIsDownloaded() throws Exception {
        MockHttpServletResponse answer = open(STATISTICS + ".csv", manager, "by", "SEVERITY");
        assertThat(answer.getContentType()).startsWith("text/csv");
        assertThat(answer.getContentAsString(StandardCharsets.UTF_8))
                .startsWith("\uFEFF时限,分组,到期数")
                .contains("首次响应,一般,");
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday, from-error",
        "until, 2026-02-30, until-error",
        "from, 2019-01-01, until-error",
        "from, 2099-01-01, until-error",
        "by, PHASE_OF_THE_MOON, by-error"
    })
    void whatCannotBeAnsweredIsSaidAtItsField(String field, String typed, String error) throws Exception {
        MockHttpServletResponse answer = open(STATISTICS, manager, field, typed);
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("id=\"" + error + "\"");
        assertThat(open(STATISTICS + ".csv", manager, field, typed).getStatus()).isEqualTo(400);
    }

    @Test
    void oneEntryLeadsToAllPagesOfClocks() throws Exception {
        assertThat(open("/desk/clocks", manager).getHeader("Location")).isEqualTo(STATISTICS);
        for (String path : List.of("/desk/due", STATISTICS, "/desk/policies", "/desk/calendars")) {
            assertThat(open(path, manager).getContentAsString())
                    .contains("<a href=\"/desk/due\" class=\"tab here\" aria-current=\"page\">")
                    .contains("class=\"view here\" href=\"" + path + "\"");
        }
        assertThat(open(STATISTICS, person(staff, "客二", null, Role.AGENT)).getContentAsString())
                .doesNotContain("/desk/policies");
    }
}
