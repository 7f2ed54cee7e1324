package io.bihuan.complaint;

import io.bihuan.customer.IdentityKind;
import io.bihuan.customer.KnownPerson;
import io.bihuan.identity.Reach;
import io.bihuan.pack.Kind;
import io.bihuan.privacy.Keys;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The complaints of a person: of every phone number and e-mail address that is theirs now. Nothing else ties them together. */
@Component
public class ComplaintsOfPerson {
    private static final int LARGEST_PAGE = 100;
    private static final int MOST_CONTACTS = 50;
    private static final Worklist.Cursor END =
            new Worklist.Cursor(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

    /** What somebody is known by: phone numbers as E.164, addresses as they were written. */
    public record Contacts(List<String> phones, List<String> emails) {
        public Contacts {
            phones = List.copyOf(phones);
            emails = List.copyOf(emails);
        }

        public static Contacts of(KnownPerson person) {
            return new Contacts(person.values(IdentityKind.PHONE), person.values(IdentityKind.EMAIL));
        }
    }

    private final JdbcClient jdbc;
    private final Register register;
    private final Worklist worklist;
    private final Keys keys;

    ComplaintsOfPerson(JdbcClient jdbc, Register register, Worklist worklist, Keys keys) {
        this.jdbc = jdbc;
        this.register = register;
        this.worklist = worklist;
        this.keys = keys;
    }

    /** All of them, newest first. */
    public Worklist.Page all(
            Contacts contacts, @Nullable Kind kind, Reach reach, Worklist.@Nullable Cursor after, int limit) {
        int size = Math.clamp(limit, 1, LARGEST_PAGE);
        List<Worklist.Row> rows = worklist.rows(ids(contacts, kind, reach, false, after, size + 1));
        if (rows.size() <= size) {
            return new Worklist.Page(rows, null);
        }
        Worklist.Row last = rows.get(size - 1);
        return new Worklist.Page(List.copyOf(rows.subList(0, size)), new Worklist.Cursor(last.receivedAt(), last.id()));
    }

    /** Those that are still open, newest first. */
    public List<Worklist.Row> open(Contacts contacts, Reach reach, int limit) {
        return worklist.rows(ids(contacts, null, reach, true, null, Math.clamp(limit, 1, LARGEST_PAGE)));
    }

    /** How many are open; counts no further than the limit. */
    public int countOpen(Contacts contacts, Reach reach, int limit) {
        return ids(contacts, null, reach, true, null, Math.clamp(limit, 1, LARGEST_PAGE))
                .size();
    }

    private List<UUID> ids(
            Contacts contacts,
            @Nullable Kind kind,
            Reach reach,
            boolean openOnly,
            Worklist.@Nullable Cursor after,
            int limit) {
        if (contacts.phones().isEmpty() && contacts.emails().isEmpty()) {
            return List.of();
        }
        // Of each contact as many as the page has, by its index; then the newest of them.
        String each = """
                select c.id, c.received_at from unnest(:%1$s::bytea[]) asked (value_index)
                cross join lateral (
                    select id, received_at from complaint.complaint
                    where %2$s = asked.value_index and (received_at, id) < (:at, :id)
                    and (not :openOnly or archived_at is null) and (:kind::text is null or kind = :kind)
                    and (:everywhere or department = :department)
                    order by received_at desc, id desc limit :limit) c
                """;
        Worklist.Cursor from = after == null ? END : after;
        return jdbc.sql("select id from (" + each.formatted("phones", "phone_index") + " union "
                        + each.formatted("emails", "customer_email_index")
                        + ") found order by received_at desc, id desc limit :limit")
                .param(
                        "phones",
                        contacts.phones().stream()
                                .limit(MOST_CONTACTS)
                                .map(phone -> Objects.requireNonNull(keys.blindIndex("phone", phone)))
                                .toArray(byte[][]::new))
                .param(
                        "emails",
                        contacts.emails().stream()
                                .limit(MOST_CONTACTS)
                                .map(register::emailIndex)
                                .toArray(byte[][]::new))
                .param("at", from.at().atOffset(ZoneOffset.UTC))
                .param("id", from.id())
                .param("openOnly", openOnly)
                .param("kind", kind == null ? null : kind.name())
                .param("everywhere", reach.all())
                .param("department", reach.department())
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }
}
