package io.bihuan.complaint.web;

import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Contact;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.DueNext;
import io.bihuan.complaint.Registration;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Clocks in lists: what is due next, and the column of the worklist. */
@BihuanTest
class ClockListsTests {
    private static final Pattern NEXT = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"");
    private static final Pattern ROW = Pattern.compile("<tr data-row data-id=\"([^\"]+)\"");

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private SignedIn agent;
    private SignedIn lead;

    @BeforeEach
    void people() {
        agent = person(staff, "周敏", null, Role.AGENT);
        lead = person(staff, "吴倩", null, Role.MANAGER);
    }

    private Complaint received(Duration ago, String department) {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.WEB,
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        department,
                        1,
                        Personal.of("空调修了三次还是不制冷"),
                        Personal.of("师傅来了三次，每次收280元。"),
                        new Customer(Personal.of("张三丰"), Personal.of("+8613912340000"), null),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        time.instant().minus(ago),
                        true,
                        agent.id(),
                        false,
                        List.of(),
                        null),
                Actor.CUSTOMER);
    }

    private String html(SignedIn who, String path) throws Exception {
        return http.perform(get(path.replace("&amp;", "&")).with(as(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private String board(SignedIn who, String more) throws Exception {
        return html(who, "/desk/due?owner=" + agent.id() + more);
    }

    private static List<String> rows(String html) {
        return ROW.matcher(html).results().map(found -> found.group(1)).toList();
    }

    @Test
    void theBoardShowsEveryRunningClockOfAComplaintUnderWhenItIsDue() throws Exception {
        Complaint complaint = received(Duration.ofHours(2), "parts");

        String html = board(lead, "");

        assertThat(rows(html)).hasSize(3).containsOnly(complaint.id().toString());
        assertThat(html.indexOf("due-when-overdue")).isPositive().isLessThan(html.indexOf("首次响应"));
        assertThat(html.indexOf("首次响应")).isLessThan(html.indexOf("处理完成"));
        assertThat(html)
                .contains(
                        "已超时 1 小时",
                        "首次响应：已用时限的 400%",
                        "内部时限",
                        "1 项",
                        complaint.number().readable());
    }

    @Test
    void theBoardIsNarrowedByTimeGradeSeverityAndDepartment() throws Exception {
        received(Duration.ofHours(2), "parts");

        assertThat(rows(board(lead, "&when=OVERDUE"))).hasSize(1);
        assertThat(rows(board(lead, "&when=HOUR"))).isEmpty();
        assertThat(rows(board(lead, "&severity=GENERAL&department=parts&grade=INTERNAL")))
                .hasSize(2);
        assertThat(rows(board(lead, "&grade=LEGAL"))).hasSize(1);
        assertThat(rows(board(lead, "&severity=MAJOR"))).isEmpty();
        assertThat(rows(board(lead, "&department=outlets"))).isEmpty();
        String none = board(lead, "&grade=CONTRACT");
        assertThat(rows(none)).isEmpty();
        assertThat(none).contains("没有即将到期的时限", "请减少筛选条件");
        http.perform(get("/desk/due?grade=SOME").with(as(lead))).andExpect(status().isBadRequest());
        http.perform(get("/desk/due?cursor=1").with(as(lead))).andExpect(status().isBadRequest());
    }

    @Test
    void theBoardFollowsAComplaintToAnotherDepartmentAndSeverity() throws Exception {
        Complaint complaint = received(Duration.ofHours(2), "parts");
        complaints.perform(complaint.number(), null, new Command.ConfirmOwnership(agent.id()), agent.actor());
        complaints.perform(
                complaint.number(),
                null,
                new Command.Assess(
                        Kind.COMPLAINT,
                        "repeated-repair",
                        Severity.URGENT,
                        Priority.MEDIUM,
                        "outlets",
                        null,
                        null,
                        null),
                agent.actor());

        assertThat(rows(board(lead, "&department=parts"))).isEmpty();
        assertThat(rows(board(lead, "&severity=GENERAL"))).isEmpty();
        assertThat(rows(board(lead, "&department=outlets&severity=URGENT")))
                .hasSizeGreaterThan(1)
                .containsOnly(complaint.id().toString());
    }

    @Test
    void whoLeadsNobodySeesTheOwnCasesOnly() throws Exception {
        Complaint complaint = received(Duration.ZERO, "parts");
        SignedIn other = person(staff, "何静", null, Role.AGENT);
        SignedIn handler = person(staff, "高峰", "outlets", Role.HANDLER);

        assertThat(html(agent, "/desk/due")).contains(complaint.number().digits());
        // What others own is not shown, whatever the address asks for.
        assertThat(board(other, "")).doesNotContain(complaint.number().digits());
        assertThat(html(other, "/desk/due")).contains("您负责或处理的投诉中，没有正在计时的时限。");
        assertThat(board(handler, "")).doesNotContain(complaint.number().digits());
    }

    @Test
    void aLongBoardIsPagedWithoutGapsAndCountsUpToAHundred() throws Exception {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 52; i++) {
            // Overdue, but not so long that the severity is raised and the deadlines move while we page.
            String id = received(Duration.ofHours(30).plusSeconds(i % 5), "parts")
                    .id()
                    .toString();
            // the answer, the solution, the fifteen days of the law
            expected.addAll(List.of(id, id, id));
        }
        var seen = new ArrayList<String>();
        String html = board(lead, "");
        assertThat(html).contains("100+ 项");
        seen.addAll(rows(html));
        assertThat(seen).hasSize(DueNext.PAGE);
        while (seen.size() < expected.size()) {
            Matcher next = NEXT.matcher(html);
            assertThat(next.find()).isTrue();
            html = html(lead, next.group(1));
            seen.addAll(rows(html));
        }
        assertThat(NEXT.matcher(html).find()).isFalse();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(new HashSet<>(seen)).hasSize(52);
    }

    @Test
    void theBoardIsInTheNavigationAndAPartForLiveLists() throws Exception {
        String page = html(lead, "/desk/due");
        assertThat(page).contains("href=\"/desk/due\"", "即将到期", "hx-get=\"/desk/due\"");
        String part = http.perform(get("/desk/due").header("HX-Request", "true").with(as(lead)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(part).doesNotContain("<html");
    }

    @Test
    void theWorklistShowsClockShareAndPause() throws Exception {
        Complaint complaint = received(Duration.ofMinutes(15), "parts");
        String mine = "/desk/complaints?mine=owner";
        assertThat(html(agent, mine)).contains("首次响应：已用时限的 50%", "ring-yellow", "首次响应");

        complaints.perform(complaint.number(), null, new Command.ConfirmOwnership(agent.id()), agent.actor());
        complaints.perform(
                complaint.number(), null, new Command.PauseClocks("APPRAISAL", "送检", Contact.PHONE), agent.actor());

        assertThat(html(agent, mine)).contains("十五日履行期限").doesNotContain("首次响应：");
    }
}
