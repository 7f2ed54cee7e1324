package io.bihuan.customer;

import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * One customer over all channels. Whoever asks by the id of a customer that was merged gets the living one. A merge is a link and
 * a line of the journal, its undoing takes the link away: no row moves, so both can be done after anything else.
 */
@Component
public class Customers {
    /** Customers that were merged together for good reason stay readable: nobody is more people than this. */
    public static final int MOST_MERGED = CustomerRows.MOST_MERGED;

    /** Characters of a reason. */
    public static final int LONGEST_REASON = 500;

    private static final int ATTEMPTS = 5;

    /**
     * What became of details that were put.
     *
     * @param id the customer; null when the details were not taken because of a conflict, and nothing is stored then
     * @param isNew whether nobody was known by the key or the contacts
     * @param heldByOther the identity that belongs to somebody else
     */
    public record Put(
            @Nullable UUID id, boolean isNew, @Nullable Identity heldByOther) {}

    /** There is no such customer. */
    @ResponseStatus(HttpStatus.NOT_FOUND)
    public static final class Unknown extends Refused {
        public Unknown() {
            super("customer.refused.unknown");
        }
    }

    /** Somebody else has done something in between that makes it impossible. */
    @ResponseStatus(HttpStatus.CONFLICT)
    public static final class Conflict extends Refused {
        public Conflict(String key, Object... arguments) {
            super(key, arguments);
        }
    }

    /** A living customer whose row is locked. */
    private record Locked(UUID id, SubjectKey key, boolean hasName) {}

    private final JdbcClient jdbc;
    private final Keys keys;
    private final CustomerRows rows;
    private final CustomerJournal journal;
    private final FirstContacts firstContacts;
    private final InstantSource time;

    Customers(
            JdbcClient jdbc,
            Keys keys,
            CustomerRows rows,
            CustomerJournal journal,
            FirstContacts firstContacts,
            InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.rows = rows;
        this.journal = journal;
        this.firstContacts = firstContacts;
        this.time = time;
    }

    /** The living customer of an id. */
    @Transactional(readOnly = true)
    public Optional<Person> find(UUID id) {
        return rows.person(id);
    }

    /** Who is known by this. */
    @Transactional(readOnly = true)
    public Optional<Person> find(Identity identity) {
        return rows.held(List.of(identity)).stream().findFirst().map(held -> rows.whole(held.living()));
    }

    /** Who is known by any of these; of several people the one of the first. */
    @Transactional(readOnly = true)
    public Optional<Person> findAny(List<Identity> identities) {
        return rows.held(identities).stream().findFirst().map(held -> rows.whole(held.living()));
    }

    /** The same, as far as one must know to speak with somebody. */
    @Transactional(readOnly = true)
    public Optional<KnownPerson> known(List<Identity> identities) {
        return rows.known(identities);
    }

    /** Whether the first of these who is known, or anybody merged into that customer, needs special care. */
    @Transactional(readOnly = true)
    public boolean isVulnerable(List<Identity> identities) {
        return rows.isVulnerable(identities);
    }

    /** What was done to this customer and to those merged into it, newest first. */
    @Transactional(readOnly = true)
    public List<JournalEntry> journal(Person person, int limit) {
        return journal.newest(person.ids(), limit);
    }

    /**
     * Remembers what a channel heard: who is not known yet is known from now on, who is gets what is new. Heard again it changes
     * nothing; heard at the same time by many it is one customer. An identity that belongs to somebody else stays there, and is
     * what suggests that both are one.
     *
     * @return the living customer; empty when there is nothing to know anybody by
     */
    @Transactional
    public Optional<UUID> remember(FirstContact contact) {
        return firstContacts.take(List.of(contact)).getFirst();
    }

    /** Takes over what the company's own systems know; the same details again change nothing. */
    @Transactional
    public Put put(CustomerDetails details, Actor actor) {
        var all = new ArrayList<Identity>();
        all.add(details.key());
        all.addAll(details.contacts());
        List<Identity> identities = FirstContacts.inOrder(all);
        List<CustomerRows.Held> held = rows.held(identities);
        UUID living = held.isEmpty() ? null : held.getFirst().living();
        for (CustomerRows.Held each : held) {
            if (!each.living().equals(living)) {
                return new Put(null, false, each.identity());
            }
        }
        // Two own numbers are two customers, whatever else they share; somebody may merge them.
        if (living != null
                && details.key().kind() == IdentityKind.NUMBER
                && held.stream().noneMatch(each -> each.identity().equals(details.key()))
                && rows.person(living).flatMap(Person::number).isPresent()) {
            return new Put(null, false, held.getFirst().identity());
        }
        UUID id = remember(identities, details.name(), details.things());
        Locked locked = lock(id);
        String name = details.name();
        if (name != null && !name.isBlank()) {
            rename(locked, name.strip(), actor);
        }
        Vulnerability vulnerable = details.vulnerable();
        PreferredContact preferred = details.preferred();
        if (vulnerable != null || preferred != null) {
            Person person = rows.person(locked.id()).orElseThrow(Unknown::new);
            mark(
                    locked,
                    person,
                    vulnerable == null ? person.vulnerable() : vulnerable,
                    preferred == null ? person.preferred() : preferred,
                    actor,
                    null);
        }
        return new Put(locked.id(), held.isEmpty(), null);
    }

    /** The same of many at once, as if one came after the other. */
    @Transactional
    public List<Optional<UUID>> rememberAll(List<FirstContact> contacts) {
        return firstContacts.take(contacts);
    }

    private UUID remember(List<Identity> identities, @Nullable String name, List<Thing> things) {
        return firstContacts
                .take(List.of(new FirstContact(name, identities, things, List.of())))
                .getFirst()
                .orElseThrow();
    }

    /** Nobody can be reached there any more: a returned mail, a number that does not exist. An unknown contact is ignored. */
    @Transactional
    public Optional<UUID> contactFailed(IdentityKind kind, String value, String reason) {
        return contact(kind, value, reason, Actor.SYSTEM);
    }

    /** Somebody was reached there after all, or wrote from there. */
    @Transactional
    public Optional<UUID> contactWorks(IdentityKind kind, String value, Actor actor) {
        return contact(kind, value, null, actor);
    }

    private Optional<UUID> contact(IdentityKind kind, String value, @Nullable String failure, Actor actor) {
        return Identity.read(kind, value).flatMap(identity -> contact(identity, failure, actor));
    }

    /**
     * Marks a contact of any kind.
     *
     * @param failure why nobody is reached there; null when it works again
     */
    @Transactional
    public Optional<UUID> contact(Identity identity, @Nullable String failure, Actor actor) {
        return rows.held(List.of(identity)).stream().findFirst().map(held -> {
            SubjectKey key = keyOf(held.at());
            if (key == null) {
                return held.living();
            }
            int changed = jdbc.sql("""
                            update customer.identity set failed_at = :failedAt, failure = :failure
                            where kind = :kind and account = :account and value_index = :index
                            and (failed_at is null) = :isFailure
                            """)
                    .param("failedAt", failure == null ? null : now())
                    .param("failure", failure == null ? null : key.encrypt(cutReason(failure)))
                    .param("kind", identity.kind().name())
                    .param("account", identity.account())
                    .param("index", identity.index(keys))
                    .param("isFailure", failure != null)
                    .update();
            if (changed == 1) {
                journal.add(
                        held.at(),
                        time.instant(),
                        actor,
                        failure == null ? CustomerDeed.CONTACT_WORKS : CustomerDeed.CONTACT_FAILED,
                        null,
                        identity.masked() + (failure == null ? "" : " – " + cutReason(failure)),
                        key);
            }
            return held.living();
        });
    }

    /**
     * Ties two identities of one person together, as somebody has proved: the id of a WeChat user to a phone, by a code sent there.
     * Two customers who turn out to be one are merged, which can be undone like any merge.
     */
    @Transactional
    public UUID bind(Identity proved, Identity to, Actor actor, String why) {
        List<CustomerRows.Held> held = rows.held(List.of(to, proved));
        UUID owner = held.stream()
                .filter(each -> each.identity().equals(to))
                .map(CustomerRows.Held::living)
                .findFirst()
                .orElse(null);
        UUID other = held.stream()
                .filter(each -> each.identity().equals(proved))
                .map(CustomerRows.Held::living)
                .findFirst()
                .orElse(null);
        if (owner != null && other != null) {
            if (!owner.equals(other)) {
                merge(other, owner, actor, why);
            }
            return owner;
        }
        UUID id = remember(List.of(to, proved), null, List.of());
        Locked locked = lock(id);
        journal.add(
                locked.id(),
                time.instant(),
                actor,
                CustomerDeed.IDENTITY_ADDED,
                null,
                proved.masked() + " – " + why,
                locked.key());
        return locked.id();
    }

    /** Somebody is not known by this any more: a number given up, an account unbound. */
    @Transactional
    public void remove(Identity identity, Actor actor, String why) {
        rows.held(List.of(identity)).stream().findFirst().ifPresent(held -> {
            jdbc.sql("""
                            delete from customer.identity
                            where kind = :kind and account = :account and value_index = :index and customer_id = :at
                            """)
                    .param("kind", identity.kind().name())
                    .param("account", identity.account())
                    .param("index", identity.index(keys))
                    .param("at", held.at())
                    .update();
            journal.add(
                    held.at(),
                    time.instant(),
                    actor,
                    CustomerDeed.IDENTITY_REMOVED,
                    null,
                    identity.masked() + " – " + why,
                    keyOf(held.at()));
        });
    }

    /** Says how somebody is to be treated and reached; null takes a mark away. */
    @Transactional
    public void mark(
            UUID id,
            @Nullable Vulnerability vulnerable,
            @Nullable PreferredContact preferred,
            Actor actor,
            @Nullable String why) {
        Locked locked = lock(id);
        mark(locked, rows.person(locked.id()).orElseThrow(Unknown::new), vulnerable, preferred, actor, why);
    }

    private void mark(
            Locked locked,
            Person person,
            @Nullable Vulnerability vulnerable,
            @Nullable PreferredContact preferred,
            Actor actor,
            @Nullable String why) {
        if (vulnerable == person.vulnerable() && preferred == person.preferred()) {
            return;
        }
        jdbc.sql("""
                        update customer.customer set vulnerable = :vulnerable, preferred = :preferred, updated_at = :now
                        where id = :id
                        """)
                .param("vulnerable", vulnerable == null ? null : vulnerable.name())
                .param("preferred", preferred == null ? null : preferred.name())
                .param("now", now())
                .param("id", locked.id())
                .update();
        // A mark that is taken away must not come back from one that was merged; one that is given is the living one's
        // alone.
        jdbc.sql("""
                        update customer.customer set vulnerable = case when :notVulnerable then null else vulnerable end,
                            preferred = case when :notPreferring then null else preferred end
                        where id = any(:ids) and id <> :id
                        """)
                .param("notVulnerable", vulnerable == null)
                .param("notPreferring", preferred == null)
                .param("ids", person.ids().toArray(UUID[]::new))
                .param("id", locked.id())
                .update();
        journal.add(locked.id(), time.instant(), actor, CustomerDeed.MARKED, null, why, locked.key());
    }

    /** Corrects a name. */
    @Transactional
    public void rename(UUID id, String name, Actor actor) {
        rename(lock(id), name.strip(), actor);
    }

    private void rename(Locked locked, String name, Actor actor) {
        int changed = setName(locked, name);
        if (changed == 1) {
            journal.add(locked.id(), time.instant(), actor, CustomerDeed.NAMED, null, null, locked.key());
        }
    }

    private int setName(Locked locked, String name) {
        String cut = cut(name);
        return jdbc.sql("""
                        update customer.customer set name = :name, name_index = :index, updated_at = :now
                        where id = :id and name_index is distinct from :index
                        """)
                .param("id", locked.id())
                .param("name", locked.key().encrypt(cut))
                .param("index", nameIndex(cut, keys))
                .param("now", now())
                .update();
    }

    /**
     * Two customers are one person from now on: everything of the first counts as the second's.
     *
     * @throws Refused when they are one already, or would be more rows than can be read
     */
    @Transactional
    public void merge(UUID merged, UUID into, Actor actor, String why) {
        UUID from = rows.living(merged).orElseThrow(Unknown::new);
        UUID to = rows.living(into).orElseThrow(Unknown::new);
        if (from.equals(to)) {
            throw new Refused("customer.refused.one-already");
        }
        lockRows(from, to);
        // Whoever was merged while this waited for the rows has to be looked at again.
        if (!rows.living(from).filter(from::equals).isPresent()
                || !rows.living(to).filter(to::equals).isPresent()) {
            throw new Conflict("customer.refused.changed");
        }
        if (keyOf(from) == null || keyOf(to) == null) {
            throw new Refused("customer.refused.erased");
        }
        if (rows.tree(from).size() + rows.tree(to).size() > MOST_MERGED) {
            throw new Refused("customer.refused.too-many", MOST_MERGED);
        }
        jdbc.sql("update customer.customer set merged_into = :into, updated_at = :now where id = :id")
                .param("id", from)
                .param("into", to)
                .param("now", now())
                .update();
        journal.add(from, time.instant(), actor, CustomerDeed.MERGED, to, why, keyOf(from));
    }

    /** Somebody who was merged is a customer of its own again, with all that was merged into it and all that it brought. */
    @Transactional
    public void separate(UUID merged, Actor actor, String why) {
        lockRows(merged, merged);
        UUID into = jdbc.sql("select merged_into from customer.customer where id = :id and merged_into is not null")
                .param("id", merged)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new Conflict("customer.refused.not-merged"));
        jdbc.sql("update customer.customer set merged_into = null, updated_at = :now where id = :id")
                .param("id", merged)
                .param("now", now())
                .update();
        journal.add(merged, time.instant(), actor, CustomerDeed.SEPARATED, into, why, keyOf(merged));
    }

    /** Destroys all that is known of a person: what stays is that there was somebody, and who did what. */
    @Transactional
    public void erase(UUID id, Actor actor) {
        UUID root = lock(id).id();
        UUID[] all = rows.tree(root).toArray(UUID[]::new);
        for (String table : List.of("thing_key", "thing", "identity", "mention")) {
            jdbc.sql("delete from customer." + table + " where customer_id = any(:ids)")
                    .param("ids", all)
                    .update();
        }
        jdbc.sql("""
                        update customer.customer set data_key = null, name = null, name_index = null, vulnerable = null,
                            preferred = null, erased_at = :now, updated_at = :now
                        where id = any(:ids)
                        """).param("ids", all).param("now", now()).update();
        journal.add(root, time.instant(), actor, CustomerDeed.ERASED, null, null, null);
    }

    /** Locks the living customer of an id for this transaction. */
    private Locked lock(UUID id) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            UUID living = rows.living(id).orElseThrow(Unknown::new);
            Optional<Locked> locked = jdbc.sql("""
                            select id, data_key, name is not null as has_name from customer.customer
                            where id = :id and merged_into is null for update
                            """)
                    .param("id", living)
                    .query((row, index) -> {
                        byte[] wrapped = row.getBytes("data_key");
                        if (wrapped == null) {
                            throw new Refused("customer.refused.erased");
                        }
                        return new Locked(living, keys.unwrap(wrapped), row.getBoolean("has_name"));
                    })
                    .optional();
            if (locked.isPresent()) {
                return locked.get();
            }
        }
        throw new Conflict("customer.refused.changed");
    }

    private void lockRows(UUID one, UUID other) {
        // bounded: two rows, in one order for everybody
        jdbc.sql("select id from customer.customer where id in (:one, :other) order by id for update")
                .param("one", one)
                .param("other", other)
                .query(UUID.class)
                .list();
    }

    private @Nullable SubjectKey keyOf(UUID row) {
        return jdbc.sql("select data_key from customer.customer where id = :id and data_key is not null")
                .param("id", row)
                .query((found, index) -> Objects.requireNonNull(found.getBytes("data_key")))
                .optional()
                .map(keys::unwrap)
                .orElse(null);
    }

    static byte @Nullable [] nameIndex(@Nullable String name, Keys keys) {
        return keys.blindIndex("customer-name", name == null ? null : comparable(name));
    }

    /** A name as it is compared: 张 三 and 张三, Lee and LEE are one. */
    static String comparable(String name) {
        return java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKC)
                .replaceAll("\\s+", "")
                .toLowerCase(java.util.Locale.ROOT);
    }

    static String cut(String name) {
        return cut(name, CustomerDetails.LONGEST_NAME);
    }

    private static String cutReason(String reason) {
        return cut(reason.strip(), LONGEST_REASON);
    }

    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    private OffsetDateTime now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
