package io.bihuan.complaint.web;

import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Command;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintSearch;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Customer;
import io.bihuan.complaint.Registration;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** The worklist as it is read: what it shows to whom, how it is narrowed and paged. */
@BihuanTest
class WorklistPageTests {
    private static final Pattern RAW = Pattern.compile("[A-Z]{4,}_[A-Z]|complaint\\.[a-z]+\\.");

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintSearch search;

    @Autowired
    Worklist worklist;

    @Autowired
    Staff staff;

    @Autowired
    InstantSource time;

    private SignedIn agent;

    @BeforeEach
    void people() {
        agent = person(staff, "周敏", null, Role.AGENT);
    }

    private Registration registration(String title, String department, Severity severity, Instant receivedAt) {
        return new Registration(
                "appliance",
                Channel.WEB,
                Kind.COMPLAINT,
                "repeated-repair",
                severity,
                Priority.MEDIUM,
                department,
                1,
                Personal.of(title),
                Personal.of("师傅来了三次，还是不制冷。" + title),
                new Customer(Personal.of("欧阳小明"), Personal.of("+8613912345678"), null),
                Map.of(),
                null,
                null,
                null,
                null,
                receivedAt,
                true,
                agent.id(),
                false,
                List.of(),
                null);
    }

    private Complaint registered(String title, String department, Severity severity, Instant receivedAt) {
        return complaints.register(registration(title, department, severity, receivedAt), Actor.CUSTOMER);
    }

    private String html(SignedIn who, String address) throws Exception {
        return http.perform(get(address).with(as(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static List<String> numbers(String html) {
        var found = new ArrayList<String>();
        Matcher links = Pattern.compile("class=\"w-title\" href=\"/desk/complaints/(\\d{14})\"")
                .matcher(html);
        while (links.find()) {
            found.add(links.group(1));
        }
        return found;
    }

    private String mine(String more) {
        return "/desk/complaints?mine=owner" + more;
    }

    @Test
    void whatIsDueFirstStandsFirstAndNamesAreMasked() throws Exception {
        Instant now = time.instant();
        Complaint late = registered("早就超时", "parts", Severity.GENERAL, now.minus(Duration.ofHours(3)));
        Complaint soon = registered("马上到期", "parts", Severity.GENERAL, now.minus(Duration.ofMinutes(18)));
        Complaint calm = registered("刚刚登记", "parts", Severity.GENERAL, now);

        String html = html(agent, mine(""));

        assertThat(numbers(html))
                .containsExactly(
                        late.number().digits(),
                        soon.number().digits(),
                        calm.number().digits());
        assertThat(html)
                .contains("已超时", "due-over", "due-soon", "首次响应", "未确认", "周敏", "欧**")
                .doesNotContain("欧阳小明", "13912345678");
    }

    @Test
    void everyFilterIsALinkThatNarrows() throws Exception {
        Instant now = time.instant();
        Complaint urgent = registered("紧急的", "parts", Severity.URGENT, now.minus(Duration.ofHours(2)));
        Complaint general = registered("一般的", "finance", Severity.GENERAL, now);
        Complaint archived = registered("归档的", "parts", Severity.GENERAL, now);
        complaints.perform(archived.number(), null, new Command.Withdraw("不投诉了"), agent.actor());
        Complaint old = complaints.perform(archived.number(), null, new Command.Archive(null), agent.actor());
        assertThat(search.await(old.id(), old.version(), Duration.ofSeconds(20)))
                .isTrue();

        assertThat(numbers(html(agent, mine("&severity=URGENT"))))
                .containsExactly(urgent.number().digits());
        assertThat(numbers(html(agent, mine("&department=finance"))))
                .containsExactly(general.number().digits());
        assertThat(numbers(html(agent, mine("&overdue=true"))))
                .containsExactly(urgent.number().digits());
        assertThat(numbers(html(agent, mine("&state=ARCHIVED"))))
                .containsExactly(archived.number().digits());
        assertThat(numbers(html(agent, mine("&state=ALL")))).hasSize(3);
        assertThat(numbers(html(agent, mine("&stage=VERIFY")))).isEmpty();
        assertThat(numbers(html(agent, "/desk/complaints?mine=handler"))).isEmpty();
        String narrowed = html(agent, mine("&severity=URGENT&category=repeated-repair&kind=COMPLAINT&channel=WEB"));
        assertThat(numbers(narrowed)).containsExactly(urgent.number().digits());
        assertThat(narrowed).contains("href=\"/desk/complaints?state=ARCHIVED&amp;severity=URGENT&amp;kind=COMPLAINT");
    }

    @Test
    void aNarrowedListOfOldOnesIsTheSameFromTheIndexAndFromTheDatabase() {
        Instant now = time.instant();
        for (int i = 0; i < 5; i++) {
            Complaint old = registered("旧的" + i, "parts", Severity.GENERAL, now.minusSeconds(600 - i));
            complaints.perform(old.number(), null, new Command.Withdraw("不投诉了"), agent.actor());
            old = complaints.perform(old.number(), null, new Command.Archive(null), agent.actor());
            assertThat(search.await(old.id(), old.version(), Duration.ofSeconds(20)))
                    .isTrue();
        }
        registered("还开着", "parts", Severity.GENERAL, now);
        var filter = new Worklist.Filter(
                Worklist.State.ARCHIVED, null, Severity.GENERAL, null, null, null, null, null, agent.id(), null, false);
        List<UUID> byDatabase = walked((after, limit) -> worklist.page(filter, after, limit));
        assertThat(byDatabase).hasSize(5);
        assertThat(walked((after, limit) -> search.list(filter, Worklist.Within.ALL, after, limit)))
                .isEqualTo(byDatabase);
        var web = new Worklist.Within(Set.of("appliance"), Set.of("WEB"));
        assertThat(walked((after, limit) -> search.list(filter, web, after, limit)))
                .isEqualTo(byDatabase);
        var phone = new Worklist.Within(Set.of(), Set.of("HOTLINE"));
        assertThat(walked((after, limit) -> search.list(filter, phone, after, limit)))
                .isEmpty();
    }

    @Test
    void aDepartmentsListIsTheSameFromTheIndexAndFromTheDatabase() {
        String department = "d-" + UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            Complaint one = registered(
                    "部门的" + i, department, Severity.GENERAL, time.instant().minusSeconds(600 - i));
            assertThat(search.await(one.id(), one.version(), Duration.ofSeconds(20)))
                    .isTrue();
        }
        var filter = all(false).inDepartment(department);
        List<UUID> byDatabase = walked((after, limit) -> worklist.page(filter, after, limit));
        assertThat(byDatabase).hasSize(5);
        assertThat(walked((after, limit) -> search.list(filter, Worklist.Within.ALL, after, limit)))
                .isEqualTo(byDatabase);
    }

    @Test
    void whatIsLateIsListedByWhenItWasDueAlsoAmongAll() {
        String department = "d-" + UUID.randomUUID();
        Instant longAgo = time.instant().minus(Duration.ofDays(60));
        Complaint later = registered("晚些到期", department, Severity.GENERAL, longAgo);
        Complaint sooner = registered("早些到期", department, Severity.GENERAL, longAgo.minus(Duration.ofDays(1)));
        var filter = all(true).inDepartment(department);
        assertThat(walked((after, limit) -> search.list(filter, Worklist.Within.ALL, after, limit)))
                .containsExactly(sooner.id(), later.id());
    }

    private static Worklist.Filter all(boolean overdue) {
        return new Worklist.Filter(Worklist.State.ALL, null, null, null, null, null, null, null, null, null, overdue);
    }

    private static List<UUID> walked(BiFunction<Worklist.@Nullable Cursor, Integer, Worklist.Page> list) {
        var seen = new ArrayList<UUID>();
        Worklist.Cursor after = null;
        do {
            Worklist.Page page = list.apply(after, 2);
            page.rows().forEach(row -> seen.add(row.id()));
            after = page.next();
        } while (after != null);
        return seen;
    }

    @Test
    void anAddressThatNobodyOffersIsABadRequest() throws Exception {
        for (String query : List.of("stage=NONE", "mine=all", "cursor=x", "q=a&cursor=%20", "state=open")) {
            http.perform(get("/desk/complaints?" + query).with(as(agent))).andExpect(status().isBadRequest());
        }
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() throws Exception {
        Instant now = time.instant();
        var all = new ArrayList<String>();
        for (int i = 0; i < 53; i++) {
            all.add(registered("第" + i + "条", "parts", Severity.GENERAL, now.minusSeconds(600 - i))
                    .number()
                    .digits());
        }
        String first = html(agent, mine(""));
        Matcher next = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"").matcher(first);
        assertThat(next.find()).isTrue();
        String second = html(
                agent, next.group(1).replace("&amp;", "&").replace("%2F", "/").replace("%3A", ":"));

        var seen = new ArrayList<>(numbers(first));
        assertThat(seen).hasSize(50);
        seen.addAll(numbers(second));
        assertThat(seen).isEqualTo(all);
        assertThat(second).doesNotContain("rel=\"next\"").contains("rel=\"first\"");
    }

    @Test
    void anHtmxRequestGetsOnlyTheRows() throws Exception {
        Complaint complaint = registered("只要行", "parts", Severity.GENERAL, time.instant());
        String part = http.perform(get(mine("")).with(as(agent)).header("HX-Request", "true"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(part)
                .doesNotContain("<html", "<nav class=\"tabs", "<form")
                .contains("data-id=\"" + complaint.id() + "\"", "data-version=\"" + complaint.version() + "\"");
        assertThat(html(agent, mine(""))).contains("<html", "hx-get=\"/desk/complaints?mine=owner\"");
    }

    @Test
    void aHandlerSeesTheOwnDepartmentOnly() throws Exception {
        SignedIn handler = person(staff, "钱工", "logistics", Role.HANDLER);
        Complaint own = registered("物流的独有事", "logistics", Severity.GENERAL, time.instant());
        Complaint other = registered("财务的独有事", "finance", Severity.GENERAL, time.instant());
        assertThat(search.await(other.id(), other.version(), Duration.ofSeconds(20)))
                .isTrue();

        assertThat(numbers(html(handler, "/desk/complaints")))
                .contains(own.number().digits())
                .doesNotContain(other.number().digits());
        assertThat(numbers(html(handler, "/desk/complaints?department=finance")))
                .isEmpty();
        assertThat(numbers(html(handler, "/desk/complaints?q=独有事")))
                .containsExactly(own.number().digits());
        assertThat(numbers(html(handler, "/desk/complaints?q=" + other.number().digits())))
                .isEmpty();
        SignedIn nowhere = new SignedIn(handler.id(), "x", "x", handler.roles(), null, false);
        assertThat(numbers(html(nowhere, "/desk/complaints"))).isEmpty();
    }

    @Test
    void aSearchMarksWhatItFoundInAllStates() throws Exception {
        Complaint complaint = registered("压缩机嗡嗡怪响", "parts", Severity.GENERAL, time.instant());
        assertThat(search.await(complaint.id(), complaint.version(), Duration.ofSeconds(20)))
                .isTrue();
        String html = html(agent, "/desk/complaints?q=嗡嗡怪响");
        assertThat(numbers(html)).containsExactly(complaint.number().digits());
        assertThat(html).contains("<mark>嗡嗡怪响</mark>", "找到 1 条", "搜索“嗡嗡怪响”");
        assertThat(numbers(
                        html(agent, "/desk/complaints?q=" + complaint.number().readable())))
                .containsExactly(complaint.number().digits());
    }

    @Test
    void whatACustomerWroteIsNeverMarkup() throws Exception {
        Complaint complaint =
                registered("<script>alert(1)</script>\"'><img src=x>", "parts", Severity.GENERAL, time.instant());
        assertThat(html(agent, mine("")))
                .contains(complaint.number().digits(), "&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert", "<img src=x");
        assertThat(html(agent, "/desk/complaints?q=\"><script>alert(2)</script>"))
                .doesNotContain("<script>alert(2)");
    }

    @Test
    void bothLanguagesSayEverythingInWords() throws Exception {
        registered("两种语言", "parts", Severity.MAJOR, time.instant());
        for (String language : List.of("zh", "en")) {
            String html = html(agent, mine("&lang=" + language));
            assertThat(visible(html)).doesNotContainPattern(RAW);
        }
        assertThat(html(agent, mine("&lang=en"))).contains("Complaints", "unconfirmed", "First answer", "Spare parts");
    }

    /** What is read of a page; the letters of a tracking link are by chance. */
    static String visible(String html) {
        return html.replaceAll("(?s)<(script|style).*?</\\1>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("/t/[-\\w]+", "/t/…");
    }

    @Test
    void theDeskLeadsToTheWorklistAndStrangersToTheSignIn() throws Exception {
        http.perform(get("/desk").with(as(agent)))
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", "/desk/complaints"));
        http.perform(get("/desk/complaints"))
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", "/sign-in?to=%2Fdesk%2Fcomplaints"));
    }
}
