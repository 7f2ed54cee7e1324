package io.bihuan.bulk;

import io.bihuan.complaint.SavedViews;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.NotFound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Worklists that people and departments keep under a name. */
@Component
public class Views implements SavedViews {
    /** Characters of a name. */
    public static final int LONGEST_NAME = 60;
    /** Views of a person, and of a department. */
    public static final int MOST = 30;

    private static final String VIEW = "select id, owner, department, data_key, name, query, made_by from bulk.view ";

    /** A view and whether this person may change it. */
    public record Kept(SavedViews.View view, boolean mayChange) {}

    private record Row(
            View view, @Nullable UUID owner, @Nullable String department, UUID madeBy) {
        boolean mayBeChangedBy(SignedIn who) {
            return owner != null
                    ? owner.equals(who.id())
                    : Objects.equals(department, who.department())
                            && (madeBy.equals(who.id()) || who.is(Role.MANAGER) || who.is(Role.ADMINISTRATOR));
        }
    }

    private final JdbcClient jdbc;
    private final Keys keys;
    private final InstantSource time;

    Views(JdbcClient jdbc, Keys keys, InstantSource time) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.time = time;
    }

    @Override
    @Transactional(readOnly = true)
    public List<View> of(SignedIn who) {
        return rows(who).stream().map(Row::view).toList();
    }

    /** The same for whoever sets them in order. */
    @Transactional(readOnly = true)
    public List<Kept> kept(SignedIn who) {
        return rows(who).stream()
                .map(row -> new Kept(row.view(), row.mayBeChangedBy(who)))
                .toList();
    }

    private List<Row> rows(SignedIn who) {
        return jdbc.sql(
                        VIEW
                                + "where owner = :who or department = :department order by owner nulls last, position, id limit :most")
                .param("who", who.id())
                .param("department", who.department())
                .param("most", 2 * MOST)
                .query((row, number) -> row(row))
                .list();
    }

    private Row row(ResultSet row) throws SQLException {
        SubjectKey key = keys.unwrap(row.getBytes("data_key"));
        UUID owner = row.getObject("owner", UUID.class);
        return new Row(
                new View(
                        row.getObject("id", UUID.class),
                        key.decrypt(row.getBytes("name")),
                        key.decrypt(row.getBytes("query")),
                        owner == null),
                owner,
                row.getString("department"),
                row.getObject("made_by", UUID.class));
    }

    /** Keeps what an address of the worklist asks for, under a name: for the person, or for the whole department. */
    @Transactional
    public SavedViews.View keep(String name, ViewQuery query, boolean isShared, SignedIn who) {
        String checked = checked(name);
        String department = who.department();
        if (isShared && department == null) {
            throw new Refused("bulk.refused.no-department");
        }
        // One after the other: two at once would both find the last place free.
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:whose, 595))")
                .param("whose", isShared ? department : who.id().toString())
                .query((row, number) -> number)
                .single();
        List<View> others = rows(who).stream()
                .map(Row::view)
                .filter(view -> view.isShared() == isShared)
                .toList();
        others.forEach(view -> refuseSameName(view, checked));
        if (others.size() >= MOST) {
            throw new Refused("bulk.refused.views", MOST);
        }
        byte[] wrapped = keys.newWrapped();
        SubjectKey key = keys.unwrap(wrapped);
        var view = new View(Ids.next(), checked, query.toString(), isShared);
        jdbc.sql("""
                        insert into bulk.view (id, owner, department, data_key, name, query, position, made_by, made_at)
                        values (:id, :owner, :department, :key, :name, :query, :position, :by, :now)
                        """)
                .param("id", view.id())
                .param("owner", isShared ? null : who.id())
                .param("department", isShared ? department : null)
                .param("key", wrapped)
                .param("name", key.encrypt(checked))
                .param("query", key.encrypt(view.query()))
                .param("position", others.size())
                .param("by", who.id())
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
        return view;
    }

    private static void refuseSameName(View view, String name) {
        if (view.name().equals(name)) {
            throw new Refused("bulk.refused.same-name", name);
        }
    }

    private static String checked(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.codePointCount(0, stripped.length()) > LONGEST_NAME) {
            throw new Refused("bulk.refused.name", LONGEST_NAME);
        }
        return stripped;
    }

    @Transactional
    public void rename(UUID id, String name, SignedIn who) {
        String checked = checked(name);
        Row row = changeable(id, who);
        rows(who).stream()
                .map(Row::view)
                .filter(view ->
                        view.isShared() == row.view().isShared() && !view.id().equals(id))
                .forEach(view -> refuseSameName(view, checked));
        jdbc.sql(VIEW + "where id = ? for update")
                .param(id)
                .query((found, number) -> keys.unwrap(found.getBytes("data_key")))
                .optional()
                .ifPresent(key -> jdbc.sql("update bulk.view set name = ? where id = ?")
                        .param(key.encrypt(checked))
                        .param(id)
                        .update());
    }

    /** Puts it one place up or down among those that stand with it. */
    @Transactional
    public void move(UUID id, boolean up, SignedIn who) {
        Row moved = changeable(id, who);
        var order = new ArrayList<>(rows(who).stream()
                .map(Row::view)
                .filter(view -> view.isShared() == moved.view().isShared())
                .map(View::id)
                .toList());
        int from = order.indexOf(id);
        int to = from + (up ? -1 : 1);
        if (to < 0 || to >= order.size()) {
            return;
        }
        Collections.swap(order, from, to);
        for (int i = 0; i < order.size(); i++) {
            jdbc.sql("update bulk.view set position = ? where id = ?")
                    .param(i)
                    .param(order.get(i))
                    .update();
        }
    }

    @Transactional
    public void delete(UUID id, SignedIn who) {
        changeable(id, who);
        jdbc.sql("delete from bulk.view where id = ?").param(id).update();
    }

    private Row changeable(UUID id, SignedIn who) {
        return rows(who).stream()
                .filter(row -> row.view().id().equals(id) && row.mayBeChangedBy(who))
                .findFirst()
                .orElseThrow(() -> new NotFound("view " + id));
    }
}
