package io.bihuan.bulk;

import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Placeholder;
import io.bihuan.web.NotFound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What managers laid down to be done together, and the templates for answers among it. */
@Component
public class Macros {
    /** Characters of a name. */
    public static final int LONGEST_NAME = 60;
    /** Those in use; and of the list. */
    public static final int MOST = 200;

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final InstantSource time;

    Macros(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** All of them, those in use first. */
    @Transactional(readOnly = true)
    public List<Macro> all() {
        return jdbc.sql("select * from bulk.macro order by retired_at desc nulls first, name, id limit ?")
                .param(MOST)
                .query((row, number) -> macro(row))
                .list();
    }

    /** Those that this person can apply. */
    @Transactional(readOnly = true)
    public List<Macro> of(SignedIn who) {
        boolean all = who.is(Role.MANAGER) || who.is(Role.ADMINISTRATOR);
        return jdbc.sql("""
                        select * from bulk.macro where retired_at is null and (:all or department is null or department = :department)
                        order by name, id limit :most
                        """)
                .param("all", all)
                .param("department", who.department())
                .param("most", MOST)
                .query((row, number) -> macro(row))
                .list();
    }

    /** One that this person can apply. */
    @Transactional(readOnly = true)
    public Macro find(UUID id, SignedIn who) {
        return of(who).stream()
                .filter(macro -> macro.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused("bulk.refused.macro"));
    }

    @Transactional(readOnly = true)
    public Macro find(UUID id) {
        return jdbc.sql("select * from bulk.macro where id = ?")
                .param(id)
                .query((row, number) -> macro(row))
                .optional()
                .orElseThrow(() -> new NotFound("macro " + id));
    }

    /** Lays it down, or changes it. */
    @Transactional
    public UUID save(@Nullable UUID known, String name, @Nullable String department, Macro.Parts parts, SignedIn who) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.codePointCount(0, stripped.length()) > LONGEST_NAME) {
            throw new Refused("bulk.refused.name", LONGEST_NAME);
        }
        if (parts.note() == null && parts.task() == null && parts.message() == null) {
            throw new Refused("bulk.refused.empty-macro");
        }
        refuseUnknownPlaces(parts.message());
        UUID id = known == null ? Ids.next() : find(known).id();
        jdbc.sql("""
                        insert into bulk.macro (id, name, department, parts, made_by, changed_at)
                        values (:id, :name, :department, :parts::jsonb, :by, :now)
                        on conflict (id) do update set name = excluded.name, department = excluded.department, parts = excluded.parts,
                            changed_at = excluded.changed_at, retired_at = null
                        """)
                .param("id", id)
                .param("name", stripped)
                .param("department", department)
                .param("parts", JSON.writeValueAsString(parts))
                .param("by", who.id())
                .param("now", now())
                .update();
        return id;
    }

    /** A place that nobody fills would go out as it stands. */
    static void refuseUnknownPlaces(@Nullable MessagePart message) {
        String words = message == null ? null : message.words();
        if (words == null) {
            return;
        }
        List<String> known =
                Arrays.stream(Placeholder.values()).map(Placeholder::word).toList();
        List<String> unknown = PLACE.matcher(words)
                .results()
                .map((MatchResult place) -> place.group(1))
                .filter(place -> !known.contains(place))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            throw new Refused("bulk.refused.place", unknown.getFirst());
        }
    }

    /** Nobody can apply it any more. */
    @Transactional
    public void retire(UUID id) {
        find(id);
        jdbc.sql("update bulk.macro set retired_at = coalesce(retired_at, :now) where id = :id")
                .param("now", now())
                .param("id", id)
                .update();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }

    private static Macro macro(ResultSet row) throws SQLException {
        OffsetDateTime retired = row.getObject("retired_at", OffsetDateTime.class);
        Instant retiredAt = retired == null ? null : retired.toInstant();
        return new Macro(
                row.getObject("id", UUID.class),
                Objects.requireNonNull(row.getString("name")),
                row.getString("department"),
                JSON.readValue(Objects.requireNonNull(row.getString("parts")), Macro.Parts.class),
                retiredAt);
    }
}
