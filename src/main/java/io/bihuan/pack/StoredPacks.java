package io.bihuan.pack;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables of this module: versions, activations and business lines. */
final class StoredPacks {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    /** A version as it is to be stored. */
    record New(Pack pack, PackFolder folder, Origin origin, Instant at, String by, String note) {}

    private final JdbcClient jdbc;

    StoredPacks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends nobody else changes anything; all nodes will see that something changed. */
    void lock() {
        jdbc.sql("update pack.revision set number = number + 1").update();
    }

    long revision() {
        return jdbc.sql("select number from pack.revision").query(Long.class).single();
    }

    boolean isEmpty() {
        return jdbc.sql("select not exists (select 1 from pack.activation)")
                .query(Boolean.class)
                .single();
    }

    InForce read(Instant now) {
        // First the number: what changes behind it is read once more.
        long revision = revision();
        var activations = new LinkedHashMap<String, List<Activation>>();
        // bounded: one for each pack, and what is planned
        jdbc.sql("""
                        select * from (select distinct on (pack) pack, seq, version, from_at, at, by, reason
                            from pack.activation where from_at <= :now order by pack, seq desc) present
                        union all
                        select pack, seq, version, from_at, at, by, reason from pack.activation where from_at > :now
                        order by pack, seq desc
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(StoredPacks::activation)
                .list()
                .forEach(each -> activations
                        .computeIfAbsent(each.pack(), pack -> new ArrayList<>())
                        .add(each));
        var lines = new LinkedHashMap<String, BusinessLine>();
        // bounded: administrators open business lines by hand
        jdbc.sql("""
                        select code, name_zh, name_en, pack, position, opened_at, opened_by, closed_at, closed_by
                        from pack.business_line order by position
                        """).query(StoredPacks::line).list().forEach(each -> lines.put(each.code(), each));
        return new InForce(revision, activations, lines);
    }

    /** The number of a version of that content. */
    Optional<Integer> find(String pack, String hash) {
        return jdbc.sql("select version from pack.version where pack = ? and hash = ?")
                .param(pack)
                .param(hash)
                .query(Integer.class)
                .optional();
    }

    int next(String pack) {
        return jdbc.sql("select coalesce(max(version), 0) + 1 from pack.version where pack = ?")
                .param(pack)
                .query(Integer.class)
                .single();
    }

    void insert(New one) {
        var texts = new TreeMap<String, String>();
        one.folder().files().forEach((file, bytes) -> texts.put(file, new String(bytes, StandardCharsets.UTF_8)));
        jdbc.sql("""
                        insert into pack.version (pack, version, edition, hash, origin, name_zh, name_en, abstract, base,
                            effective_from, effective_to, files, stored_at, stored_by, note)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::date, ?::date, ?::jsonb, ?, ?, ?)
                        """)
                .param(one.pack().id())
                .param(one.pack().version())
                .param(one.pack().edition())
                .param(one.pack().hash())
                .param(one.origin().name())
                .param(one.pack().name().zh())
                .param(one.pack().name().en())
                .param(one.pack().isAbstract())
                .param(Bases.of(one.folder()).orElse(null))
                .param(one.pack().effectiveFrom())
                .param(one.pack().effectiveTo())
                .param(JSON.writeValueAsString(texts))
                .param(one.at().atOffset(ZoneOffset.UTC))
                .param(one.by())
                .param(one.note())
                .update();
    }

    Activation activate(String pack, int version, Instant from, Instant at, String by, String reason) {
        return jdbc.sql("""
                        insert into pack.activation (pack, seq, version, from_at, at, by, reason)
                        values (?, (select coalesce(max(seq), 0) + 1 from pack.activation where pack = ?), ?, ?, ?, ?, ?)
                        returning pack, seq, version, from_at, at, by, reason
                        """)
                .param(pack)
                .param(pack)
                .param(version)
                .param(from.atOffset(ZoneOffset.UTC))
                .param(at.atOffset(ZoneOffset.UTC))
                .param(by)
                .param(reason)
                .query(StoredPacks::activation)
                .single();
    }

    /** The files of a version; null when there is none. */
    @Nullable
    PackFolder folder(String pack, int version) {
        return jdbc.sql("select files from pack.version where pack = ? and version = ?")
                .param(pack)
                .param(version)
                .query((row, number) -> PackFolder.of(pack, JSON.readValue(row.getString("files"), TEXTS)))
                .optional()
                .orElse(null);
    }

    /** The versions of a pack, the newest first, at most a hundred, with what became of each. */
    List<StoredVersion> versions(String pack, Instant now) {
        List<Activation> activations = activations(pack);
        return jdbc.sql("select " + COLUMNS + "from pack.version where pack = ? order by version desc limit 100")
                .param(pack)
                .query((row, number) -> version(row, activations, now))
                .list();
    }

    Optional<StoredVersion> version(String pack, int version, Instant now) {
        List<Activation> activations = activations(pack);
        return jdbc.sql("select " + COLUMNS + "from pack.version where pack = ? and version = ?")
                .param(pack)
                .param(version)
                .query((row, number) -> version(row, activations, now))
                .optional();
    }

    /** The newest version of each pack. */
    List<StoredVersion> newest(Instant now) {
        // bounded: one for each pack
        List<String> packs = jdbc.sql("select distinct pack from pack.version order by pack")
                .query(String.class)
                .list();
        return packs.stream()
                .flatMap(pack -> {
                    List<Activation> activations = activations(pack);
                    return jdbc
                            .sql("select " + COLUMNS + "from pack.version where pack = ? order by version desc limit 1")
                            .param(pack)
                            .query((row, number) -> version(row, activations, now))
                            .list()
                            .stream();
                })
                .toList();
    }

    /** The newest shipped version of each pack, if that was never in force and is newer than the one that is. */
    List<StoredVersion> offers(Instant now) {
        // bounded: one for each pack
        List<String> packs = jdbc.sql("select distinct pack from pack.version where origin = 'SHIPPED' order by pack")
                .query(String.class)
                .list();
        return packs.stream()
                .flatMap(pack -> {
                    List<Activation> activations = activations(pack);
                    int present = InForce.at(activations, now)
                            .map(Activation::version)
                            .orElse(0);
                    return jdbc
                            .sql("select " + COLUMNS + """
                                    from pack.version where pack = ? and origin = 'SHIPPED' order by version desc limit 1
                                    """)
                            .param(pack)
                            .query((row, number) -> version(row, activations, now))
                            .list()
                            .stream()
                            .filter(each ->
                                    each.version() > present && each.standing() == StoredVersion.Standing.WAITING);
                })
                .toList();
    }

    /** The last hundred activations of a pack, the newest first. */
    List<Activation> activations(String pack) {
        return jdbc.sql("""
                        select pack, seq, version, from_at, at, by, reason from pack.activation where pack = ?
                        order by seq desc limit 100
                        """).param(pack).query(StoredPacks::activation).list();
    }

    void open(String code, Label name, String pack, Instant at, String by) {
        jdbc.sql("""
                        insert into pack.business_line (code, name_zh, name_en, pack, position, opened_at, opened_by)
                        values (?, ?, ?, ?, (select coalesce(max(position), 0) + 1 from pack.business_line), ?, ?)
                        on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, pack = excluded.pack,
                            opened_at = excluded.opened_at, opened_by = excluded.opened_by, closed_at = null, closed_by = null
                        """)
                .param(code)
                .param(name.zh())
                .param(name.en())
                .param(pack)
                .param(at.atOffset(ZoneOffset.UTC))
                .param(by)
                .update();
    }

    void change(String code, Label name, String pack) {
        jdbc.sql("update pack.business_line set name_zh = ?, name_en = ?, pack = ? where code = ?")
                .param(name.zh())
                .param(name.en())
                .param(pack)
                .param(code)
                .update();
    }

    void close(String code, Instant at, String by) {
        jdbc.sql("update pack.business_line set closed_at = ?, closed_by = ? where code = ?")
                .param(at.atOffset(ZoneOffset.UTC))
                .param(by)
                .param(code)
                .update();
    }

    // ---- inside ----

    private static final String COLUMNS = "pack, version, edition, hash, origin, name_zh, name_en, abstract, base,"
            + " effective_from, effective_to, stored_at, stored_by, note ";

    private static StoredVersion version(ResultSet row, List<Activation> activations, Instant now) throws SQLException {
        int version = row.getInt("version");
        Optional<Activation> present = InForce.at(activations, now);
        Optional<Activation> planned = InForce.planned(activations, now).stream()
                .filter(each -> each.version() == version)
                .findFirst();
        StoredVersion.Standing standing;
        Instant from = null;
        if (present.isPresent() && present.get().version() == version) {
            standing = StoredVersion.Standing.IN_FORCE;
            from = present.get().from();
        } else if (planned.isPresent()) {
            standing = StoredVersion.Standing.PLANNED;
            from = planned.get().from();
        } else {
            boolean wasInForce = activations.stream()
                    .anyMatch(each -> each.version() == version && !each.from().isAfter(now));
            standing = wasInForce ? StoredVersion.Standing.REPLACED : StoredVersion.Standing.WAITING;
        }
        return new StoredVersion(
                text(row, "pack"),
                version,
                text(row, "edition"),
                text(row, "hash"),
                Origin.valueOf(text(row, "origin")),
                label(row),
                row.getBoolean("abstract"),
                row.getString("base"),
                row.getObject("effective_from", LocalDate.class),
                row.getObject("effective_to", LocalDate.class),
                instant(row, "stored_at"),
                text(row, "stored_by"),
                text(row, "note"),
                standing,
                from);
    }

    private static Activation activation(ResultSet row, int number) throws SQLException {
        return new Activation(
                text(row, "pack"),
                row.getInt("seq"),
                row.getInt("version"),
                instant(row, "from_at"),
                instant(row, "at"),
                text(row, "by"),
                text(row, "reason"));
    }

    private static BusinessLine line(ResultSet row, int number) throws SQLException {
        OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
        return new BusinessLine(
                text(row, "code"),
                label(row),
                text(row, "pack"),
                row.getInt("position"),
                instant(row, "opened_at"),
                text(row, "opened_by"),
                closed == null ? null : closed.toInstant(),
                row.getString("closed_by"));
    }

    private static Label label(ResultSet row) throws SQLException {
        return new Label(text(row, "name_zh"), text(row, "name_en"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
