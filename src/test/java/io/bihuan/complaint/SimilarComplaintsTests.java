package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.SimilarComplaints.Similar;
import io.bihuan.complaint.SimilarComplaints.Sought;
import io.bihuan.complaint.SimilarComplaints.Why;
import io.bihuan.identity.Reach;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Actor;
import io.bihuan.privacy.Personal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Which open complaints may be about the same matter. */
@BihuanTest
class SimilarComplaintsTests {
    private static final AtomicInteger NEXT = new AtomicInteger(10_000_000);

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintSearch search;

    @Autowired
    SimilarComplaints similar;

    @Autowired
    InstantSource time;

    private static String phone() {
        return "+86137" + NEXT.incrementAndGet();
    }

    private static String serial() {
        return "SN" + UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
    }

    private Complaint of(String phone, @Nullable String email, Map<String, Personal> product, String content) {
        return complaints.register(
                new Registration(
                        "appliance",
                        Channel.HOTLINE,
                        Kind.COMPLAINT,
                        null,
                        Severity.GENERAL,
                        Priority.MEDIUM,
                        "parts",
                        1,
                        null,
                        Personal.of(content),
                        new Customer(Personal.of("张三"), Personal.of(phone), Personal.ofNullable(email)),
                        product,
                        null,
                        null,
                        null,
                        null,
                        time.instant(),
                        true,
                        SomeComplaint.OWNER,
                        false,
                        List.of(),
                        null),
                Actor.SYSTEM);
    }

    private List<Similar> like(
            @Nullable String phone, @Nullable String email, Map<String, String> answers, String text) {
        return similar.find(new Sought("appliance", phone, email, answers, text, Set.of()), Reach.ALL);
    }

    @Test
    void theSameCustomerIsFoundByPhoneAndByMail() {
        String phone = phone();
        String mail = "Zhang." + NEXT.incrementAndGet() + "@Example.com";
        Complaint open = of(phone, mail, Map.of(), "不制冷");

        assertThat(like(phone, null, Map.of(), "")).singleElement().satisfies(found -> {
            assertThat(found.row().number()).isEqualTo(open.number());
            assertThat(found.why()).containsExactly(Why.PERSON);
        });
        assertThat(like(null, mail.toLowerCase(java.util.Locale.ROOT), Map.of(), ""))
                .extracting(found -> found.row().number())
                .containsExactly(open.number());
    }

    @Test
    void theSameThingIsFoundHoweverItsNumberIsWritten() {
        String serial = serial();
        Complaint open = of(phone(), null, Map.of("serialNumber", Personal.of(serial)), "不制冷");
        assertThat(like(
                        null,
                        null,
                        Map.of("serialNumber", serial.replace("-", " ").toLowerCase(java.util.Locale.ROOT)),
                        ""))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.row().number()).isEqualTo(open.number());
                    assertThat(found.why()).containsExactly(Why.THING);
                });
        assertThat(like(null, null, Map.of("serialNumber", serial()), "")).isEmpty();
    }

    @Test
    void muchTheSameWordsAreFoundAndOtherWordsAreNot() {
        Complaint open = of(phone(), null, Map.of(), "昨晚洗衣机脱水时剧烈抖动，把阳台的瓷砖都震裂了，物业也来看过，要求赔偿瓷砖和上门检修。");
        assertThat(search.await(open.id(), open.version(), Duration.ofSeconds(20)))
                .isTrue();
        assertThat(like(null, null, Map.of(), "洗衣机一脱水就剧烈抖动，阳台瓷砖震裂了，物业来看过，我要求赔偿瓷砖并上门检修"))
                .anySatisfy(found -> {
                    assertThat(found.row().number()).isEqualTo(open.number());
                    assertThat(found.why()).containsExactly(Why.TEXT);
                });
        assertThat(like(null, null, Map.of(), "冰箱门封条老化关不严，导致冷冻室结霜严重，食物全部变质，希望更换封条并说明保修政策"))
                .extracting(found -> found.row().number())
                .doesNotContain(open.number());
        assertThat(like(null, null, Map.of(), "抖动")).isEmpty();
    }

    @Test
    void whatIsClosedJoinedLinkedOrCalledDifferentIsNotShownAgain() {
        String phone = phone();
        Complaint one = of(phone, null, Map.of(), "甲");
        Complaint closed = of(phone, null, Map.of(), "乙");
        complaints.perform(closed.number(), null, new Command.Withdraw("好了"), Actor.SYSTEM);
        complaints.perform(closed.number(), null, new Command.Archive(null), Actor.SYSTEM);
        Complaint different = of(phone, null, Map.of(), "丙");
        Complaint duplicate = of(phone, null, Map.of(), "丁");
        assertThat(similar.of(one, Reach.ALL))
                .extracting(found -> found.row().number())
                .containsExactlyInAnyOrder(different.number(), duplicate.number());

        complaints.perform(one.number(), null, new Command.Link(different.number(), LinkKind.DIFFERENT), Actor.SYSTEM);
        complaints.perform(duplicate.number(), null, new Command.Join(one.number(), "同一件事"), Actor.SYSTEM);
        assertThat(similar.of(complaints.find(one.number()).orElseThrow(), Reach.ALL))
                .isEmpty();
    }

    @Test
    void aJoinedComplaintIsShownAsTheOneInWhichItGoesOn() {
        String phone = phone();
        Complaint living = of(phone(), null, Map.of(), "甲");
        Complaint duplicate = of(phone, null, Map.of(), "乙");
        complaints.perform(duplicate.number(), null, new Command.Join(living.number(), "同一件事"), Actor.SYSTEM);
        assertThat(like(phone, null, Map.of(), ""))
                .extracting(found -> found.row().number())
                .containsExactly(living.number());
    }

    @Test
    void onlyWhatTheReaderMaySeeIsShown() {
        String phone = phone();
        of(phone, null, Map.of(), "甲");
        var sought = new Sought("appliance", phone, null, Map.of(), "", Set.of());
        assertThat(similar.find(sought, Reach.of("parts"))).hasSize(1);
        assertThat(similar.find(sought, Reach.of("finance"))).isEmpty();
    }
}
