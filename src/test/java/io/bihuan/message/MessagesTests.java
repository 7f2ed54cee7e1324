package io.bihuan.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.message.sms.FakeSms;
import io.bihuan.message.sms.FakeSms.Mood;
import io.bihuan.message.sms.FakeSms.Took;
import io.bihuan.message.sms.SmsSettings.Cloud;
import io.bihuan.message.sms.SmsUnderTest;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What is said to customers: once on each way, in spite of providers that break, lie and repeat themselves. */
@BihuanTest
class MessagesTests {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @Autowired
    Messages messages;

    @Autowired
    MessageWork work;

    @Autowired
    MessageRows rows;

    @Autowired
    MessageOutbox outbox;

    @Autowired
    MessageSettings settings;

    @Autowired
    CallTasks calls;

    @Autowired
    OptOuts optOuts;

    @Autowired
    DataSource database;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MovableTime time;

    @Autowired
    MockMvc http;

    @Autowired
    ConfigurableApplicationContext application;

    private FakeSms aliyun;
    private FakeSms tencent;
    private SmsUnderTest sms;
    private MessageProperties before;

    /** Hears the fates of messages about {@code fate-test}, and breaks when it is told to. */
    private static final class Ears implements MessageFate {
        final List<String> heard = new CopyOnWriteArrayList<>();
        final java.util.concurrent.atomic.AtomicInteger breaks = new java.util.concurrent.atomic.AtomicInteger();

        @Override
        public String subject() {
            return "fate-test";
        }

        @Override
        public void changed(UUID messageId, UUID subjectId, Way way, State state, Instant at) {
            if (breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("busy");
            }
            heard.add(messageId + " " + way + " " + state);
        }
    }

    @BeforeEach
    void begin() {
        aliyun = new FakeSms(Cloud.ALIYUN, time);
        tencent = new FakeSms(Cloud.TENCENT, time);
        sms = new SmsUnderTest(application);
        sms.use(aliyun.account("闭环服务"));
        before = settings.get();
    }

    @AfterEach
    void end() {
        sms.close();
        settings.use(before);
        time.reset();
        aliyun.close();
        tencent.close();
    }

    private static String phone() {
        return "+86139"
                + String.format(
                        java.util.Locale.ROOT,
                        "%08d",
                        ThreadLocalRandom.current().nextInt(100_000_000));
    }

    private UUID say(String subject, Recipient to, Category category, String purpose, Way... ways) {
        var contents = new EnumMap<Way, Content>(Way.class);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("number", "260302 0000017 5");
        parameters.put("text", "已完成 & 免费");
        parameters.put("unused", "x");
        for (Way way : ways) {
            contents.put(way, new Content("处理结果", "您的投诉已处理完成。", parameters));
        }
        return say(new OutgoingMessage(
                Ids.next(), subject, Ids.next(), to, category, purpose, List.of(ways), contents, null));
    }

    private UUID say(OutgoingMessage message) {
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            messages.send(writes, message);
            writes.send(database);
        });
        return message.id();
    }

    private UUID say(String phone, Way... ways) {
        return say("test", new Recipient(phone, "li@example.cn", null, "zh-CN"), Category.SERVICE, "result", ways);
    }

    private SentMessage of(UUID id) {
        return messages.find(id).orElseThrow();
    }

    private State state(UUID id) {
        return of(id).state();
    }

    private @Nullable String error(UUID id, Way way) {
        return of(id).attempts().stream()
                .filter(each -> each.way() == way)
                .findFirst()
                .orElseThrow()
                .error();
    }

    /** The background works as well; what it has taken it finishes. */
    private void until(BooleanSupplier isTrue, String what) {
        for (int tries = 0; tries < 750; tries++) {
            work.work();
            if (isTrue.getAsBoolean()) {
                return;
            }
            pause();
        }
        throw new AssertionError(what);
    }

    private void until(UUID id, State... states) {
        until(() -> List.of(states).contains(state(id)), "it is " + of(id));
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void report(Cloud provider, Took took, boolean hasArrived) throws Exception {
        String at = time.instant().atZone(SHANGHAI).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
        Map<String, Object> report = provider == Cloud.ALIYUN
                ? Map.of(
                        "phone_number",
                        took.phone().substring(3),
                        "report_time",
                        at,
                        "success",
                        hasArrived,
                        "err_code",
                        hasArrived ? "DELIVERED" : "MK:0001",
                        "err_msg",
                        "x",
                        "biz_id",
                        took.serial(),
                        "out_id",
                        took.id())
                : Map.of(
                        "user_receive_time",
                        at,
                        "nationcode",
                        "86",
                        "mobile",
                        took.phone().substring(3),
                        "report_status",
                        hasArrived ? "SUCCESS" : "FAIL",
                        "errmsg",
                        "DELIVRD",
                        "sid",
                        took.serial());
        assertThat(call(provider, "reports", List.of(report), SmsUnderTest.CALLBACK_SECRET))
                .isEqualTo(200);
    }

    private int call(Cloud provider, String what, Object body, String secret) throws Exception {
        return http.perform(post("/callbacks/sms/" + provider.name().toLowerCase(java.util.Locale.ROOT) + "/" + secret
                                + "/" + what)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(JsonMapper.shared().writeValueAsBytes(body)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void aTextGoesOutSignedWithTheTemplateOfItsPurpose() {
        for (FakeSms fake : List.of(aliyun, tencent)) {
            sms.use(fake.account("闭环服务"));
            String phone = phone();
            UUID id = say(phone, Way.SMS);
            until(id, State.SENT);
            Took took = fake.takenFor(phone).getFirst();
            assertThat(took.sign()).isEqualTo("闭环服务");
            assertThat(took.template()).isEqualTo("SMS_1");
            assertThat(took.parameters())
                    .isEqualTo(
                            fake == aliyun
                                    ? "{\"number\":\"260302 0000017 5\",\"text\":\"已完成 & 免费\"}"
                                    : "[\"260302 0000017 5\",\"已完成 & 免费\"]");
            assertThat(fake.badlySigned).isEmpty();
        }
    }

    @Test
    void theSameIdTwiceIsSentOnce() {
        String phone = phone();
        var message = new OutgoingMessage(
                Ids.next(),
                "test",
                Ids.next(),
                new Recipient(phone, null, null, "zh-CN"),
                Category.SERVICE,
                "result",
                List.of(Way.SMS),
                Map.of(Way.SMS, new Content(null, "x", Map.of("number", "1", "text", "2"))),
                null);
        say(message);
        say(message);
        until(message.id(), State.SENT);
        say(message);
        work.work();
        assertThat(aliyun.takenFor(phone)).hasSize(1);
        assertThat(jdbc.sql("select count(*) from message.leg where message_id = ?")
                        .param(message.id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatRollsBackIsNotSaid() {
        UUID id = Ids.next();
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            messages.send(
                    writes,
                    new OutgoingMessage(
                            id,
                            "test",
                            id,
                            new Recipient(phone(), null, null, "zh-CN"),
                            Category.SERVICE,
                            "result",
                            List.of(Way.SMS),
                            Map.of(Way.SMS, Content.of("x")),
                            null));
            writes.send(database);
            status.setRollbackOnly();
        });
        assertThat(messages.find(id)).isEmpty();
    }

    @Test
    void aMessageWithoutAWayOrWithoutWhatToSayIsRefused() {
        for (OutgoingMessage wrong : List.of(
                new OutgoingMessage(
                        Ids.next(),
                        "test",
                        Ids.next(),
                        new Recipient(null, null, null, "en"),
                        Category.SERVICE,
                        "p",
                        List.of(),
                        Map.of(),
                        null),
                new OutgoingMessage(
                        Ids.next(),
                        "test",
                        Ids.next(),
                        new Recipient(null, null, null, "en"),
                        Category.SERVICE,
                        "p",
                        List.of(Way.SMS),
                        Map.of(Way.EMAIL, Content.of("x")),
                        null))) {
            assertThatThrownBy(() -> messages.send(new Writes(), wrong)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void aReportSaysThatItArrivedHoweverOftenAndEarlyItComes() throws Exception {
        for (Cloud provider : Cloud.values()) {
            FakeSms fake = provider == Cloud.ALIYUN ? aliyun : tencent;
            sms.use(fake.account("闭环服务"));
            String phone = phone();
            UUID id = say(phone, Way.SMS);
            until(id, State.SENT);
            Took took = fake.takenFor(phone).getFirst();
            report(provider, took, true);
            report(provider, took, true);
            report(provider, took, false);
            assertThat(state(id)).isEqualTo(State.DELIVERED);
            assertThat(of(id).arrivedAt()).isNotNull();
        }
        // Before we know the number under which the provider took it:
        String phone = phone();
        tencent.moods(phone, Mood.HANGS_UP);
        UUID id = say(phone, Way.SMS);
        until(() -> error(id, Way.SMS) != null, "no answer");
        assertThat(state(id)).isEqualTo(State.SENDING);
        report(Cloud.TENCENT, new Took("serial-early", phone, "", "", "", "", time.instant()), true);
        assertThat(state(id)).isEqualTo(State.SENDING);
        UUID leg = jdbc.sql("select id from message.leg where message_id = ?")
                .param(id)
                .query(UUID.class)
                .single();
        rows.change(id, course -> course.sent(Way.SMS, "serial-early", time.instant(), time.instant()));
        tencent.take(phone, leg.toString());
        until(id, State.DELIVERED);
    }

    @Test
    void aReportThatItDidNotArriveBringsTheNextWay() throws Exception {
        settings.use(withOutbox(true));
        String phone = phone();
        UUID id = say(phone, Way.SMS, Way.EMAIL);
        until(id, State.SENT);
        report(Cloud.ALIYUN, aliyun.takenFor(phone).getFirst(), false);
        until(() -> of(id).way() == Way.EMAIL && state(id) == State.SENT, "no mail");
        assertThat(error(id, Way.SMS)).startsWith("MK:");
        outbox.mark(id, Way.EMAIL, State.READ);
        assertThat(state(id)).isEqualTo(State.READ);
    }

    private MessageProperties withOutbox(boolean isLocal) {
        return new MessageProperties(before.quietHours(), before.limits(), before.deliveredWithin(), isLocal);
    }

    @Test
    void whoIsNotReachedInTimeIsCalled() {
        String phone = phone();
        UUID id = say(phone, Way.SMS, Way.PHONE);
        until(id, State.SENT);
        time.advance(Duration.ofMinutes(20));
        work.work();
        assertThat(state(id)).isEqualTo(State.SENT);
        time.advance(Duration.ofMinutes(11));
        until(id, State.CALL);
        UUID by = Ids.next();
        calls.complete(id, false, by);
        assertThat(state(id)).isEqualTo(State.CALL);
        calls.complete(id, true, by);
        assertThat(state(id)).isEqualTo(State.DELIVERED);
        assertThat(of(id).way()).isEqualTo(Way.PHONE);
        assertThatThrownBy(() -> calls.complete(id, true, by)).isInstanceOf(Refused.class);
        assertThat(aliyun.takenFor(phone)).hasSize(1);
    }

    @Test
    void threeCallsWithoutSuccessAreAFailure() {
        UUID id = say(phone(), Way.PHONE);
        until(id, State.CALL);
        for (int call = 0; call < CallTasks.MOST_CALLS; call++) {
            calls.complete(id, false, Ids.next());
        }
        assertThat(state(id)).isEqualTo(State.FAILED);
    }

    @Test
    void whatAProviderTookIsNotSentAgainHoweverBadlyItSaidSo() {
        for (Mood mood : List.of(Mood.TAKES_AND_BREAKS, Mood.TAKES_AND_HANGS_UP, Mood.TAKES_AND_LIES)) {
            String phone = phone();
            aliyun.moods(phone, mood);
            UUID id = say(phone, Way.SMS);
            until(() -> error(id, Way.SMS) != null || state(id) == State.SENT, "not handed over");
            for (int i = 0; i < 10 && state(id) != State.SENT; i++) {
                time.advance(Duration.ofSeconds(40));
                work.work();
            }
            until(id, State.SENT);
            assertThat(aliyun.takenFor(phone)).as("%s", mood).hasSize(1);
            assertThat(aliyun.asked).contains(phone);
        }
    }

    @Test
    void whatAProviderDidNotTakeIsSentAgainAfterItSaidThatItDoesNotKnowIt() {
        for (Mood mood : List.of(Mood.BREAKS, Mood.HANGS_UP)) {
            String phone = phone();
            aliyun.moods(phone, mood);
            UUID id = say(phone, Way.SMS);
            until(() -> error(id, Way.SMS) != null, "not handed over");
            time.advance(Duration.ofMinutes(5));
            work.work();
            // It is too early to believe it.
            assertThat(aliyun.takenFor(phone)).isEmpty();
            for (int i = 0; i < 20 && state(id) != State.SENT; i++) {
                time.advance(Duration.ofMinutes(1));
                work.work();
            }
            until(id, State.SENT);
            assertThat(aliyun.takenFor(phone)).as("%s", mood).hasSize(1);
        }
    }

    @Test
    void whoCannotSayThatItHasNotTakenSomethingIsNotGivenItTwice() {
        sms.use(tencent.account("闭环服务"));
        String phone = phone();
        tencent.moods(phone, Mood.TAKES_AND_HANGS_UP);
        UUID id = say(phone, Way.SMS, Way.PHONE);
        until(() -> error(id, Way.SMS) != null, "not handed over");
        for (int i = 0; i < 30 && state(id) != State.CALL; i++) {
            time.advance(Duration.ofMinutes(1));
            work.work();
        }
        until(id, State.CALL);
        assertThat(error(id, Way.SMS)).isEqualTo("message.error.unclear");
        assertThat(tencent.takenFor(phone)).hasSize(1);
    }

    @Test
    void aProviderThatNeverAnswersIsNotWaitedForForever() {
        sms.patience(Duration.ofMillis(300));
        String phone = phone();
        aliyun.moods(phone, Mood.HANGS);
        UUID id = say(phone, Way.SMS);
        until(() -> "message.error.noAnswer".equals(error(id, Way.SMS)), "it is waited for");
        assertThat(state(id)).isEqualTo(State.SENDING);
    }

    @Test
    void tooMuchForAProviderIsTriedAgainAndARefusalIsNot() {
        String patient = phone();
        aliyun.moods(patient, Mood.THROTTLES, Mood.THROTTLES);
        UUID later = say(patient, Way.SMS);
        String refused = phone();
        aliyun.moods(refused, Mood.REFUSES);
        UUID never = say(refused, Way.SMS);
        until(never, State.FAILED);
        assertThat(error(never, Way.SMS)).contains("isv.MOBILE_NUMBER_ILLEGAL").doesNotContain(refused.substring(3));
        until(() -> error(later, Way.SMS) != null, "not throttled");
        for (int i = 0; i < 10 && state(later) != State.SENT; i++) {
            time.advance(Duration.ofMinutes(1));
            work.work();
        }
        until(later, State.SENT);
        assertThat(aliyun.takenFor(patient)).hasSize(1);
        assertThat(aliyun.takenFor(refused)).isEmpty();
    }

    @Test
    void aProviderThatIsAwayIsNotAskedButTriedAgain() {
        var gone = new FakeSms(Cloud.ALIYUN, time);
        var account = gone.account("闭环服务");
        gone.close();
        sms.use(account);
        String phone = phone();
        UUID id = say(phone, Way.SMS);
        until(() -> "message.error.noConnection".equals(error(id, Way.SMS)), "it is there");
        assertThat(state(id)).isEqualTo(State.PLANNED);
        sms.use(aliyun.account("闭环服务"));
        time.advance(Duration.ofMinutes(1));
        until(id, State.SENT);
        assertThat(aliyun.takenFor(phone)).hasSize(1);
    }

    @Test
    void withoutATemplateOrAnAccountOfItsKindNothingIsSent() {
        Recipient to = new Recipient(phone(), null, null, "zh-CN");
        UUID unknown = say("test", to, Category.SERVICE, "never-approved", Way.SMS);
        UUID advertising = say("test", to, Category.COMMERCIAL, "result", Way.SMS);
        UUID landline =
                say("test", new Recipient("+861062345678", null, null, "zh-CN"), Category.SERVICE, "result", Way.SMS);
        until(unknown, State.FAILED);
        until(advertising, State.FAILED);
        until(landline, State.FAILED);
        assertThat(error(unknown, Way.SMS)).isEqualTo("message.error.noTemplate");
        assertThat(error(advertising, Way.SMS)).isEqualTo("message.error.noAccount");
        assertThat(error(landline, Way.SMS)).isEqualTo("message.error.notMobile");
        assertThat(aliyun.takenFor(String.valueOf(to.phone()))).isEmpty();
    }

    @Test
    void advertisingGoesOutUnderItsOwnAccount() {
        sms.use(aliyun.account("闭环服务"), tencent.account("闭环推广"));
        String phone = phone();
        Recipient to = new Recipient(phone, null, null, "zh-CN");
        until(say("test", to, Category.COMMERCIAL, "result", Way.SMS), State.SENT);
        until(say("test", to, Category.SERVICE, "result", Way.SMS), State.SENT);
        assertThat(tencent.takenFor(phone))
                .singleElement()
                .satisfies(took -> assertThat(took.sign()).isEqualTo("闭环推广"));
        assertThat(aliyun.takenFor(phone))
                .singleElement()
                .satisfies(took -> assertThat(took.sign()).isEqualTo("闭环服务"));
    }

    @Test
    void whoAnswersThatHeWantsNoMoreGetsNoAdvertisingButHearsOfHisMatter() throws Exception {
        sms.use(aliyun.account("闭环服务"), tencent.account("闭环推广"));
        String phone = phone();
        var reply = Map.of(
                "phone_number",
                phone.substring(3),
                "send_time",
                "2026-03-02 10:00:00",
                "content",
                "T",
                "sequence_id",
                "seq" + phone);
        assertThat(call(Cloud.ALIYUN, "replies", List.of(reply), SmsUnderTest.CALLBACK_SECRET))
                .isEqualTo(200);
        assertThat(optOuts.has(phone, Category.COMMERCIAL)).isTrue();
        assertThat(optOuts.has(phone, Category.SERVICE)).isFalse();
        Recipient to = new Recipient(phone, null, null, "zh-CN");
        until(say("test", to, Category.COMMERCIAL, "result", Way.SMS), State.SUPPRESSED);
        until(say("test", to, Category.SERVICE, "result", Way.SMS), State.SENT);

        // He wants it again; the same call of the provider once more does not take that back.
        OptOuts.OptOut optOut = optOuts.newest().stream()
                .filter(each -> each.address().equals(phone))
                .findFirst()
                .orElseThrow();
        assertThat(optOuts.end(optOut.id(), Ids.next())).isTrue();
        assertThat(call(Cloud.ALIYUN, "replies", List.of(reply), SmsUnderTest.CALLBACK_SECRET))
                .isEqualTo(200);
        assertThat(optOuts.has(phone, Category.COMMERCIAL)).isFalse();

        optOuts.note(phone, true, Ids.next());
        until(say("test", to, Category.SERVICE, "result", Way.SMS, Way.PHONE), State.SUPPRESSED);
        assertThat(tencent.takenFor(phone)).isEmpty();
    }

    @Test
    void anAnswerOfTencentCloudIsHeardToo() throws Exception {
        String phone = phone();
        assertThat(call(
                        Cloud.TENCENT,
                        "replies",
                        Map.of("mobile", phone.substring(3), "nationcode", "86", "text", "退订", "time", 1_772_400_000),
                        SmsUnderTest.CALLBACK_SECRET))
                .isEqualTo(200);
        assertThat(optOuts.has(phone, Category.COMMERCIAL)).isTrue();
    }

    @Test
    void whoDoesNotKnowTheSecretOrCallsFromElsewhereIsNotHeard() throws Exception {
        String phone = phone();
        UUID id = say(phone, Way.SMS);
        until(id, State.SENT);
        var report = List.of(Map.of("out_id", aliyun.takenFor(phone).getFirst().id(), "success", true));
        assertThat(call(Cloud.ALIYUN, "reports", report, "a-guess-of-twenty-characters"))
                .isEqualTo(404);
        sms.use(aliyun.account("闭环服务"), List.of("203.0.113.0/24"));
        assertThat(call(Cloud.ALIYUN, "reports", report, SmsUnderTest.CALLBACK_SECRET))
                .isEqualTo(404);
        assertThat(state(id)).isEqualTo(State.SENT);
        sms.use(aliyun.account("闭环服务"), List.of("203.0.113.0/24", "127.0.0.0/8"));
        assertThat(call(Cloud.ALIYUN, "reports", "what is this", SmsUnderTest.CALLBACK_SECRET))
                .isEqualTo(400);
        assertThat(call(Cloud.ALIYUN, "reports", List.of(1, "x", Map.of()), SmsUnderTest.CALLBACK_SECRET))
                .isEqualTo(200);
        assertThat(call(Cloud.ALIYUN, "reports", report, SmsUnderTest.CALLBACK_SECRET))
                .isEqualTo(200);
        assertThat(state(id)).isEqualTo(State.DELIVERED);
    }

    /** It is eleven at night, and quiet from nine to eight. */
    private void atNight(MessageProperties.Limits limits, @Nullable Boolean localOutbox) {
        settings.use(new MessageProperties(
                new MessageProperties.Quiet(LocalTime.of(21, 0), LocalTime.of(8, 0)),
                limits,
                before.deliveredWithin(),
                localOutbox));
        time.set(LocalDateTime.parse("2026-12-02T23:00:00").atZone(SHANGHAI).toInstant());
    }

    @Test
    void theNightIsQuietForAllButWhatIsUrgentAndMail() {
        atNight(before.limits(), true);
        String phone = phone();
        Recipient here = new Recipient(phone, "li@example.cn", null, "zh-CN");
        Recipient away = new Recipient(phone(), null, null, "zh-CN", ZoneId.of("Europe/Paris"));
        UUID service = say("test", here, Category.SERVICE, "result", Way.SMS);
        UUID call = say("test", here, Category.SERVICE, "result", Way.PHONE);
        UUID urgent = say("test", here, Category.URGENT, "result", Way.SMS);
        UUID mail = say("test", here, Category.SERVICE, "result", Way.EMAIL);
        UUID paris = say("test", away, Category.SERVICE, "result", Way.SMS);
        until(urgent, State.SENT);
        until(mail, State.SENT);
        until(paris, State.SENT);
        until(service, State.HELD);
        until(call, State.HELD);
        assertThat(of(service).nextAt())
                .isEqualTo(LocalDateTime.parse("2026-12-03T08:00:00")
                        .atZone(SHANGHAI)
                        .toInstant());
        assertThat(aliyun.takenFor(phone)).hasSize(1);
        time.set(LocalDateTime.parse("2026-12-03T08:00:01").atZone(SHANGHAI).toInstant());
        until(service, State.SENT);
        until(call, State.CALL);
    }

    @Test
    void nobodyIsToldMoreThanHisShare() {
        settings.use(new MessageProperties(
                before.quietHours(), new MessageProperties.Limits(1, 2, 3), before.deliveredWithin(), null));
        String phone = phone();
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 4; i++) {
            ids.add(say(phone, Way.SMS));
        }
        until(
                () -> ids.stream()
                                .map(this::state)
                                .filter(each -> each == State.HELD)
                                .count()
                        == 3,
                "held");
        // The others wait because of it, before the provider has taken it.
        until(() -> aliyun.takenFor(phone).size() == 1, "the first");
        time.advance(Duration.ofMinutes(2));
        until(() -> aliyun.takenFor(phone).size() == 2, "the second");
        time.advance(Duration.ofMinutes(2));
        work.work();
        assertThat(aliyun.takenFor(phone)).hasSize(2);
        time.advance(Duration.ofHours(1));
        until(() -> aliyun.takenFor(phone).size() == 3, "the third");
        time.advance(Duration.ofHours(2));
        work.work();
        assertThat(aliyun.takenFor(phone)).hasSize(3);
        time.advance(Duration.ofHours(24));
        until(() -> aliyun.takenFor(phone).size() == 4, "the fourth, a day later");
    }

    @Test
    void whatSomebodySendsNowGoesOutInTheNightAndOverTheShare() {
        atNight(new MessageProperties.Limits(1, 1, 2), null);
        String phone = phone();
        UUID first = say(phone, Way.SMS);
        UUID second = say(phone, Way.SMS);
        UUID untouched = say(phone, Way.SMS);
        until(() -> List.of(first, second, untouched).stream().allMatch(id -> state(id) == State.HELD), "held");
        assertThat(messages.retry(first)).isTrue();
        until(first, State.SENT);
        assertThat(messages.retry(second)).isTrue();
        until(second, State.SENT);
        assertThat(messages.retry(second)).as("what is sent is not sent again").isFalse();
        assertThat(aliyun.takenFor(phone)).hasSize(2);
        assertThat(state(untouched)).isEqualTo(State.HELD);

        // What went out so counts: in the morning this one has to wait for its share.
        time.set(LocalDateTime.parse("2026-12-03T08:00:01").atZone(SHANGHAI).toInstant());
        until(() -> "message.error.limit".equals(error(untouched, Way.SMS)), "it waits for its share");
        assertThat(state(untouched)).isEqualTo(State.HELD);
    }

    @Test
    void whatSomebodySendsNowDoesNotReachWhoWantsNothing() {
        atNight(before.limits(), null);
        String phone = phone();
        UUID id = say(phone, Way.SMS);
        until(id, State.HELD);
        optOuts.note(phone, true, Ids.next());
        assertThat(messages.retry(id)).isTrue();
        until(id, State.SUPPRESSED);
        assertThat(aliyun.takenFor(phone)).isEmpty();
    }

    @Test
    void whatSomebodySentNowIsQuietOnTheNextWayAndWhenItBeginsAgain() {
        atNight(before.limits(), null);
        String phone = phone();
        aliyun.moods(phone, Mood.REFUSES);
        UUID id = say(phone, Way.SMS, Way.PHONE);
        until(id, State.HELD);
        assertThat(messages.retry(id)).isTrue();
        until(() -> of(id).way() == Way.PHONE && state(id) == State.HELD, "the call waits for the morning");
        assertThat(messages.cancel(id)).isTrue();
        assertThat(messages.retry(id)).isTrue();
        until(id, State.HELD);
        assertThat(of(id).way()).isEqualTo(Way.SMS);
    }

    @Test
    void whoeverTheMessageIsAboutHearsEachChangeOnceAndInOrder() throws Exception {
        Ears ears = ears();
        ears.heard.clear();
        ears.breaks.set(2);
        String phone = phone();
        UUID id = say("fate-test", new Recipient(phone, null, null, "zh-CN"), Category.SERVICE, "result", Way.SMS);
        until(id, State.SENT);
        report(Cloud.ALIYUN, aliyun.takenFor(phone).getFirst(), true);
        for (int i = 0; i < 20 && ears.heard.size() < 3; i++) {
            time.advance(Duration.ofSeconds(5));
            work.work();
            pause();
        }
        until(() -> ears.heard.size() >= 3, "not heard: " + ears.heard);
        work.work();
        assertThat(ears.heard).containsExactly(id + " SMS SENDING", id + " SMS SENT", id + " SMS DELIVERED");
    }

    private Ears ears() {
        ConfigurableListableBeanFactory beans = application.getBeanFactory();
        if (!beans.containsSingleton("fateTestEars")) {
            beans.registerSingleton("fateTestEars", new Ears());
        }
        return (Ears) java.util.Objects.requireNonNull(beans.getSingleton("fateTestEars"));
    }

    @Test
    void whatWaitsCanBeCancelledAndWhatFailedTriedAgain() {
        String phone = phone();
        UUID later = say(new OutgoingMessage(
                Ids.next(),
                "test",
                Ids.next(),
                new Recipient(phone, null, null, "zh-CN"),
                Category.SERVICE,
                "result",
                List.of(Way.SMS),
                Map.of(Way.SMS, new Content(null, "x", Map.of("number", "1", "text", "2"))),
                time.instant().plus(Duration.ofHours(2))));
        work.work();
        assertThat(state(later)).isEqualTo(State.PLANNED);
        assertThat(messages.cancel(later)).isTrue();
        time.advance(Duration.ofHours(3));
        work.work();
        assertThat(state(later)).isEqualTo(State.CANCELLED);
        assertThat(aliyun.takenFor(phone)).isEmpty();
        assertThat(messages.retry(later)).isTrue();
        until(later, State.SENT);
        assertThat(messages.retry(later)).isFalse();
        assertThat(messages.cancel(later)).isFalse();
        assertThat(aliyun.takenFor(phone)).hasSize(1);
    }

    @Test
    void erasedMessagesAreUnreadableAndGoNowhere() {
        UUID subject = Ids.next();
        String phone = phone();
        UUID id = say(new OutgoingMessage(
                Ids.next(),
                "test",
                subject,
                new Recipient(phone, null, null, "zh-CN"),
                Category.SERVICE,
                "result",
                List.of(Way.SMS),
                Map.of(Way.SMS, Content.of("秘密")),
                time.instant().plus(Duration.ofHours(2))));
        transaction.executeWithoutResult(status -> {
            var writes = new Writes();
            messages.erase(writes, "test", subject);
            writes.send(database);
        });
        time.advance(Duration.ofHours(3));
        work.work();
        assertThat(state(id)).isEqualTo(State.CANCELLED);
        assertThat(messages.retry(id)).isFalse();
        assertThat(jdbc.sql(
                                "select count(*) from message.message where id = ? and num_nonnulls(data_key, recipient, contents, phone_index) = 0")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(aliyun.takenFor(phone)).isEmpty();
    }

    @Test
    void nothingPersonalLiesReadableInTheDatabase() {
        String phone = phone();
        UUID id = say(phone, Way.SMS);
        String row = jdbc.sql(
                        "select row_to_json(m)::text || (select string_agg(row_to_json(l)::text, '') from message.leg l where l.message_id = m.id) from message.message m where id = ?")
                .param(id)
                .query(String.class)
                .single();
        assertThat(row)
                .doesNotContain(phone.substring(3))
                .doesNotContain("已处理完成")
                .doesNotContain("li@example.cn");
    }

    /** Whatever order of answers, silence, deaths of nodes and repeated reports: at most once, and never lost. */
    @Test
    void noStormSendsAMessageTwiceOrLosesIt() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        aliyun.listsAfter(Duration.ofMinutes(3));
        Mood[] moods = {
            Mood.TAKES,
            Mood.TAKES,
            Mood.THROTTLES,
            Mood.BREAKS,
            Mood.TAKES_AND_BREAKS,
            Mood.TAKES_AND_HANGS_UP,
            Mood.HANGS_UP,
            Mood.TAKES_AND_LIES,
            Mood.REFUSES
        };
        var phones = new HashMap<UUID, String>();
        for (int i = 0; i < 60; i++) {
            String phone = phone();
            for (int tries = random.nextInt(4); tries > 0; tries--) {
                aliyun.moods(phone, moods[random.nextInt(moods.length)]);
            }
            UUID id = say(phone, random.nextBoolean() ? new Way[] {Way.SMS} : new Way[] {Way.SMS, Way.PHONE});
            phones.put(id, phone);
            if (random.nextInt(4) == 0) {
                // A node takes it and dies, before or after handing it over.
                boolean wasHandedOver = random.nextBoolean();
                rows.change(id, course -> {
                    if (course.state() != State.PLANNED) {
                        return course;
                    }
                    if (wasHandedOver) {
                        aliyun.take(phone, course.leg().id().toString());
                    }
                    return course.handed(false, time.instant(), time.instant().plus(MessageWork.LEASE));
                });
            }
        }
        var reported = new HashMap<String, Boolean>();
        try (var nodes = Executors.newFixedThreadPool(3)) {
            for (int step = 0; step < 60; step++) {
                for (int node = 0; node < 3; node++) {
                    nodes.execute(work::work);
                }
                for (Took took : aliyun.taken) {
                    if (random.nextInt(20) == 0 && !took.serial().isEmpty()) {
                        boolean hasArrived = reported.computeIfAbsent(took.id(), id -> random.nextInt(5) > 0);
                        report(Cloud.ALIYUN, took, hasArrived);
                    }
                }
                time.advance(Duration.ofSeconds(20 + random.nextInt(60)));
                pause();
            }
            nodes.shutdown();
            assertThat(nodes.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        for (int i = 0; i < 80; i++) {
            time.advance(Duration.ofMinutes(10));
            work.work();
        }
        until(
                () -> phones.keySet().stream()
                        .noneMatch(id -> state(id) == State.SENDING || state(id) == State.PLANNED),
                "seed " + seed + ": something hangs");
        Duration within = settings.get().deliveredWithin().of(Way.SMS);
        for (Map.Entry<UUID, String> each : phones.entrySet()) {
            SentMessage message = of(each.getKey());
            List<Took> took = aliyun.takenFor(each.getValue());
            String as = "seed " + seed + ": " + message + " " + took;
            assertThat(took.size()).as(as).isLessThanOrEqualTo(1);
            SentMessage.Attempt first = message.attempts().getFirst();
            State text = first.state();
            if (took.isEmpty()) {
                assertThat(text).as(as).isEqualTo(State.FAILED);
                assertThat(first.error()).as(as).isNotNull();
            } else {
                // When the next way is due and nobody knows, it is taken: better twice in two ways than never.
                boolean isLate = message.attempts().size() > 1
                        && first.changedAt().isAfter(message.createdAt().plus(within));
                State untold = isLate && "message.error.unclear".equals(first.error()) ? State.FAILED : State.SENT;
                Boolean fate = reported.get(took.getFirst().id());
                assertThat(text).as(as).isEqualTo(fate == null ? untold : fate ? State.DELIVERED : State.FAILED);
            }
            if (!text.hasArrived() && message.attempts().size() > 1) {
                assertThat(message.state()).as(as).isEqualTo(State.CALL);
            }
        }
    }
}
