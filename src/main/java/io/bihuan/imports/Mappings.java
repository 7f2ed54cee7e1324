package io.bihuan.imports;

import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.Mode;
import io.bihuan.imports.ImportRun.Reading;
import io.bihuan.imports.ImportRun.Settings;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** How tables were read before: remembered by the names of their columns, in whatever order, and proposed again. */
@Component
public class Mappings {
    public static final int LONGEST_NAME = 60;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST = 200;

    /**
     * What was decided for a table.
     *
     * @param name what somebody called it; null when nobody did
     * @param fileName of the table for which it was used last
     */
    public record Mapping(UUID id, @Nullable String name, String fileName, Settings settings, Instant usedAt) {
        /**
         * How a file is read that looked so at first. A text whose columns are known as they were found is read so: the charset may be
         * another one today. Of a workbook the remembered sheet is taken if there is one.
         */
        Reading reading(Reading detected, List<String> header, List<String> sheets) {
            Reading mine = settings.reading();
            String sheet = mine.sheet();
            return switch (detected.format()) {
                case CSV -> mine.format() == detected.format() && !names().equals(names(header)) ? mine : detected;
                case XLSX ->
                    new Reading(
                            detected.format(),
                            detected.charset(),
                            detected.delimiter(),
                            sheet != null && sheets.contains(sheet) ? sheet : detected.sheet());
            };
        }

        private List<String> names() {
            return names(settings.columns().stream().map(ImportColumn::header).toList());
        }

        private static List<String> names(List<String> header) {
            return header.stream().map(String::strip).sorted().toList();
        }

        /** The meanings remembered for these columns; one that was not there is ignored. */
        List<ImportColumn> applied(List<ImportColumn> proposed) {
            Map<String, Deque<ImportColumn>> known = new HashMap<>();
            settings.columns()
                    .forEach(column -> known.computeIfAbsent(column.header(), header -> new ArrayDeque<>())
                            .add(column));
            var columns = new ArrayList<ImportColumn>();
            for (ImportColumn column : proposed) {
                Deque<ImportColumn> meanings = known.get(column.header());
                columns.add(meanings == null || meanings.isEmpty() ? column.ignored() : meanings.poll());
            }
            return columns;
        }
    }

    private final JdbcClient jdbc;

    Mappings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Equal for tables whose columns have the same names. */
    static byte[] hash(List<String> header) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            header.stream().map(String::strip).sorted().forEach(name -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            });
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    Optional<Mapping> find(Kind kind, byte[] hash) {
        return jdbc.sql("select * from imports.mapping where kind = :kind and header_hash = :hash")
                .param("kind", kind.name())
                .param("hash", hash)
                .query((row, index) -> mapping(row))
                .optional();
    }

    public Optional<Mapping> find(UUID id) {
        return jdbc.sql("select * from imports.mapping where id = :id")
                .param("id", id)
                .query((row, index) -> mapping(row))
                .optional();
    }

    /** The last used first, at most 200. */
    public List<Mapping> list() {
        return jdbc.sql("select * from imports.mapping order by used_at desc, id desc limit :most")
                .param("most", MOST)
                .query((row, index) -> mapping(row))
                .list();
    }

    /** Remembers how a run is read, in the place of what was remembered for such a table before; its name stays. */
    void remember(byte[] hash, ImportRun run, Instant now) {
        if (hash.length == 0) {
            return; // uploaded before anything was remembered
        }
        Settings settings = run.settings();
        jdbc.sql("""
            insert into imports.mapping (id, kind, header_hash, file_name, charset, delimiter, sheet, mode, business_line,
                columns, used_by, used_at)
            values (:id, :kind, :hash, :fileName, :charset, :delimiter, :sheet, :mode, :businessLine, :columns::jsonb,
                :by, :now)
            on conflict (kind, header_hash) do update set file_name = excluded.file_name, charset = excluded.charset,
                delimiter = excluded.delimiter, sheet = excluded.sheet, mode = excluded.mode,
                business_line = excluded.business_line, columns = excluded.columns, used_by = excluded.used_by,
                used_at = excluded.used_at
            """)
                .param("id", Ids.next())
                .param("kind", settings.kind().name())
                .param("hash", hash)
                .param("fileName", run.fileName())
                .param("charset", settings.charset())
                .param("delimiter", String.valueOf(settings.delimiter()))
                .param("sheet", settings.reading().sheet())
                .param("mode", settings.mode().name())
                .param("businessLine", settings.businessLine())
                .param("columns", JSON.writeValueAsString(settings.columns()))
                .param("by", run.startedBy())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Gives it a name; a blank one takes the name away. */
    @Transactional
    public void rename(UUID id, String name) {
        String plain = name.strip();
        if (plain.codePointCount(0, plain.length()) > LONGEST_NAME
                || plain.chars().anyMatch(Character::isISOControl)) {
            throw new Refused("imports.refused.mapping-name", LONGEST_NAME);
        }
        int renamed = jdbc.sql("update imports.mapping set name = :name where id = :id")
                .param("name", plain.isEmpty() ? null : plain)
                .param("id", id)
                .update();
        if (renamed == 0) {
            throw new Refused("imports.refused.mapping-unknown");
        }
    }

    /** Forgets it: the next such table is read by the names of its columns again. */
    @Transactional
    public void forget(UUID id) {
        jdbc.sql("delete from imports.mapping where id = :id").param("id", id).update();
    }

    private static Mapping mapping(ResultSet row) throws SQLException {
        var columns = JSON.readValue(text(row, "columns"), ImportColumn[].class);
        String sheet = row.getString("sheet");
        var reading = new Reading(
                sheet == null ? ImportRun.Format.CSV : ImportRun.Format.XLSX,
                text(row, "charset"),
                text(row, "delimiter").charAt(0),
                sheet);
        return new Mapping(
                row.getObject("id", UUID.class),
                row.getString("name"),
                text(row, "file_name"),
                new Settings(
                        Kind.valueOf(text(row, "kind")),
                        reading,
                        Mode.valueOf(text(row, "mode")),
                        text(row, "business_line"),
                        Arrays.asList(columns)),
                row.getObject("used_at", OffsetDateTime.class).toInstant());
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
