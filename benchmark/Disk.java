package benchmark;

import io.bihuan.platform.database.EmbeddedServer;
import io.bihuan.platform.database.ServerAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** What a complaint with its whole life takes on disk: every table and index that takes more than a hundredth, and files. */
final class Disk {
    private static final double SMALLEST_SHARE = 0.01;

    private static final String TABLES = """
            select n.nspname || '.' || c.relname as name, pg_table_size(c.oid) as rows, pg_indexes_size(c.oid) as indexes,
                c.reltuples as count
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
            order by pg_total_relation_size(c.oid) desc
            """;
    private static final String INDEXES = """
            select schemaname || '.' || relname as table, indexrelname as name, pg_relation_size(indexrelid) as bytes, idx_scan as uses
            from pg_stat_user_indexes order by 3 desc
            """;

    private Disk() {}

    static List<String> run(long complaints) throws Exception {
        Path folder = Fill.filled(complaints);
        try (EmbeddedServer server = EmbeddedServer.start(folder)) {
            ServerAccess access = server.access();
            try (var database = DriverManager.getConnection(access.url(), access.username(), access.password());
                    Statement statement = database.createStatement()) {
                long all = Ground.number(database, "select pg_database_size(current_database())");
                tables(statement, complaints, all);
                indexes(statement, complaints, all);
                keep("database", complaints, all);
                keep("log of the database (WAL)", complaints, size(folder.resolve("postgres/pg_wal")));
                keep("search index", complaints, size(folder.resolve("search")));
                keep("whole folder", complaints, size(folder));
            }
        }
        return List.of();
    }

    private static void tables(Statement statement, long complaints, long all) throws Exception {
        System.out.println("| table | rows | rows a complaint | bytes a complaint | of them indexes |");
        System.out.println("|---|--:|--:|--:|--:|");
        try (ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                long bytes = row.getLong("rows") + row.getLong("indexes");
                if (bytes > SMALLEST_SHARE * all) {
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %,.0f | %.2f | %,d | %,d |%n",
                            row.getString("name"),
                            row.getDouble("count"),
                            row.getDouble("count") / complaints,
                            bytes / complaints,
                            row.getLong("indexes") / complaints);
                }
            }
        }
    }

    private static void indexes(Statement statement, long complaints, long all) throws Exception {
        System.out.println("\n| index | of | bytes a complaint | used so far |");
        System.out.println("|---|---|--:|--:|");
        try (ResultSet row = statement.executeQuery(INDEXES)) {
            while (row.next()) {
                if (row.getLong("bytes") > SMALLEST_SHARE * all) {
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %,d | %,d |%n",
                            row.getString("name"),
                            row.getString("table"),
                            row.getLong("bytes") / complaints,
                            row.getLong("uses"));
                }
            }
        }
        System.out.println();
    }

    private static void keep(String name, long complaints, long bytes) throws IOException {
        double each = (double) bytes / complaints;
        System.out.printf(Locale.ROOT, "%s: %,d MB, %,.0f bytes a complaint.%n", name, bytes >> 20, each);
        Figure.of("disk", complaints, "disk, " + name, "bytes a complaint", Spread.of(each))
                .keep();
    }

    private static long size(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        long size = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try {
                    size += Files.size(file);
                } catch (NoSuchFileException e) {
                    // gone meanwhile
                }
            }
        }
        return size;
    }
}
