package io.bihuan.customer;

import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Writes customers as {@link Customers#remember} would, without asking first: who calls knows that nobody knows them yet. */
public final class KnownCustomers {
    private final Keys keys;

    public KnownCustomers(Keys keys) {
        this.keys = keys;
    }

    /** Adds somebody, by what he is known and what he has, to the writes. */
    public void add(Writes writes, String name, List<Identity> identities, List<Thing> things, Instant since) {
        UUID id = Ids.next();
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        writes.addOne(
                "insert into customer.customer (id, data_key, name, name_index, created_at, updated_at) values (?, ?, ?, ?, ?, ?)",
                id,
                wrapped,
                key.encrypt(name),
                Objects.requireNonNull(keys.blindIndex("customer-name", Customers.comparable(name))),
                since,
                since);
        for (Identity identity : identities) {
            writes.addOne(
                    """
                    insert into customer.identity (id, customer_id, kind, account, value_index, value, part_index, added_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    Ids.next(),
                    id,
                    identity.kind(),
                    identity.account(),
                    identity.index(keys),
                    key.encrypt(identity.value()),
                    identity.partIndex(keys),
                    since);
        }
        for (Thing thing : things) {
            UUID thingId = Ids.next();
            writes.addOne(
                    """
                    insert into customer.thing (id, customer_id, kind, model, bought_on, added_at, updated_at)
                    values (?, ?, ?, ?, ?, ?, ?)
                    """,
                    thingId,
                    id,
                    ThingKind.of(thing),
                    key.encryptNullable(thing.model()),
                    thing.boughtOn(),
                    since,
                    since);
            thing.keys()
                    .forEach((kind, value) ->
                            writes.addOne("""
                            insert into customer.thing_key (thing_id, kind, customer_id, value_index, value)
                            values (?, ?, ?, ?, ?)
                            """, thingId, kind, id, kind.index(value, keys), key.encrypt(value)));
        }
    }
}
