package io.bihuan.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.BihuanTest;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestContextManager;

/** Any merges, undoings and contacts in any order say what plain sets say. */
@BihuanTest
class MergeProperties {
    private static final int PEOPLE = 6;
    private static final int CONTACTS = 10;

    enum Deed {
        MERGE,
        SEPARATE,
        CONTACT
    }

    record Step(Deed deed, int one, int other) {}

    /** The simplest thing that can be right: who points to whom, and which contact stands where. */
    private static final class Oracle {
        final Map<Integer, Integer> into = new LinkedHashMap<>();
        final Map<Integer, Integer> placeOfContact = new LinkedHashMap<>();

        int living(int person) {
            int at = person;
            while (into.containsKey(at)) {
                at = into.get(at);
            }
            return at;
        }

        Set<Integer> contacts(int living) {
            return placeOfContact.entrySet().stream()
                    .filter(entry -> living(entry.getValue()) == living)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
    }

    @Autowired
    private Customers customers;

    @BeforeProperty
    void start() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Deed.class),
                        Arbitraries.integers().between(0, PEOPLE - 1),
                        Arbitraries.integers().between(0, CONTACTS - 1))
                .as(Step::new)
                .list()
                .ofMaxSize(25);
    }

    @Property(tries = 60)
    void whoIsWhoAfterAnythingThatHappened(@ForAll("steps") List<Step> steps) {
        var oracle = new Oracle();
        var identities = IntStream.range(0, PEOPLE + CONTACTS)
                .mapToObj(i -> CustomersTests.someEmail())
                .toList();
        var people = new ArrayList<UUID>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(heard(identities.get(i)));
            oracle.placeOfContact.put(i, i);
        }
        int journaled = 0;
        for (Step step : steps) {
            int other = step.other() % PEOPLE;
            switch (step.deed()) {
                case MERGE -> {
                    boolean isPossible = oracle.living(step.one()) != oracle.living(other);
                    boolean isDone = isDone(() ->
                            customers.merge(people.get(step.one()), people.get(other), Actor.SYSTEM, "same"));
                    assertThat(isDone).as("%s", step).isEqualTo(isPossible);
                    if (isPossible) {
                        oracle.into.put(oracle.living(step.one()), oracle.living(other));
                        journaled++;
                    }
                }
                case SEPARATE -> {
                    boolean isPossible = oracle.into.remove(step.one()) != null;
                    assertThat(isDone(() -> customers.separate(people.get(step.one()), Actor.SYSTEM, "not")))
                            .as("%s", step)
                            .isEqualTo(isPossible);
                    journaled += isPossible ? 1 : 0;
                }
                case CONTACT -> {
                    // Somebody whom we know by one address writes and names another, which may be another's by now.
                    int fresh = PEOPLE + step.other();
                    Identity known = identities.get(step.one());
                    customers.remember(
                            new FirstContact(null, List.of(known, identities.get(fresh)), List.of(), List.of()));
                    oracle.placeOfContact.putIfAbsent(fresh, oracle.living(step.one()));
                }
            }
        }
        for (int i = 0; i < PEOPLE; i++) {
            Person person = customers.find(people.get(i)).orElseThrow();
            int living = oracle.living(i);
            assertThat(person.id()).isEqualTo(people.get(living));
            assertThat(person.contacts().stream().map(Contact::identity).collect(Collectors.toSet()))
                    .isEqualTo(oracle.contacts(living).stream()
                            .map(identities::get)
                            .collect(Collectors.toSet()));
            Set<UUID> same = new HashSet<>();
            for (int j = 0; j < PEOPLE; j++) {
                if (oracle.living(j) == living) {
                    same.add(people.get(j));
                }
            }
            assertThat(new HashSet<>(person.ids())).isEqualTo(same);
        }
        oracle.placeOfContact.forEach((contact, place) -> assertThat(
                        customers.find(identities.get(contact)).orElseThrow().id())
                .isEqualTo(people.get(oracle.living(place))));
        int lines = people.stream()
                .map(id -> customers.find(id).orElseThrow())
                .distinct()
                .map(Person::id)
                .distinct()
                .mapToInt(id -> customers.journal(customers.find(id).orElseThrow(), 1000)
                        .size())
                .sum();
        assertThat(lines).as("each merge and each undoing is one line").isEqualTo(journaled);
    }

    private UUID heard(Identity identity) {
        return customers
                .remember(new FirstContact(null, List.of(identity), List.of(), List.of()))
                .orElseThrow();
    }

    private static boolean isDone(Runnable deed) {
        try {
            deed.run();
            return true;
        } catch (Refused refused) {
            return false;
        }
    }
}
