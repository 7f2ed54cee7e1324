package io.bihuan.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.bihuan.BihuanTest;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Personal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BihuanTest
class CustomersTests {
    private static final Actor AGENT = Actor.staff(UUID.fromString("01890000-0000-7000-8000-0000000000aa"));

    @Autowired
    private Customers customers;

    @Autowired
    private CustomerSearch search;

    @Autowired
    private SamePersons samePersons;

    @Autowired
    private JdbcClient jdbc;

    /** A mobile number that no other test has. */
    static Identity somePhone() {
        long tail = ThreadLocalRandom.current().nextLong(100_000_000L);
        return Identity.phone("166%08d".formatted(tail)).orElseThrow();
    }

    static Identity someEmail() {
        return Identity.email(UUID.randomUUID() + "@example.com").orElseThrow();
    }

    static Identity someNumber() {
        return Identity.number("C-" + UUID.randomUUID()).orElseThrow();
    }

    static String someSerial() {
        return UUID.randomUUID().toString().substring(0, 18).toUpperCase(Locale.ROOT);
    }

    private UUID known(Identity identity, String name, Thing... things) {
        return customers
                .remember(new FirstContact(name, List.of(identity), List.of(things), List.of()))
                .orElseThrow();
    }

    private Person person(UUID id) {
        return customers.find(id).orElseThrow();
    }

    private static Thing appliance(String serial) {
        return new Thing.Appliance(serial, "KFR-35GW", LocalDate.of(2026, 5, 1), null);
    }

    @Test
    void whoWritesFromAnotherChannelIsTheSameCustomer() {
        Identity phone = somePhone();
        Identity email = someEmail();
        UUID byPhone = known(phone, "王小明");

        UUID byBoth = customers
                .remember(new FirstContact(null, List.of(email, phone), List.of(), List.of()))
                .orElseThrow();
        UUID byEmail = known(email, "王先生");

        assertThat(byBoth).isEqualTo(byPhone);
        assertThat(byEmail).isEqualTo(byPhone);
        Person person = person(byPhone);
        assertThat(Personal.text(person.name())).as("the first name stays").isEqualTo("王小明");
        assertThat(person.contacts()).extracting(Contact::identity).containsExactlyInAnyOrder(phone, email);
    }

    /** Ten phones and ten addresses, in an order that is the same wherever they begin. */
    private static List<Identity> somePeople() {
        var all = new ArrayList<Identity>();
        long base = ThreadLocalRandom.current().nextLong(1_000_000L);
        String name = UUID.randomUUID().toString();
        for (int i = 0; i < 10; i++) {
            all.add(Identity.phone("167%06d%02d".formatted(base, i)).orElseThrow());
            all.add(Identity.email(name + i + "@example.com").orElseThrow());
        }
        return all;
    }

    /** Who of the contacts are one, with the name, the contacts and the things of each. */
    private String told(List<UUID> customersOfContacts, List<Identity> people) {
        var told = new StringBuilder();
        for (UUID id : new LinkedHashSet<>(customersOfContacts)) {
            Person person = person(id);
            told.append(IntStream.range(0, customersOfContacts.size())
                            .filter(place -> customersOfContacts.get(place).equals(id))
                            .boxed()
                            .toList())
                    .append(Personal.text(person.name()))
                    .append(person.contacts().stream()
                            .map(each -> people.indexOf(each.identity()))
                            .sorted()
                            .toList())
                    .append(person.things().stream()
                            .map(each -> each.thing().toString())
                            .sorted()
                            .toList())
                    .append('\n');
        }
        return told.toString();
    }

    @Test
    void manyAtOnceAreAsOneAfterTheOther() {
        for (int seed = 1; seed <= 20; seed++) {
            List<Identity> here = somePeople();
            List<Identity> there = somePeople();
            // Some are known before.
            for (int i = 0; i < 6; i += 2) {
                known(here.get(i), i == 0 ? "" : "旧" + i, appliance("S" + i));
                known(there.get(i), i == 0 ? "" : "旧" + i, appliance("S" + i));
            }
            var random = new Random(seed);
            var one = new ArrayList<FirstContact>();
            var other = new ArrayList<FirstContact>();
            for (int i = 0; i < 25; i++) {
                int[] who = random.ints(1L + random.nextInt(2), 0, 20).toArray();
                String name = random.nextInt(4) == 0 ? null : "新" + random.nextInt(5);
                var things = new ArrayList<Thing>();
                if (random.nextBoolean()) {
                    things.add(new Thing.Appliance(
                            random.nextBoolean() ? "S" + random.nextInt(8) : null,
                            "KFR-" + random.nextInt(3),
                            random.nextBoolean() ? LocalDate.of(2026, 5, 1) : null,
                            null));
                }
                one.add(new FirstContact(
                        name, IntStream.of(who).mapToObj(here::get).toList(), things, List.of()));
                other.add(new FirstContact(
                        name, IntStream.of(who).mapToObj(there::get).toList(), things, List.of()));
            }
            List<UUID> single = one.stream()
                    .map(each -> customers.remember(each).orElseThrow())
                    .toList();
            List<UUID> together = customers.rememberAll(other).stream()
                    .map(Optional::orElseThrow)
                    .toList();
            assertThat(told(together, there)).as("seed %d", seed).isEqualTo(told(single, here));
            assertThat(customers.rememberAll(other).stream().map(Optional::orElseThrow))
                    .as("heard again")
                    .isEqualTo(together);
        }
    }

    @Test
    void twoPagesOfTheSamePeopleAtOnceAreEachOfThemOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Identity> people = somePeople();
            var forwards = people.stream()
                    .map(each -> new FirstContact("李雷", List.of(each), List.of(appliance(each.value())), List.of()))
                    .toList();
            try (var threads = Executors.newFixedThreadPool(4)) {
                var all = new ArrayList<Future<List<Optional<UUID>>>>();
                for (int i = 0; i < 4; i++) {
                    List<FirstContact> page = i % 2 == 0 ? forwards : forwards.reversed();
                    all.add(threads.submit(() -> customers.rememberAll(page)));
                }
                for (int i = 0; i < 4; i++) {
                    List<Optional<UUID>> ids = all.get(i).get();
                    assertThat(i % 2 == 0 ? ids : ids.reversed())
                            .isEqualTo(all.getFirst().get());
                }
            }
            for (Identity each : people) {
                assertThat(customers.find(each).orElseThrow().things()).hasSize(1);
            }
        }
    }

    @Test
    void twentyFirstContactsAtOnceAreOneCustomer() throws Exception {
        Identity phone = somePhone();
        Identity email = someEmail();
        String serial = someSerial();
        var ids = new HashSet<UUID>();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(20)) {
            List<Future<Optional<UUID>>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                List<Identity> order = i % 2 == 0 ? List.of(phone, email) : List.of(email, phone);
                all.add(threads.submit(() -> {
                    start.await();
                    return customers.remember(new FirstContact("李雷", order, List.of(appliance(serial)), List.of()));
                }));
            }
            start.countDown();
            for (Future<Optional<UUID>> each : all) {
                ids.add(each.get().orElseThrow());
            }
        }

        assertThat(ids).hasSize(1);
        Person person = person(ids.iterator().next());
        assertThat(person.contacts()).hasSize(2);
        assertThat(person.things()).hasSize(1);
        assertThat(jdbc.sql(
                                "select count(*) from customer.customer c where not exists"
                                        + " (select 1 from customer.identity i where i.customer_id = c.id) and c.erased_at is null")
                        .query(Integer.class)
                        .single())
                .as("customers that nobody knows by anything")
                .isZero();
    }

    @Test
    void whatIsHeardTwiceIsStoredOnce() {
        Identity phone = somePhone();
        String serial = someSerial();
        known(phone, "韩梅梅", new Thing.Appliance(null, "KFR-35GW", null, null));
        UUID id = known(phone, "韩梅梅", appliance(serial), appliance(serial.toLowerCase(Locale.ROOT)));

        assertThat(person(id).things()).singleElement().satisfies(owned -> {
            assertThat(owned.thing().keys()).containsKey(ThingKey.SERIAL);
            assertThat(owned.thing().boughtOn()).isEqualTo(LocalDate.of(2026, 5, 1));
        });
    }

    @Test
    void everyThingIsReadAsItWasPut() {
        var things = List.<Thing>of(
                new Thing.Vehicle("LSVAA49J132047371", "京A12345", "ID.4", LocalDate.of(2025, 3, 2)),
                new Thing.Appliance(
                        "SN-" + someSerial(), "BCD-500", LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 9)),
                new Thing.Order("DD" + someSerial(), LocalDate.of(2026, 11, 11), Money.ofFen(129_950), "羽绒服"));
        Identity number = someNumber();
        var details = new CustomerDetails(
                number, "赵敏", List.of(somePhone()), things, Vulnerability.ELDERLY, PreferredContact.PHONE);

        UUID first = customers.put(details, AGENT).id();
        Customers.Put again = customers.put(details, AGENT);

        assertThat(again.id()).isEqualTo(first);
        assertThat(again.isNew()).isFalse();
        Person person = person(Objects.requireNonNull(first));
        assertThat(person.things()).extracting(OwnedThing::thing).containsExactlyElementsOf(things);
        assertThat(person.number()).contains(number.value());
        assertThat(person.vulnerable()).isEqualTo(Vulnerability.ELDERLY);
        assertThat(person.preferred()).isEqualTo(PreferredContact.PHONE);
        assertThat(customers.journal(person, 10))
                .as("the same details again change nothing")
                .hasSize(1);
    }

    @Test
    void twoOwnNumbersAreTwoCustomersWhateverTheyShare() {
        Identity phone = somePhone();
        var one = new CustomerDetails(someNumber(), "甲", List.of(phone), List.of(), null, null);
        var two = new CustomerDetails(someNumber(), "乙", List.of(phone), List.of(), null, null);
        customers.put(one, AGENT);

        Customers.Put put = customers.put(two, AGENT);

        assertThat(put.id()).isNull();
        assertThat(put.heldByOther()).isEqualTo(phone);
        assertThat(customers.find(two.key())).as("nothing of it is stored").isEmpty();
    }

    @Test
    void aCustomerIsFoundByEverythingThatNamesOne() {
        String serial = someSerial();
        String vin = "LSVAA49J1320" + (10_000 + ThreadLocalRandom.current().nextInt(89_999));
        String plate = "沪B" + (10_000 + ThreadLocalRandom.current().nextInt(89_999));
        Identity phone = somePhone();
        Identity email = someEmail();
        Identity number = someNumber();
        String name = "欧阳" + UUID.randomUUID();
        String order = "DD" + someSerial();
        UUID id = Objects.requireNonNull(customers
                .put(
                        new CustomerDetails(
                                number,
                                name,
                                List.of(phone, email),
                                List.of(
                                        new Thing.Vehicle(vin, plate, null, null),
                                        appliance(serial),
                                        new Thing.Order(order, null, null, null)),
                                null,
                                null),
                        AGENT)
                .id());

        for (String typed : List.of(
                phone.value().substring(3),
                phone.readable(),
                email.value().toUpperCase(Locale.ROOT),
                number.value(),
                vin.toLowerCase(Locale.ROOT),
                plate.substring(0, 2) + "·" + plate.substring(2),
                serial,
                " " + order,
                name)) {
            assertThat(search.find(typed)).as(typed).extracting(Person::id).contains(id);
        }
        assertThat(search.find("没有这个人")).isEmpty();
    }

    @Test
    void aNumberIsFoundWhileItIsTyped() {
        Identity phone = somePhone();
        UUID id = known(phone, "周芷若");
        String digits = phone.value().substring(3);

        assertThat(search.startingWith(digits.substring(0, 6), 50)).isEmpty();
        for (int length = 7; length <= 11; length++) {
            assertThat(search.startingWith(digits.substring(0, length), 50))
                    .as(digits.substring(0, length))
                    .extracting(Person::id)
                    .contains(id);
        }
        assertThat(search.startingWith("+86 " + digits.substring(0, 3) + " " + digits.substring(3, 8), 50))
                .extracting(Person::id)
                .contains(id);
        char other = digits.charAt(10) == '0' ? '1' : '0';
        assertThat(search.startingWith(digits.substring(0, 10) + other, 50))
                .extracting(Person::id)
                .doesNotContain(id);
    }

    @Test
    void aMergeIsALinkThatCanBeTakenAwayAfterAnythingElse() {
        Identity phone = somePhone();
        Identity email = someEmail();
        UUID one = known(phone, "张无忌", appliance(someSerial()));
        UUID two = known(email, "张教主", appliance(someSerial()));

        customers.merge(one, two, AGENT, "来电核实为同一人");

        Person both = person(one);
        assertThat(both.id()).isEqualTo(two);
        assertThat(both.contacts()).extracting(Contact::identity).containsExactlyInAnyOrder(phone, email);
        assertThat(both.things()).hasSize(2);
        assertThat(customers.find(phone)).map(Person::id).contains(two);

        // What comes later goes to the living one.
        Identity later = someEmail();
        UUID same = customers
                .remember(new FirstContact(null, List.of(phone, later), List.of(appliance(someSerial())), List.of()))
                .orElseThrow();
        assertThat(same).isEqualTo(two);
        customers.mark(one, Vulnerability.DISABLED, null, AGENT, "听力障碍");

        customers.separate(one, AGENT, "两个人同名");

        assertThat(person(one).id()).isEqualTo(one);
        assertThat(person(one).contacts()).extracting(Contact::identity).containsExactly(phone);
        assertThat(person(one).things()).hasSize(1);
        assertThat(person(one).vulnerable()).isNull();
        assertThat(person(two).contacts()).extracting(Contact::identity).containsExactlyInAnyOrder(email, later);
        assertThat(person(two).things()).hasSize(2);
        assertThat(person(two).vulnerable()).isEqualTo(Vulnerability.DISABLED);
        assertThat(customers.journal(person(one), 10))
                .extracting(JournalEntry::deed, JournalEntry::other, JournalEntry::note)
                .containsExactly(
                        tuple(CustomerDeed.SEPARATED, two, "两个人同名"), tuple(CustomerDeed.MERGED, two, "来电核实为同一人"));
    }

    @Test
    void whoIsOneAlreadyIsNotMergedAgainAndNobodyIntoHimself() {
        UUID one = known(somePhone(), "一");
        UUID two = known(somePhone(), "二");
        customers.merge(one, two, AGENT, "同一人");

        assertThatThrownBy(() -> customers.merge(two, one, AGENT, "同一人")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> customers.merge(two, two, AGENT, "同一人")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> customers.separate(two, AGENT, "不是")).isInstanceOf(Refused.class);
    }

    @Test
    void mergesInOppositeDirectionsAtOnceAreOneMerge() throws Exception {
        for (int round = 0; round < 10; round++) {
            UUID one = known(somePhone(), "一");
            UUID two = known(somePhone(), "二");
            var start = new CountDownLatch(1);
            var done = new ArrayList<Boolean>();
            try (var threads = Executors.newFixedThreadPool(2)) {
                Future<Boolean> there = threads.submit(() -> merged(start, one, two));
                Future<Boolean> back = threads.submit(() -> merged(start, two, one));
                start.countDown();
                done.add(there.get());
                done.add(back.get());
            }
            assertThat(done).containsExactlyInAnyOrder(true, false);
            assertThat(person(one).id()).isEqualTo(person(two).id());
        }
    }

    private boolean merged(CountDownLatch start, UUID from, UUID to) throws InterruptedException {
        start.await();
        try {
            customers.merge(from, to, AGENT, "同一人");
            return true;
        } catch (Refused refused) {
            return false;
        }
    }

    @Test
    void aReturnedMailMarksTheAddressUntilItWorksAgain() {
        Identity email = someEmail();
        UUID id = known(email, "郭靖");

        assertThat(customers.contactFailed(IdentityKind.EMAIL, email.value(), "550 5.1.1 unknown user"))
                .contains(id);
        customers.contactFailed(IdentityKind.EMAIL, email.value(), "550 again");

        assertThat(person(id).contacts()).singleElement().satisfies(contact -> {
            assertThat(contact.isFailed()).isTrue();
            assertThat(contact.failure()).isEqualTo("550 5.1.1 unknown user");
        });
        assertThat(customers.contactFailed(IdentityKind.EMAIL, "nobody-" + email.value(), "550"))
                .isEmpty();

        customers.contactWorks(IdentityKind.EMAIL, email.value(), AGENT);
        assertThat(person(id).contacts().getFirst().isFailed()).isFalse();
        assertThat(customers.journal(person(id), 10))
                .extracting(JournalEntry::deed)
                .containsExactly(CustomerDeed.CONTACT_WORKS, CustomerDeed.CONTACT_FAILED);
    }

    @Test
    void anOpenIdThatProvesItsPhoneIsTheSamePerson() {
        Identity phone = somePhone();
        Identity openId = Identity.weChat("gh_1", UUID.randomUUID().toString()).orElseThrow();
        Identity elsewhere = Identity.weChat("gh_2", openId.value()).orElseThrow();
        UUID byPhone = known(phone, "黄蓉");
        UUID byWeChat = known(openId, "蓉儿");

        assertThat(customers.bind(openId, phone, Actor.CUSTOMER, "验证码")).isEqualTo(byPhone);
        assertThat(customers.bind(openId, phone, Actor.CUSTOMER, "验证码")).isEqualTo(byPhone);

        assertThat(person(byWeChat).id()).isEqualTo(byPhone);
        assertThat(customers.find(elsewhere))
                .as("the same id of another account")
                .isEmpty();

        Identity fresh = Identity.weChat("gh_1", UUID.randomUUID().toString()).orElseThrow();
        assertThat(customers.bind(fresh, phone, Actor.CUSTOMER, "验证码")).isEqualTo(byPhone);
        assertThat(customers.find(fresh)).map(Person::id).contains(byPhone);
        customers.remove(fresh, Actor.CUSTOMER, "解绑");
        assertThat(customers.find(fresh)).isEmpty();
    }

    @Test
    void whoMayBeTheSameIsSuggestedUntilSomebodyDecides() {
        String serial = someSerial();
        Identity phone = somePhone();
        UUID one = known(phone, "孙悟空", appliance(serial));
        UUID sameThing = known(somePhone(), "孙 悟空", appliance(serial));
        UUID otherName = known(somePhone(), "猪八戒", appliance(serial));
        UUID mentioning = customers
                .remember(new FirstContact("沙僧", List.of(someEmail()), List.of(), List.of(phone)))
                .orElseThrow();
        String local = "sun-" + UUID.randomUUID();
        UUID atWork = known(Identity.email(local + "@work.example").orElseThrow(), "孙悟空");
        known(Identity.email(local + "@other.example").orElseThrow(), "唐僧");
        customers.merge(known(Identity.email(local + "@home.example").orElseThrow(), "孙悟空"), one, AGENT, "本人说的");

        assertThat(samePersons.of(person(one)))
                .extracting(each -> each.other().id(), SamePersons.Suggestion::why)
                .containsExactlyInAnyOrder(
                        tuple(sameThing, Set.of(SamePersons.Likeness.NAME_AND_THING)),
                        tuple(mentioning, Set.of(SamePersons.Likeness.CONTACT_MENTIONED)),
                        tuple(atWork, Set.of(SamePersons.Likeness.NAME_AND_ADDRESS)));
        assertThat(samePersons.of(person(mentioning)))
                .as("it is seen from both sides")
                .extracting(each -> each.other().id())
                .contains(one);
        assertThat(samePersons.of(person(otherName))).isEmpty();

        samePersons.dismiss(sameThing, one, AGENT);
        customers.merge(mentioning, one, AGENT, "同一人");

        assertThat(samePersons.of(person(one)))
                .extracting(each -> each.other().id())
                .containsExactly(atWork);
        assertThat(samePersons.of(person(sameThing)))
                .extracting(each -> each.other().id())
                .doesNotContain(one);
    }

    @Test
    void aContactOfSomebodyElseStaysThereAndSuggestsThatBothAreOne() {
        Identity phone = somePhone();
        Identity email = someEmail();
        UUID one = known(phone, "甲");
        UUID two = known(email, "乙");

        UUID heard = customers
                .remember(new FirstContact("甲", List.of(phone, email), List.of(), List.of()))
                .orElseThrow();

        assertThat(heard).isEqualTo(one);
        assertThat(customers.find(email)).map(Person::id).contains(two);
        assertThat(samePersons.of(person(one)))
                .extracting(each -> each.other().id())
                .containsExactly(two);
    }

    @Test
    void anErasedCustomerIsUnreadableForGood() {
        Identity phone = somePhone();
        String serial = someSerial();
        UUID one = known(phone, "令狐冲", appliance(serial));
        UUID two = known(somePhone(), "令狐大侠");
        customers.merge(one, two, AGENT, "同一人");

        customers.erase(one, AGENT);

        assertThat(person(one).name()).isNull();
        assertThat(person(one).contacts()).isEmpty();
        assertThat(person(one).things()).isEmpty();
        assertThat(person(one).erasedAt()).isNotNull();
        assertThat(customers.find(phone)).isEmpty();
        assertThat(search.find(serial)).isEmpty();
        assertThat(jdbc.sql("select count(*) from customer.customer where id in (:one, :two) and data_key is not null")
                        .param("one", one)
                        .param("two", two)
                        .query(Integer.class)
                        .single())
                .as("keys that are left")
                .isZero();
        assertThat(customers.journal(person(one), 10))
                .extracting(JournalEntry::deed, JournalEntry::note)
                .contains(tuple(CustomerDeed.MERGED, null));
        assertThat(known(phone, "令狐冲")).as("who calls again is somebody new").isNotIn(one, two);
    }

    @Test
    void nothingPersonalStandsInTheDatabaseInClearText() {
        String mark = "Zx" + UUID.randomUUID().toString().substring(0, 8);
        Identity email = Identity.email(mark + "@example.com").orElseThrow();
        UUID id = known(email, mark, new Thing.Appliance(mark, mark, null, null));
        customers.contactFailed(IdentityKind.EMAIL, email.value(), mark);
        customers.mark(id, Vulnerability.ILL, null, AGENT, mark);
        customers.merge(known(somePhone(), mark), id, AGENT, mark);

        for (String table : List.of("customer", "identity", "thing", "thing_key", "mention", "event", "dismissal")) {
            assertThat(jdbc.sql(
                                    "select count(*) from customer." + table
                                            + " t where position(lower(:mark) in lower(t::text)) > 0"
                                            + " or position(lower(encode(convert_to(:mark, 'UTF8'), 'hex')) in lower(t::text)) > 0")
                            .param("mark", mark)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }
}
