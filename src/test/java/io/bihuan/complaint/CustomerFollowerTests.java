package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.MovableTime;
import io.bihuan.customer.Customers;
import io.bihuan.customer.Identity;
import io.bihuan.customer.OwnedThing;
import io.bihuan.customer.Person;
import io.bihuan.customer.SamePersons;
import io.bihuan.customer.Thing;
import io.bihuan.identity.Reach;
import io.bihuan.pack.Kind;
import io.bihuan.platform.Actor;
import io.bihuan.platform.follower.Feed;
import io.bihuan.platform.follower.Position;
import io.bihuan.privacy.Personal;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever complains is a customer from then on, with what it was about, and all complaints of a person are found by its contacts. */
@BihuanTest
class CustomerFollowerTests {
    @Autowired
    private Complaints complaints;

    @Autowired
    private Customers customers;

    @Autowired
    private SamePersons samePersons;

    @Autowired
    private ComplaintsOfPerson complaintsOfPerson;

    @Autowired
    private CustomerFollower follower;

    @Autowired
    private StoredHistory stored;

    @Autowired
    private MovableTime time;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private String phone = "";
    private String email = "";

    @BeforeEach
    void somebody() {
        phone = "+86167%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        email = "Wang-" + UUID.randomUUID() + "@Example.com";
    }

    @AfterEach
    void now() {
        time.reset();
    }

    private Complaint registered(
            @Nullable String byPhone,
            @Nullable String byEmail,
            Kind kind,
            String content,
            Map<String, String> answers) {
        Registration some = SomeComplaint.receivedAt(time.instant());
        var product = new HashMap<String, Personal>();
        answers.forEach((key, value) -> product.put(key, Personal.of(value)));
        return complaints.register(
                new Registration(
                        some.businessLine(),
                        Channel.WEB,
                        kind,
                        null,
                        some.severity(),
                        some.priority(),
                        null,
                        1,
                        some.title(),
                        Personal.of(content),
                        new Customer(Personal.of("王小明"), Personal.ofNullable(byPhone), Personal.ofNullable(byEmail)),
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
                Actor.CUSTOMER);
    }

    private Person known(Identity identity) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (customers.find(identity).isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return customers.find(identity).orElseThrow();
    }

    private List<Feed.Entry> entries(Complaint... of) {
        var entries = new ArrayList<Feed.Entry>();
        for (Complaint complaint : of) {
            entries.add(new Feed.Entry(complaint.id(), 1, "Registered", Position.START));
        }
        return entries;
    }

    @Test
    void whoComplainsIsKnownWithWhatItWasAbout() {
        String serial = "SN" + ThreadLocalRandom.current().nextLong(1_000_000_000_000L);
        Complaint complaint = registered(
                phone,
                email,
                Kind.COMPLAINT,
                "空调不制冷",
                Map.of("serialNumber", serial, "model", "KFR-35GW", "purchasedOn", "2026-05-01"));

        Person person = known(Identity.phone(phone).orElseThrow());

        assertThat(Personal.text(person.name())).isEqualTo("王小明");
        assertThat(customers.find(Identity.email(email).orElseThrow())).contains(person);
        assertThat(person.things())
                .extracting(OwnedThing::thing)
                .containsExactly(new Thing.Appliance(serial, "KFR-35GW", LocalDate.of(2026, 5, 1), null));

        // Read again from the start it changes nothing.
        transaction.executeWithoutResult(status -> follower.apply(entries(complaint, complaint)));
        assertThat(customers.find(person.id())).contains(person);
    }

    @Test
    void aNumberInSomebodyElsesWordsSuggestsThatBothAreOne() {
        registered(phone, null, Kind.COMPLAINT, "空调不制冷", Map.of());
        Person first = known(Identity.phone(phone).orElseThrow());
        registered(null, email, Kind.COMPLAINT, "空调不制冷，请打" + phone.substring(3) + "联系我", Map.of());
        Person second = known(Identity.email(email).orElseThrow());

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(samePersons.of(first)).extracting(each -> each.other().id()).containsExactly(second.id());
    }

    @Test
    void whatCannotBeReadKeepsNobodyElseFromBeingRemembered() {
        Complaint broken = registered(phone, null, Kind.COMPLAINT, "空调不制冷", Map.of());
        Complaint sound = registered(null, email, Kind.COMPLAINT, "空调不制冷", Map.of());
        // In a transaction that is undone: others read the same history.
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update complaint.event set data = substring(data for 20) where complaint_id = :id and seq = 1")
                    .param("id", broken.id())
                    .update();
            follower.apply(entries(broken, sound));
            assertThat(customers.find(Identity.email(email).orElseThrow())).isPresent();
            status.setRollbackOnly();
        });
    }

    @Test
    void allComplaintsOfAPersonComeNewestFirstAndInPages() {
        var numbers = new ArrayList<ComplaintNumber>();
        for (int i = 0; i < 7; i++) {
            time.advance(Duration.ofMinutes(1));
            boolean isByPhone = i % 2 == 0;
            numbers.addFirst(registered(
                            isByPhone || i == 3 ? phone : null,
                            isByPhone && i != 4 ? null : email.toUpperCase(Locale.ROOT),
                            i == 1 ? Kind.INQUIRY : Kind.COMPLAINT,
                            "空调不制冷",
                            Map.of())
                    .number());
        }
        var contacts = new ComplaintsOfPerson.Contacts(List.of(phone), List.of(email));

        var paged = new ArrayList<ComplaintNumber>();
        Worklist.Cursor after = null;
        do {
            Worklist.Page page = complaintsOfPerson.all(contacts, null, Reach.ALL, after, 3);
            page.rows().forEach(row -> paged.add(row.number()));
            after = page.next();
        } while (after != null);

        assertThat(paged).containsExactlyElementsOf(numbers);
        assertThat(complaintsOfPerson
                        .all(contacts, Kind.INQUIRY, Reach.ALL, null, 10)
                        .rows())
                .extracting(Worklist.Row::number)
                .containsExactly(numbers.get(5));
        complaints.perform(numbers.getFirst(), null, new Command.Withdraw("不投诉了"), Actor.CUSTOMER);
        complaints.perform(numbers.getFirst(), null, new Command.Archive(null), Actor.SYSTEM);
        assertThat(complaintsOfPerson.open(contacts, Reach.ALL, 10))
                .extracting(Worklist.Row::number)
                .containsExactlyElementsOf(numbers.subList(1, 7));
        assertThat(complaintsOfPerson.countOpen(contacts, Reach.ALL, 4)).isEqualTo(4);
        assertThat(complaintsOfPerson.open(contacts, Reach.of("finance"), 10)).isEmpty();
        assertThat(complaintsOfPerson.open(new ComplaintsOfPerson.Contacts(List.of(), List.of()), Reach.ALL, 10))
                .isEmpty();
    }

    @Test
    void anOlderComplaintIsFoundByItsAddressOnceTheFollowerHasReadIt() throws IOException {
        Complaint complaint = registered(null, email, Kind.COMPLAINT, "空调不制冷", Map.of());
        known(Identity.email(email).orElseThrow());
        var contacts = new ComplaintsOfPerson.Contacts(List.of(), List.of(email));
        jdbc.sql("update complaint.complaint set customer_email_index = null where id = :id")
                .param("id", complaint.id())
                .update();
        assertThat(complaintsOfPerson.open(contacts, Reach.ALL, 10)).isEmpty();
        assertThat(findings(complaint))
                .as("a row from before the column is sound")
                .isEmpty();

        transaction.executeWithoutResult(status -> follower.apply(entries(complaint)));

        assertThat(complaintsOfPerson.open(contacts, Reach.ALL, 10)).hasSize(1);
        assertThat(findings(complaint)).isEmpty();
        jdbc.sql("update complaint.complaint set customer_email_index = '\\x00' where id = :id")
                .param("id", complaint.id())
                .update();
        assertThat(findings(complaint)).as("another's index is found").isNotEmpty();
        jdbc.sql("update complaint.complaint set customer_email_index = null where id = :id")
                .param("id", complaint.id())
                .update();
    }

    private List<String> findings(Complaint complaint) throws IOException {
        return HistoryCheck.of(stored).details().stream()
                .filter(finding -> finding.contains(complaint.id().toString()))
                .toList();
    }
}
