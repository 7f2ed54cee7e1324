package io.bihuan.customer;

import io.bihuan.platform.Money;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads customers: whose a row is now, and the whole person from all rows that are one. */
@Component
class CustomerRows {
    /** Rows that can be one person. */
    static final int MOST_MERGED = 50;

    private static final int MOST_CONTACTS = 200;
    private static final int MOST_THINGS = 500;

    /** Which row holds an identity, and whose it is now. */
    record Held(Identity identity, UUID at, UUID living) {}

    private record Root(
            UUID id,
            @Nullable UUID into,
            @Nullable SubjectKey key,
            @Nullable Personal name,
            @Nullable Vulnerability vulnerable,
            @Nullable PreferredContact preferred,
            Instant createdAt,
            @Nullable Instant erasedAt) {}

    private final JdbcClient jdbc;
    private final Keys keys;

    CustomerRows(JdbcClient jdbc, Keys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** The living customer that a row has become; empty when there is no such row. */
    Optional<UUID> living(UUID id) {
        return Optional.ofNullable(living(List.of(id)).get(id));
    }

    /** The living customers that rows have become; unknown ones are left out. */
    Map<UUID, UUID> living(Collection<UUID> ids) {
        var living = new HashMap<UUID, UUID>();
        if (ids.isEmpty()) {
            return living;
        }
        jdbc.sql("""
                        with recursive up (asked, id, merged_into) as (
                            select id, id, merged_into from customer.customer where id = any(:ids)
                            union all
                            select up.asked, c.id, c.merged_into from up join customer.customer c on c.id = up.merged_into)
                        select asked, id from up where merged_into is null
                        """)
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    living.put(row.getObject("asked", UUID.class), row.getObject("id", UUID.class));
                });
        return living;
    }

    /** The row itself and all that are merged into it, near or far. */
    List<UUID> tree(UUID id) {
        return jdbc.sql("""
                        with recursive down (id) as (
                            select id from customer.customer where id = :id
                            union all
                            select c.id from down join customer.customer c on c.merged_into = down.id)
                        select id from down limit :limit
                        """)
                .param("id", id)
                .param("limit", 2 * MOST_MERGED)
                .query(UUID.class)
                .list();
    }

    /** Who holds these identities, in their order; those that nobody holds are left out. */
    List<Held> held(List<Identity> identities) {
        if (identities.isEmpty()) {
            return List.of();
        }
        var places = new HashMap<Integer, UUID>();
        jdbc.sql("""
                        select asked.place, i.customer_id
                        from unnest(:kinds::text[], :accounts::text[], :indexes::bytea[]) with ordinality
                            asked (kind, account, value_index, place)
                        join customer.identity i using (kind, account, value_index)
                        """)
                .param("kinds", identities.stream().map(each -> each.kind().name()).toArray(String[]::new))
                .param("accounts", identities.stream().map(Identity::account).toArray(String[]::new))
                .param("indexes", identities.stream().map(each -> each.index(keys)).toArray(byte[][]::new))
                .query(row -> {
                    places.put(row.getInt("place"), row.getObject("customer_id", UUID.class));
                });
        Map<UUID, UUID> living = living(places.values());
        var held = new ArrayList<Held>();
        for (int i = 0; i < identities.size(); i++) {
            UUID at = places.get(i + 1);
            if (at != null) {
                held.add(new Held(identities.get(i), at, Objects.requireNonNull(living.get(at))));
            }
        }
        return held;
    }

    /** The living customer of a row, whole. */
    Optional<Person> person(UUID id) {
        return living(id).map(root -> person(root, tree(root)));
    }

    /** The living customers of these rows, each once, in their order; unknown ones are left out. */
    List<Person> persons(Collection<UUID> ids) {
        Map<UUID, UUID> living = living(ids);
        return ids.stream()
                .map(living::get)
                .filter(Objects::nonNull)
                .distinct()
                .map(root -> person(root, tree(root)))
                .toList();
    }

    private Person person(UUID root, List<UUID> ids) {
        UUID[] all = ids.toArray(UUID[]::new);
        var rows = new LinkedHashMap<UUID, Root>();
        jdbc.sql("""
                        select id, merged_into, data_key, name, vulnerable, preferred, created_at, erased_at
                        from customer.customer where id = any(:ids) order by id
                        """).param("ids", all).query((ResultSet row) -> {
            Root read = root(row);
            rows.put(read.id(), read);
        });
        Root living = Objects.requireNonNull(rows.get(root));
        List<Root> merged =
                rows.values().stream().filter(row -> !row.id().equals(root)).toList();
        return new Person(
                root,
                first(living, merged, Root::name),
                first(living, merged, Root::vulnerable),
                first(living, merged, Root::preferred),
                contacts(all, rows),
                things(all, rows),
                merged.stream()
                        .map(row -> new Person.Merged(row.id(), Objects.requireNonNull(row.into()), row.name()))
                        .toList(),
                living.createdAt(),
                living.erasedAt());
    }

    /** What the living customer says counts; where it says nothing, the eldest of the others. */
    private static <T> @Nullable T first(
            Root living, List<Root> merged, java.util.function.Function<Root, @Nullable T> what) {
        T own = what.apply(living);
        if (own != null) {
            return own;
        }
        for (Root row : merged) {
            T said = what.apply(row);
            if (said != null) {
                return said;
            }
        }
        return null;
    }

    private Root root(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes("data_key");
        SubjectKey key = wrapped == null ? null : keys.unwrap(wrapped);
        String vulnerable = row.getString("vulnerable");
        String preferred = row.getString("preferred");
        return new Root(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                row.getObject("merged_into", UUID.class),
                key,
                Personal.ofNullable(opened(row, "name", key)),
                vulnerable == null ? null : Vulnerability.valueOf(vulnerable),
                preferred == null ? null : PreferredContact.valueOf(preferred),
                instant(row, "created_at"),
                nullableInstant(row, "erased_at"));
    }

    private List<Contact> contacts(UUID[] ids, Map<UUID, Root> rows) {
        return jdbc
                .sql("""
                        select id, customer_id, kind, account, value, added_at, failed_at, failure
                        from customer.identity where customer_id = any(:ids) order by id limit :limit
                        """)
                .param("ids", ids)
                .param("limit", MOST_CONTACTS)
                .query((row, index) -> {
                    UUID customer = row.getObject("customer_id", UUID.class);
                    SubjectKey key = key(rows, customer);
                    return key == null
                            ? null
                            : new Contact(
                                    row.getObject("id", UUID.class),
                                    customer,
                                    new Identity(
                                            IdentityKind.valueOf(row.getString("kind")),
                                            Objects.requireNonNull(row.getString("account")),
                                            key.decrypt(Objects.requireNonNull(row.getBytes("value")))),
                                    instant(row, "added_at"),
                                    nullableInstant(row, "failed_at"),
                                    opened(row, "failure", key));
                })
                .list()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private List<OwnedThing> things(UUID[] ids, Map<UUID, Root> rows) {
        return jdbc
                .sql("""
                        select t.id, t.customer_id, t.kind, t.model, t.bought_on, t.installed_on, t.amount_fen, t.currency, t.added_at,
                            array(select k.kind from customer.thing_key k where k.thing_id = t.id order by k.kind) as key_kinds,
                            array(select k.value from customer.thing_key k where k.thing_id = t.id order by k.kind) as key_values
                        from customer.thing t where t.customer_id = any(:ids) order by t.id limit :limit
                        """)
                .param("ids", ids)
                .param("limit", MOST_THINGS)
                .query((row, index) -> {
                    UUID customer = row.getObject("customer_id", UUID.class);
                    SubjectKey key = key(rows, customer);
                    return key == null
                            ? null
                            : new OwnedThing(
                                    row.getObject("id", UUID.class),
                                    customer,
                                    thing(row, key),
                                    instant(row, "added_at"));
                })
                .list()
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable SubjectKey key(Map<UUID, Root> rows, UUID customer) {
        Root row = rows.get(customer);
        return row == null ? null : row.key();
    }

    private static Thing thing(ResultSet row, SubjectKey key) throws SQLException {
        var named = new EnumMap<ThingKey, String>(ThingKey.class);
        Array kinds = row.getArray("key_kinds");
        Array values = row.getArray("key_values");
        String[] names = (String[]) kinds.getArray();
        byte[][] sealed = (byte[][]) values.getArray();
        for (int i = 0; i < names.length; i++) {
            named.put(ThingKey.valueOf(names[i]), key.decrypt(sealed[i]));
        }
        String model = opened(row, "model", key);
        LocalDate boughtOn = row.getObject("bought_on", LocalDate.class);
        return switch (ThingKind.valueOf(row.getString("kind"))) {
            case VEHICLE -> new Thing.Vehicle(named.get(ThingKey.VIN), named.get(ThingKey.PLATE), model, boughtOn);
            case APPLIANCE ->
                new Thing.Appliance(
                        named.get(ThingKey.SERIAL), model, boughtOn, row.getObject("installed_on", LocalDate.class));
            case ORDER -> new Thing.Order(named.get(ThingKey.ORDER), boughtOn, amount(row), model);
        };
    }

    private static @Nullable Money amount(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return currency == null
                ? null
                : new Money(row.getLong("amount_fen"), java.util.Currency.getInstance(currency));
    }

    static @Nullable String opened(ResultSet row, String column, @Nullable SubjectKey key) throws SQLException {
        byte[] sealed = row.getBytes(column);
        return sealed == null || key == null ? null : key.decrypt(sealed);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(nullableInstant(row, column));
    }

    static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
