package io.bihuan.complaint;

import io.bihuan.identity.Reach;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.search.SearchIndex;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Open complaints that may be about the same matter: of the same person, about the same thing, or in much the same words. Persons and
 * things are looked up in the database, words in the search index, which may be a moment behind.
 */
@Component
public class SimilarComplaints {
    public static final int MOST = 5;

    /** Who has more complaints than that is no person, but a shop or a call centre. */
    private static final int LOOKED_AT = 200;

    /** Why a complaint is similar, the strongest reason first. */
    public enum Why {
        THING,
        PERSON,
        TEXT
    }

    /**
     * What is known of a matter; anything may be missing.
     *
     * @param phone in the form in which it is stored (E.164)
     * @param answers to the questions of the form, by key
     * @param without complaints that are known already
     */
    public record Sought(
            String businessLine,
            @Nullable String phone,
            @Nullable String email,
            Map<String, String> answers,
            String text,
            Set<UUID> without) {}

    /** One that may be about the same matter. */
    public record Similar(Worklist.Row row, Set<Why> why) {}

    private final JdbcClient jdbc;
    private final Register register;
    private final Worklist worklist;
    private final ComplaintIndex index;
    private final Things things;
    private final Packs packs;
    private final Keys keys;

    SimilarComplaints(
            JdbcClient jdbc,
            Register register,
            Worklist worklist,
            ComplaintIndex index,
            Things things,
            Packs packs,
            Keys keys) {
        this.jdbc = jdbc;
        this.register = register;
        this.worklist = worklist;
        this.index = index;
        this.things = things;
        this.packs = packs;
        this.keys = keys;
    }

    /** Those like a complaint that nobody has joined, linked or called different from it. */
    public List<Similar> of(Complaint complaint, Reach reach) {
        if (complaint.erasedAt() != null || complaint.isJoined()) {
            return List.of();
        }
        var without = new HashSet<UUID>();
        without.add(complaint.id());
        Set<ComplaintNumber> linked = complaint.links().keySet();
        Map<String, String> answers = complaint.product().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, answer -> Personal.text(answer.getValue())));
        return find(
                        new Sought(
                                complaint.businessLine(),
                                Personal.valueOf(complaint.customer().phone()),
                                Personal.valueOf(complaint.customer().email()),
                                answers,
                                Personal.text(complaint.title()) + "\n" + Personal.text(complaint.content()),
                                without),
                        packs.get(complaint.pack(), complaint.packVersion()),
                        reach,
                        MOST + linked.size())
                .stream()
                .filter(similar -> !linked.contains(similar.row().number()))
                .limit(MOST)
                .toList();
    }

    /** At most {@value #MOST}, those with most reasons first, then the newest; only what the reader may see. */
    public List<Similar> find(Sought sought, Reach reach) {
        return find(sought, packs.of(sought.businessLine()), reach, MOST);
    }

    private List<Similar> find(Sought sought, Pack pack, Reach reach, int most) {
        var found = new LinkedHashMap<UUID, EnumSet<Why>>();
        exact(sought, pack).forEach((id, why) -> add(found, id, why));
        alike(sought).forEach(id -> add(found, id, EnumSet.of(Why.TEXT)));
        List<Worklist.Row> rows = worklist.rows(found.keySet());
        // What goes on in another complaint is shown as that one.
        for (Worklist.Row row : rows) {
            if (row.joinedTo() != null) {
                add(found, register.upFrom(row.number()).getLast().id(), found.get(row.id()));
            }
        }
        sought.without().forEach(found::remove);
        boolean isMoved = rows.stream().anyMatch(row -> row.joinedTo() != null);
        return (isMoved ? worklist.rows(found.keySet()) : rows)
                .stream()
                        .filter(row -> row.isOpen() && found.containsKey(row.id()))
                        .filter(row -> reach.all()
                                || (row.department() != null && row.department().equals(reach.department())))
                        .map(row -> new Similar(row, found.getOrDefault(row.id(), EnumSet.noneOf(Why.class))))
                        .sorted(Comparator.comparingInt(
                                        (Similar similar) -> -similar.why().size())
                                .thenComparing(
                                        (Similar similar) -> similar.row().receivedAt(), Comparator.reverseOrder()))
                        .limit(most)
                        .toList();
    }

    private static void add(Map<UUID, EnumSet<Why>> found, UUID id, @Nullable Set<Why> why) {
        if (why != null) {
            found.computeIfAbsent(id, each -> EnumSet.noneOf(Why.class)).addAll(why);
        }
    }

    private Map<UUID, EnumSet<Why>> exact(Sought sought, Pack pack) {
        byte[] phone = keys.blindIndex("phone", sought.phone());
        List<Things.Thing> named = things.of(pack, sought.answers(), sought.email());
        var found = new LinkedHashMap<UUID, EnumSet<Why>>();
        if (phone == null && named.isEmpty()) {
            return found;
        }
        jdbc.sql("""
                        select p.id, 'PHONE' as kind
                        from (select id, archived_at from complaint.complaint where phone_index = :phone
                              order by received_at desc limit :looked) p
                        where p.archived_at is null
                        union all
                        select c.id, t.kind
                        from unnest(:blinds::bytea[]) b (blind)
                        cross join lateral (select complaint_id, kind from complaint.thing where blind = b.blind
                                            order by complaint_id desc limit :looked) t
                        join complaint.complaint c on c.id = t.complaint_id
                        where c.archived_at is null
                        """)
                .param("phone", phone, java.sql.Types.BINARY)
                .param("looked", LOOKED_AT)
                .param(
                        "blinds",
                        named.stream().map(thing -> thing.blind().bytes()).toArray(byte[][]::new))
                .query((row, number) -> {
                    String kind = row.getString("kind");
                    boolean isPerson = kind == null || kind.equals("PHONE") || kind.equals("EMAIL");
                    add(found, row.getObject("id", UUID.class), EnumSet.of(isPerson ? Why.PERSON : Why.THING));
                    return found;
                })
                // bounded: so many of each key
                .list();
        return found;
    }

    private List<UUID> alike(Sought sought) {
        var likeness = new SearchIndex.Likeness(
                sought.text(),
                Map.of("state", Set.of("OPEN"), "line", Set.of(sought.businessLine())),
                sought.without().stream().map(UUID::toString).collect(Collectors.toSet()),
                MOST);
        return index.searchable().stream()
                .flatMap(ready -> ready.similar(likeness).stream())
                .map(UUID::fromString)
                .toList();
    }
}
