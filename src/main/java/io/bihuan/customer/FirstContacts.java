package io.bihuan.customer;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes up what channels heard: of many at once in as many statements as of one. Everybody takes locks and unique values in one order,
 * customers by their id and then identities by their value, so that two who hear of the same people never wait for each other.
 */
@Component
class FirstContacts {
    private static final int MOST_MENTIONS = 10;
    private static final int ATTEMPTS = 5;

    /** In one order for everybody. */
    private static final Comparator<Identity> ORDER = Comparator.comparing(Identity::kind)
            .thenComparing(Identity::account)
            .thenComparing(Identity::value);

    /** One person, and what some contacts bring of it. */
    private static final class Somebody {
        private final UUID id;
        private final boolean isNew;
        private final Set<Identity> fresh = new LinkedHashSet<>();
        private final Set<Identity> mentions = new LinkedHashSet<>();
        private final List<Thing> things = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();
        private boolean hasName;
        private @Nullable String name;
        private @Nullable SubjectKey key;

        Somebody(UUID id, boolean isNew, boolean hasName) {
            this.id = id;
            this.isNew = isNew;
            this.hasName = hasName;
        }

        boolean bringsNews() {
            return !fresh.isEmpty() || !things.isEmpty() || (name != null && !hasName);
        }

        SubjectKey key() {
            return Objects.requireNonNull(key);
        }
    }

    private final CustomerRows rows;
    private final Keys keys;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final InstantSource time;

    FirstContacts(CustomerRows rows, Keys keys, JdbcClient jdbc, DataSource database, InstantSource time) {
        this.rows = rows;
        this.keys = keys;
        this.jdbc = jdbc;
        this.database = database;
        this.time = time;
    }

    /** As they are tried and stored. */
    static List<Identity> inOrder(Collection<Identity> identities) {
        return identities.stream()
                .distinct()
                .sorted(ORDER)
                .limit(CustomerDetails.MOST_CONTACTS + 1L)
                .toList();
    }

    /**
     * Within a transaction; as if one contact came after the other.
     *
     * @return the living customer of each contact; empty where there is nothing to know anybody by
     */
    List<Optional<UUID>> take(List<FirstContact> contacts) {
        var found = new HashMap<Integer, UUID>();
        List<Integer> left = new ArrayList<>();
        for (int place = 0; place < contacts.size(); place++) {
            if (!contacts.get(place).identities().isEmpty()) {
                left.add(place);
            }
        }
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new PessimisticLockingFailureException("a first contact was overtaken " + ATTEMPTS + " times");
            }
            left = round(contacts, left, found);
        }
        var result = new ArrayList<Optional<UUID>>();
        for (int place = 0; place < contacts.size(); place++) {
            result.add(Optional.ofNullable(found.get(place)));
        }
        return result;
    }

    /** Returns the contacts that somebody else was faster with: they are looked at again. */
    private List<Integer> round(List<FirstContact> contacts, List<Integer> places, Map<Integer, UUID> found) {
        List<Somebody> people = people(contacts, places);
        people.forEach(each -> each.places.forEach(place -> found.put(place, each.id)));
        var overtaken = new ArrayList<Integer>();
        List<Somebody> locked = lock(people, overtaken);
        create(people);
        List<Somebody> taken = insert(people, locked, overtaken);
        var writes = new Writes();
        name(locked, writes);
        addThings(taken, writes);
        for (Somebody each : people) {
            if (!overtaken.containsAll(each.places)) {
                mention(each, writes);
            }
        }
        writes.send(database);
        return overtaken.stream().sorted().toList();
    }

    /** Who they are: those who are known, and one for each who is not. */
    private List<Somebody> people(List<FirstContact> contacts, List<Integer> places) {
        List<Identity> asked = places.stream()
                .flatMap(place -> contacts.get(place).identities().stream())
                .distinct()
                .toList();
        var people = new LinkedHashMap<UUID, Somebody>();
        var owners = new HashMap<Identity, Somebody>();
        for (CustomerRows.Held held : rows.held(asked)) {
            owners.put(
                    held.identity(),
                    people.computeIfAbsent(held.living(), id -> new Somebody(id, false, held.hasName())));
        }
        for (int place : places) {
            FirstContact contact = contacts.get(place);
            List<Identity> identities = inOrder(contact.identities());
            Somebody one = identities.stream()
                    .map(owners::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseGet(() -> new Somebody(Ids.next(), true, false));
            people.putIfAbsent(one.id, one);
            one.places.add(place);
            for (Identity identity : identities) {
                Somebody owner = owners.putIfAbsent(identity, one);
                if (owner == null) {
                    one.fresh.add(identity);
                } else if (owner != one) {
                    // It stays there, and is what suggests that both are one.
                    one.mentions.add(identity);
                }
            }
            contact.mentions().stream().limit(MOST_MENTIONS).forEach(one.mentions::add);
            contact.things().stream().filter(Thing::isNamed).forEach(one.things::add);
            String name = contact.name();
            if (one.name == null && name != null && !name.isBlank()) {
                one.name = Customers.cut(name.strip());
            }
        }
        return List.copyOf(people.values());
    }

    /** Locks those to whom something is added; who was merged into somebody meanwhile is overtaken. */
    private List<Somebody> lock(List<Somebody> people, List<Integer> overtaken) {
        Map<UUID, Somebody> wanted = people.stream()
                .filter(each -> !each.isNew && each.bringsNews())
                .collect(Collectors.toMap(each -> each.id, each -> each));
        if (wanted.isEmpty()) {
            return List.of();
        }
        var locked = new ArrayList<Somebody>();
        jdbc.sql("""
                        select id, data_key, name is not null as has_name from customer.customer
                        where id = any(:ids) and merged_into is null order by id for update
                        """).param("ids", wanted.keySet().toArray(UUID[]::new)).query(row -> {
            Somebody each = Objects.requireNonNull(wanted.remove(row.getObject("id", UUID.class)));
            byte[] wrapped = row.getBytes("data_key");
            if (wrapped == null) {
                throw new Refused("customer.refused.erased");
            }
            each.key = keys.unwrap(wrapped);
            each.hasName = row.getBoolean("has_name");
            locked.add(each);
        });
        wanted.values().forEach(each -> overtaken.addAll(each.places));
        return locked;
    }

    private void create(List<Somebody> people) {
        var writes = new Writes();
        for (Somebody each : people) {
            if (each.isNew) {
                byte[] wrapped = keys.newWrapped();
                SubjectKey key = keys.unwrap(wrapped);
                each.key = key;
                writes.addOne(
                        """
                        insert into customer.customer (id, data_key, name, name_index, created_at, updated_at) values (?, ?, ?, ?, ?, ?)
                        """,
                        each.id,
                        wrapped,
                        key.encryptNullable(each.name),
                        Customers.nameIndex(each.name, keys),
                        now(),
                        now());
            }
        }
        writes.send(database);
    }

    /** One identity as it is stored. */
    private record Entry(UUID id, Identity identity, Somebody of) {}

    /**
     * Gives them their identities. What belongs to somebody by now stays there; a new one whose surest identity does is nobody.
     *
     * @return those who are, and are locked or new
     */
    private List<Somebody> insert(List<Somebody> people, List<Somebody> locked, List<Integer> overtaken) {
        var taken = new ArrayList<>(locked);
        people.stream().filter(each -> each.isNew).forEach(taken::add);
        List<Entry> entries = taken.stream()
                .flatMap(each -> each.fresh.stream().map(identity -> new Entry(Ids.next(), identity, each)))
                .sorted(Comparator.comparing(Entry::identity, ORDER))
                .toList();
        Set<UUID> stored = insert(entries);
        var nobody = new HashSet<Somebody>();
        for (Entry entry : entries) {
            if (!stored.contains(entry.id())) {
                Somebody of = entry.of();
                if (of.isNew && of.fresh.iterator().next().equals(entry.identity())) {
                    nobody.add(of);
                } else {
                    of.mentions.add(entry.identity());
                }
            }
        }
        if (!nobody.isEmpty()) {
            UUID[] ids = nobody.stream().map(each -> each.id).toArray(UUID[]::new);
            jdbc.sql("delete from customer.identity where customer_id = any(:ids)")
                    .param("ids", ids)
                    .update();
            jdbc.sql("delete from customer.customer where id = any(:ids)")
                    .param("ids", ids)
                    .update();
            nobody.forEach(each -> overtaken.addAll(each.places));
            taken.removeAll(nobody);
        }
        return taken;
    }

    private Set<UUID> insert(List<Entry> entries) {
        if (entries.isEmpty()) {
            return Set.of();
        }
        // bounded: one row of each
        return new HashSet<>(jdbc.sql("""
                        insert into customer.identity (id, customer_id, kind, account, value_index, value, part_index, added_at)
                        select id, customer_id, kind, account, value_index, value, part_index, :now
                        from unnest(:ids::uuid[], :customers::uuid[], :kinds::text[], :accounts::text[], :indexes::bytea[],
                            :values::bytea[], :parts::bytea[]) with ordinality
                            as n (id, customer_id, kind, account, value_index, value, part_index, place)
                        order by place
                        on conflict (kind, account, value_index) do nothing
                        returning id
                        """)
                .param("now", Customers.utc(now()))
                .param("ids", entries.stream().map(Entry::id).toArray(UUID[]::new))
                .param("customers", entries.stream().map(each -> each.of().id).toArray(UUID[]::new))
                .param(
                        "kinds",
                        entries.stream()
                                .map(each -> each.identity().kind().name())
                                .toArray(String[]::new))
                .param(
                        "accounts",
                        entries.stream().map(each -> each.identity().account()).toArray(String[]::new))
                .param(
                        "indexes",
                        entries.stream()
                                .map(each -> each.identity().index(keys))
                                .toArray(byte[][]::new))
                .param(
                        "values",
                        entries.stream()
                                .map(each ->
                                        each.of().key().encrypt(each.identity().value()))
                                .toArray(byte[][]::new))
                .param(
                        "parts",
                        entries.stream()
                                .map(each -> each.identity().partIndex(keys))
                                .toArray(byte[][]::new))
                .query(UUID.class)
                .list());
    }

    private void name(List<Somebody> locked, Writes writes) {
        for (Somebody each : locked) {
            if (!each.hasName && each.name != null) {
                writes.addOne(
                        "update customer.customer set name = ?, name_index = ?, updated_at = ? where id = ?",
                        each.key().encrypt(each.name),
                        Customers.nameIndex(each.name, keys),
                        now(),
                        each.id);
            }
        }
    }

    private void addThings(List<Somebody> taken, Writes writes) {
        List<UUID> owners = taken.stream()
                .filter(each -> !each.isNew && !each.things.isEmpty())
                .map(each -> each.id)
                .toList();
        Map<UUID, CustomerRows.Belongings> known = rows.belongings(owners);
        var things = new Writes();
        var named = new Writes();
        for (Somebody each : taken) {
            var belongings = known.getOrDefault(each.id, CustomerRows.Belongings.NONE);
            var owned = new ArrayList<>(belongings.things());
            for (Thing thing : each.things) {
                add(each, thing, owned, belongings.keys(), things, named);
            }
        }
        writes.addAll(things).addAll(named);
    }

    private void add(
            Somebody owner,
            Thing thing,
            List<OwnedThing> owned,
            Map<UUID, SubjectKey> ownKeys,
            Writes things,
            Writes named) {
        OwnedThing same = owned.stream()
                .filter(each -> each.thing().isSameAs(thing))
                .findFirst()
                .orElse(null);
        if (same == null) {
            if (owned.size() < CustomerDetails.MOST_THINGS) {
                var added = new OwnedThing(Ids.next(), owner.id, thing, now());
                insert(added, owner.key(), things, named);
                owned.add(added);
            }
            return;
        }
        Thing both = thing.or(same.thing());
        // What stands at a merged row is told better there: it goes with that row if the merge is undone.
        SubjectKey key = same.customer().equals(owner.id) ? owner.key() : ownKeys.get(same.customer());
        if (!both.equals(same.thing()) && key != null) {
            var better = new OwnedThing(same.id(), same.customer(), both, same.addedAt());
            update(better, key, things, named);
            owned.set(owned.indexOf(same), better);
        }
    }

    private void insert(OwnedThing added, SubjectKey key, Writes things, Writes named) {
        Thing thing = added.thing();
        Thing.Order order = thing instanceof Thing.Order o ? o : null;
        var amount = order == null ? null : order.amount();
        things.addOne(
                """
                insert into customer.thing (id, customer_id, kind, model, bought_on, installed_on, amount_fen, currency, added_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                added.id(),
                added.customer(),
                ThingKind.of(thing),
                key.encryptNullable(thing.model()),
                thing.boughtOn(),
                thing instanceof Thing.Appliance appliance ? appliance.installedOn() : null,
                amount == null ? null : amount.fen(),
                amount == null ? null : amount.currency().getCurrencyCode(),
                added.addedAt(),
                added.addedAt());
        name(added, key, named);
    }

    private void update(OwnedThing better, SubjectKey key, Writes things, Writes named) {
        Thing thing = better.thing();
        Thing.Order order = thing instanceof Thing.Order o ? o : null;
        var amount = order == null ? null : order.amount();
        things.addOne(
                """
                update customer.thing set model = ?, bought_on = ?, installed_on = ?, amount_fen = ?, currency = ?, updated_at = ?
                where id = ?
                """,
                key.encryptNullable(thing.model()),
                thing.boughtOn(),
                thing instanceof Thing.Appliance appliance ? appliance.installedOn() : null,
                amount == null ? null : amount.fen(),
                amount == null ? null : amount.currency().getCurrencyCode(),
                now(),
                better.id());
        name(better, key, named);
    }

    private void name(OwnedThing owned, SubjectKey key, Writes named) {
        owned.thing()
                .keys()
                .forEach((kind, value) -> named.addOne(
                        """
                        insert into customer.thing_key (thing_id, kind, customer_id, value_index, value) values (?, ?, ?, ?, ?)
                        on conflict (thing_id, kind) do update set value_index = excluded.value_index, value = excluded.value
                        """, owned.id(), kind, owned.customer(), kind.index(value, keys), key.encrypt(value)));
    }

    private void mention(Somebody who, Writes writes) {
        for (Identity mention : who.mentions) {
            writes.add(
                    "insert into customer.mention (customer_id, kind, value_index) values (?, ?, ?) on conflict do nothing",
                    who.id,
                    mention.kind(),
                    mention.index(keys));
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
