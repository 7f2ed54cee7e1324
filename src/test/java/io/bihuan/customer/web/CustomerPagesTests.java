package io.bihuan.customer.web;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Registration;
import io.bihuan.customer.Customers;
import io.bihuan.customer.FirstContact;
import io.bihuan.customer.Identity;
import io.bihuan.customer.IdentityKind;
import io.bihuan.customer.Person;
import io.bihuan.customer.PreferredContact;
import io.bihuan.customer.Thing;
import io.bihuan.customer.Vulnerability;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.privacy.Personal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The customer's pages: masked until a reason is given, everything on one page, merges that can be undone. */
@BihuanTest
class CustomerPagesTests {
    @Autowired
    private MockMvc http;

    @Autowired
    private Customers customers;

    @Autowired
    private Complaints complaints;

    @Autowired
    private Staff staff;

    @Autowired
    private InstantSource time;

    @Autowired
    private JdbcClient jdbc;

    private SignedIn agent;
    private String phone = "";
    private String vin = "";
    private String plate = "";
    private String serial = "";
    private String email = "";
    private UUID id;

    @BeforeEach
    void somebody() {
        agent = person(staff, "周敏", null, Role.AGENT);
        phone = "168%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        vin = "LSVAA49J1320%05d".formatted(ThreadLocalRandom.current().nextInt(100_000));
        serial = "SN-" + ThreadLocalRandom.current().nextInt(1_000_000_000);
        plate = "京A%05d".formatted(ThreadLocalRandom.current().nextInt(100_000));
        email = "li-" + UUID.randomUUID() + "@example.com";
        id = customers
                .remember(new FirstContact(
                        "李清照",
                        List.of(
                                Identity.phone(phone).orElseThrow(),
                                Identity.email(email).orElseThrow()),
                        List.of(
                                new Thing.Vehicle(vin, plate, "ID.4", LocalDate.of(2025, 3, 2)),
                                new Thing.Appliance(serial, "BCD-500", LocalDate.of(2024, 6, 18), null)),
                        List.of()))
                .orElseThrow();
    }

    private MockHttpServletResponse opened(String path, SignedIn who) throws Exception {
        return http.perform(get(path).with(as(who))).andReturn().getResponse();
    }

    private String page() throws Exception {
        return opened("/desk/customers/" + id, agent).getContentAsString();
    }

    private MockHttpServletResponse sent(SignedIn who, String form, String... fields) throws Exception {
        var request = post("/desk/customers/" + id + "/" + form);
        request.with(as(who)).with(csrf());
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return http.perform(request).andReturn().getResponse();
    }

    private Complaint complaint(Kind kind, String title) {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.HOTLINE,
                        kind,
                        null,
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "after-sales",
                        1,
                        Personal.of(title),
                        Personal.of(title),
                        new io.bihuan.complaint.Customer(Personal.of("李清照"), Personal.of("+86" + phone), null),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        time.instant(),
                        true,
                        agent.id(),
                        false,
                        List.of(),
                        null),
                agent.actor());
    }

    @Test
    void aCustomerIsFoundAndShownMasked() throws Exception {
        String found = opened("/desk/customers?q=" + phone, agent).getContentAsString();
        assertThat(found).contains("/desk/customers/" + id, "李**", phone.substring(0, 3) + "****" + phone.substring(7));
        assertThat(opened("/desk/customers?q=" + vin, agent).getContentAsString())
                .contains("/desk/customers/" + id);

        assertThat(page())
                .contains(
                        "李**", "ID.4", "***********" + vin.substring(11), "京A***" + plate.substring(5), "2025-03-02 购买")
                .doesNotContain("李清照", phone, email, vin, plate);
        assertThat(opened("/desk/customers?q=nobody-" + UUID.randomUUID(), agent)
                        .getContentAsString())
                .contains("没有找到客户");
        assertThat(opened("/desk/customers/" + UUID.randomUUID(), agent).getStatus())
                .isEqualTo(404);
        assertThat(opened("/desk/customers/x", agent).getStatus()).isEqualTo(404);
    }

    @Test
    void whoLooksGivesAReasonThatIsRecorded() throws Exception {
        assertThat(sent(agent, "reveal", "reason", " ").getStatus()).isEqualTo(422);
        assertThat(revealed()).isZero();

        String shown = sent(agent, "reveal", "reason", "回电核实").getContentAsString();

        assertThat(shown).contains("李清照", email, vin, plate, "tel:+86" + phone);
        assertThat(revealed()).isOne();
        SignedIn quality = person(staff, "质检", null, Role.QUALITY);
        assertThat(sent(quality, "reveal", "reason", "看看").getStatus()).isEqualTo(403);
        assertThat(opened("/desk/customers/" + id, quality).getContentAsString())
                .doesNotContain("/reveal\"", "/merges\"", "/marks\"", "/erasure\"");
    }

    private int revealed() {
        return jdbc.sql("select count(*) from customer.reveal where customer_id = :id and staff = :staff")
                .param("id", id)
                .param("staff", agent.id())
                .query(Integer.class)
                .single();
    }

    @Test
    void everythingTheCustomerCameWithIsOnOnePageByKind() throws Exception {
        for (int i = 0; i < 21; i++) {
            complaint(Kind.COMPLAINT, "空调第" + i + "次不制冷");
        }
        Complaint inquiry = complaint(Kind.INQUIRY, "问保修期");

        String all = page();
        assertThat(all)
                .contains("未办结 22 件", "问保修期", inquiry.number().readable(), "空调第20次不制冷", "rel=\"next\"")
                .doesNotContain("空调第0次不制冷");
        String next =
                all.replaceAll("(?s).*href=\"([^\"]+)\" rel=\"next\".*", "$1").replace("&amp;", "&");
        assertThat(opened(next.replace("#history", ""), agent).getContentAsString())
                .contains("空调第0次不制冷")
                .doesNotContain("空调第20次不制冷");
        assertThat(opened("/desk/customers/" + id + "?kind=INQUIRY", agent).getContentAsString())
                .contains("问保修期")
                .doesNotContain("空调第20次不制冷");
        assertThat(opened("/desk/customers/" + id + "?kind=NONSENSE", agent).getStatus())
                .isEqualTo(400);

        SignedIn elsewhere = person(staff, "他部门", "logistics", Role.HANDLER);
        assertThat(opened("/desk/customers/" + id, elsewhere).getContentAsString())
                .as("who sees one department only sees its complaints only")
                .contains("未办结 0 件")
                .doesNotContain("问保修期");
    }

    @Test
    void marksAreSeenOnTheCustomerOnTheComplaintAndAtTheRegistration() throws Exception {
        Complaint complaint = complaint(Kind.COMPLAINT, "空调不制冷");
        sent(agent, "marks", "vulnerable", "ELDERLY", "preferred", "PHONE", "note", "独居老人");
        customers.contactFailed(IdentityKind.EMAIL, email, "550 5.1.1");

        assertThat(customers.find(id).orElseThrow())
                .extracting(Person::vulnerable, Person::preferred)
                .containsExactly(Vulnerability.ELDERLY, PreferredContact.PHONE);
        for (String path : List.of(
                "/desk/customers/" + id,
                "/desk/complaints/" + complaint.number().digits(),
                "/desk/registrations/known?phone=" + phone)) {
            assertThat(opened(path, agent).getContentAsString())
                    .as(path)
                    .contains("特别关照：老年人", "请用电话联系", "邮箱失效：l***@example.com", "/desk/customers/" + id);
        }
        assertThat(opened("/desk/complaints/" + complaint.number().digits(), agent)
                        .getContentAsString())
                .contains("未办结 1 件");
        assertThat(page()).contains("独居老人", "周敏");

        String contact = customers.find(id).orElseThrow().contacts().stream()
                .filter(each -> each.isFailed())
                .map(each -> each.id().toString())
                .findFirst()
                .orElseThrow();
        sent(agent, "recoveries", "contact", contact);
        sent(agent, "marks", "vulnerable", "", "preferred", "");
        assertThat(page()).doesNotContain("特别关照：老年人", "邮箱失效：");
        assertThat(sent(agent, "marks", "vulnerable", "NONSENSE").getStatus()).isEqualTo(400);
    }

    @Test
    void aSuggestionIsAcceptedOrDismissedAndAMergeIsUndone() throws Exception {
        UUID same = customers
                .remember(new FirstContact(
                        "李清照",
                        List.of(Identity.email("other-" + email).orElseThrow()),
                        List.of(new Thing.Vehicle(vin, null, null, null)),
                        List.of()))
                .orElseThrow();
        assertThat(page()).contains("可能是同一人", "姓名与产品相同", same.toString());

        assertThat(sent(agent, "merges", "other", same.toString()).getStatus()).isEqualTo(303);
        assertThat(page()).contains("已并入：李**", "o***@example.com", "合并为同一客户");
        assertThat(opened("/desk/customers/" + same, agent).getHeader("Location"))
                .isEqualTo("/desk/customers/" + id);

        assertThat(sent(agent, "separations", "merged", same.toString(), "reason", "")
                        .getStatus())
                .isEqualTo(422);
        assertThat(sent(agent, "separations", "merged", same.toString(), "reason", "是母女")
                        .getStatus())
                .isEqualTo(303);
        assertThat(page()).contains("撤销合并", "是母女", "可能是同一人").doesNotContain("已并入：");
        assertThat(sent(agent, "separations", "merged", same.toString(), "reason", "是母女")
                        .getStatus())
                .isEqualTo(409);

        assertThat(sent(agent, "dismissals", "other", same.toString()).getStatus())
                .isEqualTo(303);
        assertThat(page()).doesNotContain("可能是同一人");
    }

    @Test
    void anotherCustomerIsMergedByWhatNamesIt() throws Exception {
        String other = "168%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        UUID found = customers
                .remember(new FirstContact("李易安", List.of(Identity.phone(other).orElseThrow()), List.of(), List.of()))
                .orElseThrow();

        assertThat(sent(agent, "merges", "found", "没有这个人", "reason", "同一人").getContentAsString())
                .contains("没有找到另一位客户");
        assertThat(sent(agent, "merges", "found", phone, "reason", "同一人").getStatus())
                .as("nobody is merged with himself")
                .isEqualTo(422);
        assertThat(sent(agent, "merges", "found", other, "reason", "同一人").getStatus())
                .isEqualTo(303);
        assertThat(customers.find(found)).map(Person::id).contains(id);
    }

    @Test
    void anErasureIsConfirmedFirst() throws Exception {
        SignedIn manager = person(staff, "方圆", null, Role.MANAGER);
        assertThat(sent(agent, "erasure", "confirmed", "true").getStatus()).isEqualTo(403);
        assertThat(sent(manager, "erasure").getStatus()).isEqualTo(422);
        assertThat(sent(manager, "erasure", "confirmed", "true").getStatus()).isEqualTo(303);

        assertThat(page()).contains("已清除的客户", "清除了个人信息").doesNotContain("李**", vin.substring(11));
        assertThat(sent(agent, "marks", "vulnerable", "ILL").getStatus()).isEqualTo(422);
    }

    @Test
    void aCorrectedNameIsFound() throws Exception {
        String name = "李" + UUID.randomUUID();
        assertThat(sent(agent, "name", "name", "").getStatus()).isEqualTo(422);
        sent(agent, "name", "name", name);
        assertThat(Personal.text(customers.find(id).orElseThrow().name())).isEqualTo(name);
        assertThat(opened("/desk/customers?q=" + name, agent).getContentAsString())
                .contains("/desk/customers/" + id);
    }

    @Test
    void whoeverCallsIsShownWhileTheNumberIsTypedAndFillsTheForm() throws Exception {
        complaint(Kind.COMPLAINT, "空调不制冷");
        assertThat(opened("/desk/registrations/known?phone=" + phone.substring(0, 6), agent)
                        .getContentAsString()
                        .strip())
                .isEmpty();
        for (String typed : List.of(phone.substring(0, 9), phone)) {
            String known =
                    opened("/desk/registrations/known?phone=" + typed, agent).getContentAsString();
            assertThat(known)
                    .as(typed)
                    .contains("李**", "ID.4", "空调不制冷", "1 条未结案")
                    .doesNotContain("李清照", email, vin);
        }
        String thing = Objects.requireNonNull(
                        customers.find(id).orElseThrow().things().getLast())
                .id()
                .toString();
        String filled = http.perform(post("/desk/registrations/adoption")
                        .with(as(agent))
                        .with(csrf())
                        .param("adopt", id + "/" + thing)
                        .param("businessLine", "appliance")
                        .param("channel", "HOTLINE")
                        .param("phone", phone)
                        .param("name", "")
                        .param("content", "冰箱漏水"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(filled).contains("value=\"李清照\"", email, serial, "BCD-500", "2024-06-18", "冰箱漏水");
        assertThat(revealed()).as("what is filled in has been seen").isOne();
        assertThat(http.perform(post("/desk/registrations/adoption")
                                .with(as(agent))
                                .with(csrf())
                                .param("adopt", UUID.randomUUID().toString()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void severalWhoseNumberBeginsSoAreOffered() throws Exception {
        for (int i = 0; i < 2; i++) {
            String other = phone.substring(0, 9)
                    + (Integer.parseInt(phone.substring(9)) + 1 + i) % 100 / 10
                    + (Integer.parseInt(phone.substring(9)) + 1 + i) % 10;
            customers.remember(
                    new FirstContact("路人", List.of(Identity.phone(other).orElseThrow()), List.of(), List.of()));
        }
        assertThat(opened("/desk/registrations/known?phone=" + phone.substring(0, 9), agent)
                        .getContentAsString())
                .contains("号码以此开头的客户", "李**", "路*")
                .doesNotContain(phone, "name=\"adopt\"");
    }
}
