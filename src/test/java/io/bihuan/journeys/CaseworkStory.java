package io.bihuan.journeys;

import static io.bihuan.FormToken.csrf;
import static io.bihuan.complaint.web.DeskPeople.as;
import static io.bihuan.complaint.web.DeskPeople.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import io.bihuan.MovableTime;
import io.bihuan.clock.Clock;
import io.bihuan.clock.ClockState;
import io.bihuan.clock.Clocks;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.HistoryEvent;
import io.bihuan.complaint.TrackingLinks;
import io.bihuan.correspondence.Correspondence;
import io.bihuan.correspondence.Notice;
import io.bihuan.correspondence.Said;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.identity.Staff;
import io.bihuan.message.MessageWork;
import io.bihuan.message.Notices;
import io.bihuan.portal.web.Visitor;
import io.bihuan.standard.Letter.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** A complaint from its form to its end, told from the pages of its customer and of the staff. Here is what the stories share. */
@NullUnmarked
abstract class CaseworkStory {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Autowired
    MockMvc http;

    @Autowired
    Complaints complaints;

    @Autowired
    Clocks clocks;

    @Autowired
    Correspondence correspondence;

    @Autowired
    MessageWork messageWork;

    @Autowired
    Notices notices;

    @Autowired
    Staff staff;

    @Autowired
    TrackingLinks links;

    @Autowired
    MovableTime time;

    Visitor customer;
    String phone = "";
    ComplaintNumber number;

    /** The complaint's page on the desk, and the customer's. */
    String desk = "";

    String tracking = "";

    /** Of no department: sees all. */
    SignedIn owner;

    SignedIn manager;
    private SignedIn administrator;

    @BeforeEach
    void tenInTheMorning() {
        time.set(time.instant()
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(1)
                .plusHours(2)
                .toInstant());
        owner = person(staff, "周敏", null, Role.AGENT);
        manager = person(staff, "方远", null, Role.MANAGER);
        administrator = person(staff, "管理员", null, Role.ADMINISTRATOR);
        customer = new Visitor(http);
        phone = "138"
                + String.format(Locale.ROOT, "%08d", ThreadLocalRandom.current().nextInt(100_000_000));
    }

    @AfterEach
    void now() {
        time.reset();
    }

    // ---- the customer ----

    /** Files a complaint on the portal and keeps its link. */
    void files(String line, String category, String content, Map<String, String> product) {
        var form = customer.open("/complain?line=" + line);
        var fields = new LinkedHashMap<String, String>();
        fields.put("form", form.field("form"));
        fields.put("line", line);
        fields.put("category", category);
        fields.put("content", content);
        fields.put("name", "李秋华");
        fields.put("phone", phone);
        product.forEach((key, value) -> fields.put("product." + key, value));
        var answer = customer.send("/complain", fields);
        assertThat(answer.status()).as(answer.html()).isEqualTo(303);
        number = links.verify(answer.location().substring("/complain/receipts/".length()))
                .orElseThrow();
        desk = "/desk/complaints/" + number.digits();
        tracking = links.path(number);
        assertThat(tracked()).contains(number.readable(), "投诉已登记", "首次响应");
    }

    /** The customer's page as it is now. */
    String tracked() {
        var page = customer.open(tracking);
        assertThat(page.status()).isEqualTo(200);
        return page.html();
    }

    /** The customer fills in a form of one of his pages, and sees what follows. */
    String answers(String shown, String to, String... fields) {
        var page = customer.open(shown);
        var all = new LinkedHashMap<String, String>();
        all.put("form", page.field("form"));
        all.put("told", page.field("told"));
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        var answer = customer.send(to, all);
        assertThat(answer.status()).as(answer.html()).isEqualTo(303);
        return customer.follow(answer).html();
    }

    // ---- the staff ----

    /** Sends it as colleagues do: who was overtaken, by whatever the application itself noted meanwhile, looks and sends it again. */
    private MockHttpServletResponse send(SignedIn who, String path, List<MockMultipartFile> files, String... fields)
            throws Exception {
        MockHttpServletResponse response = sendOnce(who, path, files, fields);
        for (int i = 0; i < 3 && response.getStatus() == 409; i++) {
            response = sendOnce(who, path, files, fields);
        }
        return response;
    }

    private MockHttpServletResponse sendOnce(SignedIn who, String path, List<MockMultipartFile> files, String... fields)
            throws Exception {
        var request = multipart(path);
        files.forEach(request::file);
        if (number != null) {
            request.param("version", Integer.toString(complaint().version()));
        }
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return http.perform(request.with(as(who)).with(csrf())).andReturn().getResponse();
    }

    void does(SignedIn who, String path, String... fields) throws Exception {
        MockHttpServletResponse response = send(who, path, List.of(), fields);
        assertThat(response.getStatus()).as(path + wrong(response)).isEqualTo(303);
    }

    void brings(SignedIn who, String path, String file, String content, String... fields) throws Exception {
        var part = new MockMultipartFile("files", file, "text/plain", content.getBytes(StandardCharsets.UTF_8));
        MockHttpServletResponse response = send(who, path, List.of(part), fields);
        assertThat(response.getStatus()).as(path + wrong(response)).isEqualTo(303);
    }

    /** The page that answers a table brought to it. */
    String page(SignedIn who, String path, String file, String table) throws Exception {
        var part = new MockMultipartFile("file", file, "text/csv", table.getBytes(StandardCharsets.UTF_8));
        MockHttpServletResponse response = send(who, path, List.of(part));
        assertThat(response.getStatus()).as(path + wrong(response)).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    /** It is not allowed, and the page says so. */
    String isRefused(SignedIn who, String path, String... fields) throws Exception {
        Complaint before = complaint();
        MockHttpServletResponse response = send(who, path, List.of(), fields);
        assertThat(response.getStatus()).as(path).isEqualTo(422);
        Complaint after = complaint();
        // A clock that runs out meanwhile may give it another owner.
        assertThat(List.of(after.stage(), Optional.ofNullable(after.handler())))
                .as("nothing was done")
                .isEqualTo(List.of(before.stage(), Optional.ofNullable(before.handler())));
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    private static String wrong(MockHttpServletResponse response) throws Exception {
        String html = response.getContentAsString(StandardCharsets.UTF_8);
        Matcher alerts = Pattern.compile("(?s)<[^>]*(?:alert|invalid-feedback)[^>]*>.{0,400}")
                .matcher(html);
        var found = new StringBuilder(" " + response.getStatus());
        while (alerts.find()) {
            found.append('\n').append(alerts.group().replaceAll("<[^>]*>|\\s+", " "));
        }
        return found.toString();
    }

    String page(SignedIn who, String path) throws Exception {
        MockHttpServletResponse response = open(who, path);
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    MockHttpServletResponse open(SignedIn who, String path) throws Exception {
        return http.perform(get(path).with(as(who)).header("Accept-Language", "zh-CN"))
                .andReturn()
                .getResponse();
    }

    /** Speaks to the customer on the phone by the letter for it, and notes that. */
    void tellsByPhone(Notice notice, String place, String words) throws Exception {
        does(
                owner,
                desk + "/messages",
                "letter",
                letter(notice.purpose()),
                "notice",
                notice.name(),
                "way",
                "SPOKEN",
                place,
                words);
        assertThat(correspondence.notices(complaint().id()))
                .filteredOn(each -> each.notice() == notice)
                .singleElement()
                .satisfies(told -> assertThat(told.deliveredAt()).isNotNull());
        kept(notice.clock());
    }

    String letter(Purpose purpose) {
        return correspondence.letters(number).stream()
                .filter(each -> each.purpose() == purpose)
                .findFirst()
                .orElseThrow()
                .name();
    }

    /** What was said last with this purpose, once it has left the house. */
    Said said(Purpose purpose) {
        until(() -> {
            messageWork.work();
            return correspondence.said(complaint().id(), 50).stream()
                    .anyMatch(said -> said.purpose() == purpose && said.sentAt() != null);
        });
        return correspondence.said(complaint().id(), 50).stream()
                .filter(said -> said.purpose() == purpose && said.sentAt() != null)
                .findFirst()
                .orElseThrow();
    }

    /** The message has reached the customer, says the page of the local outbox. */
    void arrives(Said said) throws Exception {
        does(administrator, "/desk/outbox/" + said.message() + "/marks", "way", "SMS", "state", "DELIVERED");
        until(() -> {
            messageWork.work();
            return correspondence.said(complaint().id(), 50).stream()
                    .anyMatch(each -> each.message().equals(said.message()) && each.deliveredAt() != null);
        });
    }

    /** The link in a message. */
    static String link(String text, String prefix) {
        Matcher found = Pattern.compile(prefix + "[\\w-]+").matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group();
    }

    boolean isTold(SignedIn who, String key) {
        return notices.of(who.id(), null).stream()
                .anyMatch(received -> received.notice().key().equals(key));
    }

    // ---- the complaint ----

    Complaint complaint() {
        return complaints.find(number).orElseThrow();
    }

    List<String> history() {
        return complaints.history(number, 0, 500).stream()
                .map(HistoryEvent::type)
                .toList();
    }

    private Clock clock(String name) {
        return clocks.of(complaint().id()).stream()
                .filter(each -> each.name().equals(name))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no clock " + name));
    }

    void runs(String... names) {
        for (String name : names) {
            assertThat(clock(name).state()).as(name).isEqualTo(ClockState.RUNNING);
        }
    }

    void kept(String... names) {
        for (String name : names) {
            assertThat(clock(name).state()).as(name).isEqualTo(ClockState.MET);
        }
    }

    void is(String name, ClockState state) {
        assertThat(clock(name).state()).as(name).isEqualTo(state);
    }

    /** So long from now, as forms have it. */
    String in(Duration step) {
        return LocalDateTime.ofInstant(time.instant().plus(step), ZONE)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    static String id(SignedIn who) {
        return who.id().toString();
    }

    static String key() {
        return UUID.randomUUID().toString();
    }

    static void until(BooleanSupplier isSo) {
        until(Duration.ofSeconds(30), isSo);
    }

    static void until(Duration atMost, BooleanSupplier isSo) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isSo.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(isSo.getAsBoolean()).isTrue();
    }
}
