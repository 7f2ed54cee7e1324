package io.bihuan.customer;

import io.bihuan.platform.Actor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who may be the same person: look-ups by index each time, so that what was merged, undone or corrected counts at once. */
@Component
public class SamePersons {
    private static final int MOST = 20;
    private static final int SHOWN = 5;

    /** Why two may be one. */
    public enum Likeness {
        /** The same name and the same vehicle, appliance or order. */
        NAME_AND_THING,
        /** A contact of the one stood in what the other wrote. */
        CONTACT_MENTIONED,
        /** The same name, and addresses that differ behind the @ only. */
        NAME_AND_ADDRESS
    }

    public record Suggestion(Person other, Set<Likeness> why) {}

    private final JdbcClient jdbc;
    private final CustomerRows rows;
    private final CustomerJournal journal;
    private final InstantSource time;

    SamePersons(JdbcClient jdbc, CustomerRows rows, CustomerJournal journal, InstantSource time) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.journal = journal;
        this.time = time;
    }

    /** Those who may be the same, without those that somebody has said are not. */
    @Transactional(readOnly = true)
    public List<Suggestion> of(Person person) {
        UUID[] own = person.ids().toArray(UUID[]::new);
        var why = new LinkedHashMap<UUID, Set<Likeness>>();
        found(NAME_AND_THING, own, Likeness.NAME_AND_THING, why);
        found(MENTIONS, own, Likeness.CONTACT_MENTIONED, why);
        found(MENTIONED_BY, own, Likeness.CONTACT_MENTIONED, why);
        found(NAME_AND_ADDRESS, own, Likeness.NAME_AND_ADDRESS, why);
        if (why.isEmpty()) {
            return List.of();
        }
        Map<UUID, UUID> living = rows.living(why.keySet());
        var byLiving = new LinkedHashMap<UUID, Set<Likeness>>();
        why.forEach((id, reasons) -> {
            UUID root = living.get(id);
            if (root != null && !root.equals(person.id())) {
                byLiving.computeIfAbsent(root, key -> EnumSet.noneOf(Likeness.class))
                        .addAll(reasons);
            }
        });
        Set<UUID> dismissed = dismissed(own);
        var suggestions = new ArrayList<Suggestion>();
        for (Person other : rows.persons(byLiving.keySet())) {
            if (other.erasedAt() == null && other.ids().stream().noneMatch(dismissed::contains)) {
                suggestions.add(new Suggestion(other, Set.copyOf(byLiving.getOrDefault(other.id(), Set.of()))));
            }
        }
        return suggestions.subList(0, Math.min(SHOWN, suggestions.size()));
    }

    private static final String NAME_AND_THING = """
            select other.customer_id as id
            from customer.thing_key mine
            join customer.customer me on me.id = mine.customer_id
            cross join lateral (
                select k.customer_id from customer.thing_key k join customer.customer c on c.id = k.customer_id
                where k.kind = mine.kind and k.value_index = mine.value_index and k.customer_id <> all(:own)
                and c.name_index = me.name_index limit :limit) other
            where mine.customer_id = any(:own) limit :limit
            """;
    private static final String MENTIONS = """
            select i.customer_id as id from customer.mention m
            join customer.identity i on i.kind = m.kind and i.account = '' and i.value_index = m.value_index
            where m.customer_id = any(:own) and i.customer_id <> all(:own) limit :limit
            """;
    private static final String MENTIONED_BY = """
            select other.customer_id as id from customer.identity i
            cross join lateral (
                select m.customer_id from customer.mention m
                where m.kind = i.kind and m.value_index = i.value_index and m.customer_id <> all(:own) limit :limit) other
            where i.customer_id = any(:own) and i.account = '' limit :limit
            """;
    private static final String NAME_AND_ADDRESS = """
            select other.customer_id as id
            from customer.identity mine
            join customer.customer me on me.id = mine.customer_id
            cross join lateral (
                select i.customer_id from customer.identity i join customer.customer c on c.id = i.customer_id
                where i.kind = 'EMAIL' and i.part_index = mine.part_index and i.customer_id <> all(:own)
                and c.name_index = me.name_index limit :limit) other
            where mine.customer_id = any(:own) and mine.kind = 'EMAIL' limit :limit
            """;

    private void found(String sql, UUID[] own, Likeness likeness, Map<UUID, Set<Likeness>> why) {
        // bounded: each of the four ends with a limit
        for (UUID id : jdbc.sql(sql)
                .param("own", own)
                .param("limit", MOST)
                .query(UUID.class)
                .list()) {
            why.computeIfAbsent(id, key -> EnumSet.noneOf(Likeness.class)).add(likeness);
        }
    }

    private Set<UUID> dismissed(UUID[] own) {
        return new HashSet<>(jdbc.sql("""
                        select other as id from customer.dismissal where one = any(:own)
                        union all
                        select one as id from customer.dismissal where other = any(:own)
                        """).param("own", own).query(UUID.class).list());
    }

    /** They are two people, and nobody is asked again. */
    @Transactional
    public void dismiss(UUID one, UUID other, Actor actor) {
        UUID first = rows.living(one).orElseThrow(Customers.Unknown::new);
        UUID second = rows.living(other).orElseThrow(Customers.Unknown::new);
        if (first.equals(second)) {
            return;
        }
        int added = jdbc.sql("""
                        insert into customer.dismissal (one, other, actor, at)
                        values (least(:one, :other), greatest(:one, :other), :actor, :now) on conflict do nothing
                        """)
                .param("one", first)
                .param("other", second)
                .param("actor", actor.toString())
                .param("now", Customers.utc(time.instant()))
                .update();
        if (added == 1) {
            journal.add(first, time.instant(), actor, CustomerDeed.DISMISSED, second, null, null);
        }
    }
}
