package io.bihuan.customer;

import io.bihuan.privacy.Keys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds customers by what they are known by, by what they have and by their whole name: look-ups of blind indexes only. */
@Component
public class CustomerSearch {
    public static final int MOST_FOUND = 30;
    /** Rows that are opened to see whether a number goes on as it is typed. */
    private static final int MOST_OPENED = 50;

    private final JdbcClient jdbc;
    private final Keys keys;
    private final CustomerRows rows;

    CustomerSearch(JdbcClient jdbc, Keys keys, CustomerRows rows) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.rows = rows;
    }

    /** Customers to whom what was typed belongs, whatever it is. */
    @Transactional(readOnly = true)
    public List<Person> find(String typed) {
        String text = typed.strip();
        if (text.isEmpty() || text.length() > 254) {
            return List.of();
        }
        var ids = new LinkedHashSet<UUID>();
        var identities = new ArrayList<Identity>();
        Identity.phone(text).ifPresent(identities::add);
        Identity.email(text).ifPresent(identities::add);
        Identity.number(text).ifPresent(identities::add);
        rows.held(identities).forEach(held -> ids.add(held.living()));
        ids.addAll(withThing(text));
        ids.addAll(withName(text));
        if (ids.isEmpty()) {
            return startingWith(text, MOST_FOUND);
        }
        return rows.persons(ids.stream().limit(MOST_FOUND).toList());
    }

    private List<UUID> withThing(String typed) {
        ThingKey[] kinds = ThingKey.values();
        var names = new String[kinds.length];
        var indexes = new byte[kinds.length][];
        for (int i = 0; i < kinds.length; i++) {
            names[i] = kinds[i].name();
            indexes[i] = kinds[i].index(typed, keys);
        }
        return jdbc.sql("""
                        select k.customer_id from unnest(:kinds::text[], :indexes::bytea[]) asked (kind, value_index)
                        join customer.thing_key k using (kind, value_index) limit :limit
                        """)
                .param("kinds", names)
                .param("indexes", indexes)
                .param("limit", MOST_FOUND)
                .query(UUID.class)
                .list();
    }

    private List<UUID> withName(String typed) {
        return jdbc.sql("select id from customer.customer where name_index = :index limit :limit")
                .param("index", keys.blindIndex("customer-name", Customers.comparable(typed)))
                .param("limit", MOST_FOUND)
                .query(UUID.class)
                .list();
    }

    /** Customers whose phone number begins so, from seven digits on. */
    @Transactional(readOnly = true)
    public List<Person> startingWith(String typed, int limit) {
        String digits = digits(typed);
        if (digits.length() < Identity.LEADING_DIGITS) {
            return List.of();
        }
        List<UUID> ids = jdbc.sql("""
                        select customer_id from customer.identity where kind = 'PHONE' and part_index = :index limit :limit
                        """)
                .param("index", Identity.leadingIndex(digits, keys))
                .param("limit", MOST_OPENED)
                .query(UUID.class)
                .list();
        Set<UUID> found = new LinkedHashSet<>(ids);
        return rows.persons(found).stream()
                .filter(person -> person.values(IdentityKind.PHONE).stream()
                        .anyMatch(phone -> Identity.nationalDigits(phone).startsWith(digits)))
                .limit(limit)
                .toList();
    }

    /** What was typed of a number so far, as it is dialled within the country; empty when it is none. */
    private static String digits(String typed) {
        String plain = typed.strip().replaceAll("[\\s()（）·.-]", "");
        if (plain.startsWith("+86")) {
            plain = plain.substring(3);
        } else if (plain.startsWith("0086")) {
            plain = plain.substring(4);
        }
        plain = plain.startsWith("0") || plain.startsWith("+") ? plain.substring(1) : plain;
        return plain.matches("\\d{7,15}") ? plain : "";
    }
}
