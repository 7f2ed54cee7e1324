package io.bihuan.customer;

import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done to customers: lines are added, never changed. */
@Component
class CustomerJournal {
    private final JdbcClient jdbc;
    private final Keys keys;

    CustomerJournal(JdbcClient jdbc, Keys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    void add(
            UUID customer,
            Instant at,
            Actor actor,
            CustomerDeed deed,
            @Nullable UUID other,
            @Nullable String note,
            @Nullable SubjectKey key) {
        jdbc.sql("""
                        insert into customer.event (id, customer_id, at, actor, deed, other, note)
                        values (:id, :customer, :at, :actor, :deed, :other, :note)
                        """)
                .param("id", Ids.next())
                .param("customer", customer)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("actor", actor.toString())
                .param("deed", deed.name())
                .param("other", other)
                .param("note", key == null || note == null || note.isBlank() ? null : key.encrypt(note.strip()))
                .update();
    }

    /** The newest lines of all these rows. */
    List<JournalEntry> newest(List<UUID> customers, int limit) {
        return jdbc.sql("""
                        select e.id, e.customer_id, e.at, e.actor, e.deed, e.other, e.note, c.data_key
                        from customer.event e join customer.customer c on c.id = e.customer_id
                        where e.customer_id = any(:customers) order by e.id desc limit :limit
                        """)
                .param("customers", customers.toArray(UUID[]::new))
                .param("limit", limit)
                .query((row, index) -> {
                    byte[] wrapped = row.getBytes("data_key");
                    return new JournalEntry(
                            row.getObject("id", UUID.class),
                            row.getObject("customer_id", UUID.class),
                            CustomerRows.instant(row, "at"),
                            Actor.parse(Objects.requireNonNull(row.getString("actor"))),
                            CustomerDeed.valueOf(row.getString("deed")),
                            row.getObject("other", UUID.class),
                            CustomerRows.opened(row, "note", wrapped == null ? null : keys.unwrap(wrapped)));
                })
                .list();
    }
}
