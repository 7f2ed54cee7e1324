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

    /**
     * Which row holds an identity, and whose it is now.
     *
     * @param hasName whether whose it is has a name
     */
    record Held(Identity identity, UUID at, UUID living, boolean hasName) {}

    /**
     * What somebody has, also by what was merged into it.
     *
     * @param keys of the rows at which it stands
     */
    record Belongings(List<OwnedThing> things, Map<UUID, SubjectKey> keys) {
        static final Belongings NONE = new Belongings(List.of(), Map.of());
    }

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
                        """).param("ids", ids.toArray(UUID[]::new)).query(row -> {
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

    /** From identities, in their order, to the living customers whose they are. */
    private static final String UP = """
            with recursive up (place, at, id, merged_into, has_name) as (
                select asked.place, c.id, c.id, c.merged_into, c.name is not null
                from unnest(:kinds::text[], :accounts::text[], :indexes::bytea[]) with ordinality
                    asked (kind, account, value_index, place)
                join customer.identity i using (kind, account, value_index)
                join customer.customer c on c.id = i.customer_id
                union all
                select up.place, up.at, c.id, c.merged_into, c.name is not null
                from up join customer.customer c on c.id = up.merged_into)
            """;

    private static final String ROOT =
            "select id, merged_into, data_key, name, vulnerable, preferred, created_at, erased_at from customer.customer";

    /** From one row to all that are merged into it. */
    private static final String DOWN = """
             union all
                select c.id, c.merged_into, c.data_key, c.name, c.vulnerable, c.preferred, c.created_at, c.erased_at
                from down join customer.customer c on c.merged_into = down.id)
            select * from (select * from down limit :limit) d order by id
            """;

    /** Whether the customer of the first of these identities that is known needs special care, or one who was merged into it. */
    boolean isVulnerable(List<Identity> identities) {
        return !identities.isEmpty()
                && asking(identities, UP + """
                        , down (id, vulnerable) as (
                            select c.id, c.vulnerable from customer.customer c
                            where c.id = (select id from up where merged_into is null order by place limit 1)
                            union all
                            select c.id, c.vulnerable from down join customer.customer c on c.merged_into = down.id)
                        select exists (select from down where vulnerable is not null)
                        """).query(Boolean.class).single();
    }

    /** Who holds these identities, in their order; those that nobody holds are left out. */
    List<Held> held(List<Identity> identities) {
        if (identities.isEmpty()) {
            return List.of();
        }
        // bounded: one row of each identity
        return asking(
                        identities,
                        UP + "select place, at, id, has_name from up where merged_into is null order by place")
                .query((row, index) -> new Held(
                        identities.get(row.getInt("place") - 1),
                        Objects.requireNonNull(row.getObject("at", UUID.class)),
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        row.getBoolean("has_name")))
                .list();
    }

    private JdbcClient.StatementSpec asking(List<Identity> identities, String sql) {
        return jdbc.sql(sql)
                .param(
                        "kinds",
                        identities.stream().map(each -> each.kind().name()).toArray(String[]::new))
                .param("accounts", identities.stream().map(Identity::account).toArray(String[]::new))
                .param(
                        "indexes",
                        identities.stream().map(each -> each.index(keys)).toArray(byte[][]::new));
    }

    /** The living customer of a row, whole. */
    Optional<Person> person(UUID id) {
        return living(id).map(this::whole);
    }

    /** A customer that is known to be living, whole. */
    Person whole(UUID living) {
        return person(living, rows(living));
    }

    /** The living customers of these rows, each once, in their order; unknown ones are left out. */
    List<Person> persons(Collection<UUID> ids) {
        Map<UUID, UUID> living = living(ids);
        return ids.stream()
                .map(living::get)
                .filter(Objects::nonNull)
                .distinct()
                .map(this::whole)
                .toList();
    }

    /** The customer of the first of these identities that is known, without what is owned. */
    Optional<KnownPerson> known(List<Identity> identities) {
        if (identities.isEmpty()) {
            return Optional.empty();
        }
        Map<UUID, Root> rows = rows(asking(identities, UP + ", down as (" + ROOT + """
                         where id = (select u.id from up u where u.merged_into is null order by u.place limit 1)
                        """ + DOWN));
        return rows.values().stream()
                .filter(row -> row.into() == null)
                .findFirst()
                .map(root -> {
                    List<Root> merged = merged(rows, root.id());
                    return new KnownPerson(
                            root.id(),
                            first(root, merged, Root::vulnerable),
                            first(root, merged, Root::preferred),
                            contacts(rows.keySet().toArray(UUID[]::new), rows));
                });
    }

    private static List<Root> merged(Map<UUID, Root> rows, UUID living) {
        return rows.values().stream().filter(row -> !row.id().equals(living)).toList();
    }

    /** The row itself and all that are merged into it, near or far, by their ids. */
    private Map<UUID, Root> rows(UUID living) {
        return rows(jdbc.sql("with recursive down as (" + ROOT + " where id = :id " + DOWN)
                .param("id", living));
    }

    private Map<UUID, Root> rows(JdbcClient.StatementSpec down) {
        var rows = new LinkedHashMap<UUID, Root>();
        down.param("limit", 2 * MOST_MERGED).query((ResultSet row) -> {
            Root read = root(row);
            rows.put(read.id(), read);
        });
        return rows;
    }

    private Person person(UUID root, Map<UUID, Root> rows) {
        UUID[] all = rows.keySet().toArray(UUID[]::new);
        Root living = Objects.requireNonNull(rows.get(root));
        List<Root> merged = merged(rows, root);
        return new Person(
                root,
                first(living, merged, Root::name),
                first(living, merged, Root::vulnerable),
                first(living, merged, Root::preferred),
                contacts(all, rows),
                things(all, rows, MOST_THINGS),
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

    /** Materialized, for the planner would rather walk along the contacts of everybody, in their order, than sort those of many. */
    private List<Contact> contacts(UUID[] ids, Map<UUID, Root> rows) {
        List<Optional<Contact>> read = jdbc.sql("""
                        with theirs as materialized (select * from customer.identity where customer_id = any(:ids))
                        select id, customer_id, kind, account, value, added_at, failed_at, failure
                        from theirs order by id limit :limit
                        """)
                .param("ids", ids)
                .param("limit", MOST_CONTACTS)
                .query((row, index) -> contact(row, rows))
                .list();
        return read.stream().flatMap(Optional::stream).toList();
    }

    private static Optional<Contact> contact(ResultSet row, Map<UUID, Root> rows) throws SQLException {
        UUID customer = Objects.requireNonNull(row.getObject("customer_id", UUID.class));
        SubjectKey key = key(rows, customer);
        if (key == null) {
            return Optional.empty();
        }
        var identity = new Identity(
                IdentityKind.valueOf(row.getString("kind")),
                Objects.requireNonNull(row.getString("account")),
                key.decrypt(Objects.requireNonNull(row.getBytes("value"))));
        return Optional.of(new Contact(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                customer,
                identity,
                instant(row, "added_at"),
                nullableInstant(row, "failed_at"),
                opened(row, "failure", key)));
    }

    private List<OwnedThing> things(UUID[] ids, Map<UUID, Root> rows, int limit) {
        List<Optional<OwnedThing>> read = jdbc.sql("""
                        with theirs as materialized (select * from customer.thing where customer_id = any(:ids))
                        select t.id, t.customer_id, t.kind, t.model, t.bought_on, t.installed_on, t.amount_fen, t.currency, t.added_at,
                            array(select k.kind from customer.thing_key k where k.thing_id = t.id order by k.kind) as key_kinds,
                            array(select k.value from customer.thing_key k where k.thing_id = t.id order by k.kind) as key_values
                        from theirs t order by t.id limit :limit
                        """)
                .param("ids", ids)
                .param("limit", limit)
                .query((row, index) -> owned(row, rows))
                .list();
        return read.stream().flatMap(Optional::stream).toList();
    }

    private static Optional<OwnedThing> owned(ResultSet row, Map<UUID, Root> rows) throws SQLException {
        UUID customer = Objects.requireNonNull(row.getObject("customer_id", UUID.class));
        SubjectKey key = key(rows, customer);
        return key == null
                ? Optional.empty()
                : Optional.of(new OwnedThing(
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        customer,
                        thing(row, key),
                        instant(row, "added_at")));
    }

    /** What each of these living customers has. */
    Map<UUID, Belongings> belongings(List<UUID> living) {
        if (living.isEmpty()) {
            return Map.of();
        }
        var trees = new HashMap<UUID, UUID>();
        var all = new LinkedHashMap<UUID, Root>();
        jdbc.sql("""
                        with recursive down (root, id) as (
                            select id, id from customer.customer where id = any(:ids)
                            union all
                            select down.root, c.id from down join customer.customer c on c.merged_into = down.id)
                        select d.root, c.id, c.merged_into, c.data_key, c.name, c.vulnerable, c.preferred, c.created_at, c.erased_at
                        from (select root, id from down limit :limit) d join customer.customer c on c.id = d.id order by c.id
                        """)
                .param("ids", living.toArray(UUID[]::new))
                .param("limit", 2 * MOST_MERGED * living.size())
                .query((ResultSet row) -> {
                    Root read = root(row);
                    all.put(read.id(), read);
                    trees.put(read.id(), row.getObject("root", UUID.class));
                });
        var belongings = new HashMap<UUID, Belongings>();
        all.forEach((id, row) -> {
            if (row.key() != null) {
                of(trees, id, belongings).keys().put(id, row.key());
            }
        });
        things(all.keySet().toArray(UUID[]::new), all, MOST_THINGS * living.size())
                .forEach(each -> of(trees, each.customer(), belongings).things().add(each));
        return belongings;
    }

    private static Belongings of(Map<UUID, UUID> trees, UUID row, Map<UUID, Belongings> belongings) {
        return belongings.computeIfAbsent(
                trees.getOrDefault(row, row), root -> new Belongings(new ArrayList<>(), new HashMap<>()));
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
        return currency == null ? null : new Money(row.getLong("amount_fen"), java.util.Currency.getInstance(currency));
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
