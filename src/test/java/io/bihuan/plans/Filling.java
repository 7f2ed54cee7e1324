package io.bihuan.plans;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes every table of a database large, whatever its columns are: rows like those that are there, spread over complaints and over
 * three years, or, where there are none, what its constraints allow. Nobody but the planner can read them, so they belong into a
 * transaction that is rolled back.
 */
final class Filling {
    private static final int COMPLAINTS = 10_000;
    private static final int ROWS = 2_000;
    /** Rows from which on a table counts as large. */
    static final int LARGE = 50;
    /** The planner takes each row for so many, so that it plans as for large tables. */
    static final int DENSITY = 100;

    private static final Map<String, Integer> MORE =
            Map.of("complaint.event", 30_000, "clock.clock", 30_000, "complaint.complaint", COMPLAINTS);
    private static final int[] PRIMES = {7919, 104_729, 15_485_863};
    private static final String AGO = "least(g.i, 26000) * interval '1 hour'";
    /** Of a complaint that is filled in: one block in twenty is open. */
    private static final String IS_OPEN = "(g.i / 64) % 20 = 0";
    /** Of a clock, whose complaint is k0: half of those of open complaints run. */
    private static final String IS_RUNNING =
            "((k0.n - :given) / 64) % 20 = 0 and (o.stopped_at is null or g.i % 2 = 0)";

    private static final Map<String, Map<String, String>> OVER = Map.of(
            "complaint.complaint",
            Map.of(
                    "archived_at",
                    "case when not " + IS_OPEN + " then coalesce(o.archived_at, o.received_at + interval '9 days') - "
                            + AGO + " end",
                    "due_at",
                    "case when " + IS_OPEN + " then coalesce(o.due_at, o.received_at + interval '3 days') - " + AGO
                            + " end"),
            "clock.clock",
            Map.of(
                    "state",
                    "case when o.stopped_at is not null then case when " + IS_RUNNING
                            + " then 'RUNNING' else o.state end when " + IS_RUNNING + " then o.state else 'MET' end",
                    "stopped_at",
                    "case when not (" + IS_RUNNING + ") then coalesce(o.stopped_at, o.due_at) - " + AGO + " end",
                    "next_alarm_at",
                    "case when " + IS_RUNNING + " then o.next_alarm_at - " + AGO + " end"),
            "identity.spring_session",
            Map.of("expiry_time", "(extract(epoch from clock_timestamp()) * 1000)::bigint + g.i * 1000"));

    private static final Pattern LITERAL = Pattern.compile("'([^']*)'::text");

    private record Column(String name, String type, boolean required, boolean isUnique, boolean isKept) {}

    private record Key(List<String> columns, String table, List<String> targets) {}

    private final Connection connection;
    private final Set<String> small;
    private final Map<String, String> numbered = new HashMap<>();
    private int given;

    /** Without effect on the tables that are named: they stay small in every company. */
    Filling(Connection connection, Set<String> small) {
        this.connection = connection;
        this.small = small;
    }

    /** Needs a superuser, in a transaction. Gives the tables that are still empty or small. */
    List<String> fill() throws SQLException {
        execute("set local session_replication_role = replica");
        execute("select setseed(0.5)"); // the same rows each time
        given = count("complaint.complaint");
        Map<String, Set<String>> references = new LinkedHashMap<>();
        for (List<String> row : rows("""
                select c.oid::regclass::text, coalesce(string_agg(distinct f.confrelid::regclass::text, ','), '')
                from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid
                where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public')
                    and n.nspname not like 'pg_t%'
                group by 1 order by 1
                """)) {
            Set<String> targets = new TreeSet<>(List.of(row.get(1).split(",", -1)));
            if (!row.get(0).equals("complaint.complaint")) {
                targets.add("complaint.complaint");
            }
            targets.remove("");
            references.put(row.get(0), targets);
        }
        var done = new TreeSet<String>();
        var few = new ArrayList<String>();
        while (done.size() < references.size()) {
            List<String> next = references.entrySet().stream()
                    .filter(entry -> !done.contains(entry.getKey()) && done.containsAll(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (next.isEmpty()) { // they refer to each other
                next = references.keySet().stream()
                        .filter(each -> !done.contains(each))
                        .limit(1)
                        .toList();
            }
            for (String table : next) {
                if (!small.contains(table)) {
                    fill(table);
                }
                done.add(table);
            }
        }
        execute("set local session_replication_role = origin");
        for (String table : references.keySet()) {
            execute("analyze " + table);
            if (!small.contains(table)) {
                execute(
                        "select pg_restore_relation_stats('schemaname', n.nspname::text, 'relname', c.relname::text, 'reltuples', (c.reltuples * %d)::real, 'relpages', c.relpages) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = '%s'::regclass and c.reltuples > 0"
                                .formatted(DENSITY, table));
            }
            if (!small.contains(table) && count(table) < LARGE) {
                few.add(table + " " + count(table));
            }
        }
        return few;
    }

    private void fill(String table) throws SQLException {
        int there = count(table);
        int wanted = MORE.getOrDefault(table, ROWS);
        List<Column> columns = columns(table, there);
        List<Key> keys = keys(table, columns);
        String own = numbered(table, "*", "own");
        var from = new StringBuilder("generate_series(1, " + wanted + ") g(i)");
        if (there > 0) {
            from.append(" join %s o on o.n = 1 + g.i %% %d".formatted(own, there));
        }
        var values = new LinkedHashMap<String, String>();
        for (Column column : columns) {
            values.put(column.name(), there > 0 ? like(column) : made(table, column));
        }
        OVER.getOrDefault(table, Map.of())
                .forEach((column, value) -> values.replace(column, value.replace(":given", Integer.toString(given))));
        int joined = 0;
        for (Key key : keys) {
            int targets = count(key.table());
            if (targets > 0 && !key.table().equals(table) && !small.contains(key.table())) {
                String name = "k" + joined++;
                // Primes, so that they do not go round with each other and with what is unique beside them.
                from.append(" join %s %s on %2$s.n = 1 + ((g.i * %d::bigint) %% %d)"
                        .formatted(
                                numbered(key.table(), String.join(", ", key.targets()), ""),
                                name,
                                PRIMES[joined % PRIMES.length],
                                targets));
                for (int at = 0; at < key.columns().size(); at++) {
                    String value = name + "." + key.targets().get(at);
                    values.computeIfPresent(key.columns().get(at), (column, old) -> value);
                }
            }
        }
        String names = String.join(", ", values.keySet());
        String checks = rows("""
                        select coalesce(string_agg('(' || pg_get_expr(conbin, conrelid) || ') is not false', ' and '), 'true')
                        from pg_constraint where conrelid = '%s'::regclass and contype = 'c'
                        """.formatted(table)).getFirst().getFirst();
        execute("insert into %s (%s) select %2$s from (select %s from %s) made where %s on conflict do nothing"
                .formatted(
                        table,
                        names,
                        values.entrySet().stream()
                                .map(each -> each.getValue() + " as " + each.getKey())
                                .collect(Collectors.joining(", ")),
                        from,
                        checks));
    }

    private List<Column> columns(String table, int there) throws SQLException {
        var columns = new ArrayList<Column>();
        for (List<String> row : rows("""
                select quote_ident(a.attname), format_type(a.atttypid, null), a.attnotnull,
                    exists (select from pg_index x where x.indrelid = a.attrelid and x.indisunique and a.attnum = any (x.indkey)),
                    exists (select from pg_index x where x.indrelid = a.attrelid and a.attnum = any (x.indkey))
                from pg_attribute a
                where a.attrelid = '%s'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
                order by a.attnum
                """.formatted(table))) {
            boolean isUnique = row.get(3).equals("t");
            // What nearly every row has of its own, new rows have of their own too.
            boolean isKept = !isUnique
                    && (there == 0
                            || !row.get(4).equals("t")
                            || row.get(1).endsWith("[]")
                            || rows("select count(distinct %s) * 2 < count(%1$s) or count(%1$s) < 3 from %s"
                                            .formatted(row.get(0), table))
                                    .getFirst()
                                    .getFirst()
                                    .equals("t"));
            columns.add(new Column(row.get(0), row.get(1), row.get(2).equals("t"), isUnique, isKept));
        }
        return columns;
    }

    private List<Key> keys(String table, List<Column> columns) throws SQLException {
        var keys = new ArrayList<Key>();
        for (List<String> row : rows("""
                select (select string_agg(quote_ident(a.attname), ',' order by k.n) from unnest(f.conkey) with ordinality k (c, n)
                        join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.c),
                    f.confrelid::regclass::text,
                    (select string_agg(quote_ident(a.attname), ',' order by k.n) from unnest(f.confkey) with ordinality k (c, n)
                        join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.c)
                from pg_constraint f where f.conrelid = '%s'::regclass and f.contype = 'f'
                """.formatted(table))) {
            keys.add(new Key(
                    List.of(row.get(0).split(",", -1)),
                    row.get(1),
                    List.of(row.get(2).split(",", -1))));
        }
        // Modules above do not refer to complaints by a key.
        for (String name : List.of("complaint_id", "subject_id")) {
            if (columns.stream().anyMatch(column -> column.name().equals(name))
                    && keys.stream().noneMatch(key -> key.columns().contains(name))) {
                keys.add(new Key(List.of(name), "complaint.complaint", List.of("id")));
            }
        }
        return keys;
    }

    /** A value like that of a row that is there. */
    private static String like(Column column) {
        String value = "o." + column.name();
        return switch (column.type()) {
            case "timestamp with time zone" -> value + " - " + AGO;
            case "date" -> column.isUnique() ? value + " - g.i" : value;
            case "uuid" ->
                column.isKept() ? value : "case when %s is not null then gen_random_uuid() end".formatted(value);
            case "character", "character varying" -> column.isUnique() ? "lpad(to_hex(g.i), 36, '0')" : value;
            case "text" -> column.isKept() ? value : value + " || '-' || g.i";
            case "bytea" -> column.isKept() ? value : "sha256(%s || int4send(g.i))".formatted(value);
            case "integer", "bigint" -> column.isKept() ? value : value + " + g.i";
            default -> value;
        };
    }

    /** A value where there is nothing to go by but the type and the constraints. */
    private String made(String table, Column column) throws SQLException {
        String words = rows("""
                        select coalesce(string_agg(words, ' '), '') from (
                            select pg_get_expr(c.conbin, c.conrelid) from pg_constraint c
                            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
                            where c.conrelid = '%1$s'::regclass and c.contype = 'c' and quote_ident(a.attname) = '%2$s'
                            union all
                            select m[1] from pg_index x, regexp_matches(pg_get_expr(x.indpred, x.indrelid), '%2$s = (\\S+)', 'g') m
                            where x.indrelid = '%1$s'::regclass) w (words)
                        """.formatted(table, column.name())).getFirst().getFirst();
        List<String> literals = LITERAL.matcher(words)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        String few = rows("""
                        select coalesce(string_agg(pg_get_expr(indpred, indrelid), ' '), '') from pg_index where indrelid = '%s'::regclass
                        """.formatted(table)).getFirst().getFirst();
        List<String> rare = literals.stream()
                .filter(word -> few.contains("%s = '%s'".formatted(column.name(), word)))
                .toList();
        List<String> common =
                literals.stream().filter(word -> !rare.contains(word)).toList();
        String value =
                switch (column.type()) {
                    case "uuid" ->
                        column.isUnique() ? "uuidv7(-least(g.i, 26000) * interval '1 hour')" : "gen_random_uuid()";
                    case "timestamp with time zone" -> "clock_timestamp() - g.i * interval '6 hours'";
                    case "date" -> "current_date - g.i";
                    case "boolean" -> "g.i % 10 = 0";
                    case "jsonb" -> "'{}'::jsonb";
                    case "bytea" -> "sha256(int4send(g.i))";
                    case "integer", "smallint", "bigint" -> column.isUnique() ? "g.i" : "g.i % 7 + 1";
                    case "numeric", "double precision" -> "g.i % 100";
                    case "xid8" -> "pg_current_xact_id()";
                    case "character", "character varying" -> "lpad(to_hex(g.i), 36, '0')";
                    case "text" ->
                        literals.isEmpty()
                                ? column.isUnique() ? "'x' || g.i" : "'x' || g.i % 500"
                                : "case when g.i %% 30 = 0 then %s else %s end"
                                        .formatted(one(rare.isEmpty() ? literals : rare), one(common));
                    default -> column.type().endsWith("[]") ? "'{}'::" + column.type() : "null::" + column.type();
                };
        if (column.required()) {
            return value;
        }
        // What an index is made for is seldom so.
        double known = few.contains(column.name() + " IS NULL")
                ? 0.97
                : few.contains(column.name() + " IS NOT NULL") ? 0.03 : 0.5;
        return "case when random() < %s then %s end".formatted(known, value);
    }

    private static String one(List<String> words) {
        return words.isEmpty()
                ? "'x'"
                : "(array['%s'])[1 + (random() * 1000)::int %% %d]".formatted(String.join("', '", words), words.size());
    }

    /** A copy of the table in which each row has its number. */
    private String numbered(String table, String columns, String purpose) throws SQLException {
        String key = table + columns + purpose;
        @Nullable String known = numbered.get(key);
        if (known == null) {
            known = "numbered_" + numbered.size();
            execute("create temporary table %s on commit drop as select row_number() over () as n, %s from %s"
                    .formatted(known, columns.equals("*") ? "t.*" : columns, table + " t"));
            execute("analyze " + known);
            numbered.put(key, known);
        }
        return known;
    }

    private int count(String table) throws SQLException {
        return Integer.parseInt(rows("select count(*) from " + table).getFirst().getFirst());
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SQLException(sql, e);
        }
    }

    private List<List<String>> rows(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getString(column)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new SQLException(sql, e);
        }
    }
}
