package io.bihuan.imports;

import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRun.Flag;
import io.bihuan.imports.ImportRun.Mode;
import io.bihuan.imports.ImportRun.Settings;
import io.bihuan.imports.ImportRun.State;
import io.bihuan.message.Notices;
import io.bihuan.message.StaffNotice;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.platform.Writes;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileNames;
import io.bihuan.platform.files.FileUser;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.files.StoredFile;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Tables that come in as files: uploaded, looked at, started, followed to the report. {@link ImportWork} does the work. */
@Component
public class Imports {
    public static final DataSize LARGEST = DataSize.ofMegabytes(50);
    public static final int PREVIEW_ROWS = 20;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String KIND = "import";
    private static final int MOST = 500;
    private static final int BINARY_HEAD = 8_192;
    private static final Pattern SOURCE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._·、（）()—-]*");

    /** A beginning of the table, as it would be read. */
    public record Preview(List<ImportColumn> columns, List<List<String>> rows) {}

    /** What one owner is told of a run, once: how many cases it brings him, how many of them are due soon, how many late. */
    public record Warning(UUID owner, int added, int dueSoon, int overdue) {}

    /**
     * A row that was not taken in, with its number.
     *
     * @param number of the row, counted from 1
     */
    public record NumberedRejection(int number, ImportRejection rejection) {}

    private final JdbcClient jdbc;
    private final DataSource database;
    private final Files files;
    private final Packs packs;
    private final Keys keys;
    private final Notices notices;
    private final InstantSource time;
    private final TransactionTemplate transaction;

    private final Bell bell = new Bell();

    Imports(
            JdbcClient jdbc,
            DataSource database,
            Files files,
            Packs packs,
            Keys keys,
            Notices notices,
            InstantSource time,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.database = database;
        this.files = files;
        this.packs = packs;
        this.keys = keys;
        this.notices = notices;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Keeps a file and proposes how to read it; nothing is imported yet.
     *
     * @param content is opened several times
     * @throws Refused when it is no table of text, is empty or too large
     * @throws IOException when the upload cannot be read
     */
    public UUID create(InputStreamSource content, String fileName, UUID by) throws IOException {
        refuseBinary(content);
        Charset charset;
        try (InputStream in = content.getInputStream()) {
            charset = Encoding.detect(in);
        }
        char delimiter;
        try (InputStream in = content.getInputStream()) {
            delimiter = CsvTable.delimiter(in, charset);
        }
        String businessLine = packs.businessLines().iterator().next();
        List<ImportColumn> columns;
        try (InputStream in = content.getInputStream()) {
            columns = proposed(in, charset, delimiter, businessLine);
        }
        StoredFile stored;
        try (InputStream in = content.getInputStream()) {
            stored = files.store(in, fileName, LARGEST);
        }
        Mode mode = columns.stream().anyMatch(column -> column.target() == Target.CLOSED_AT) ? Mode.ARCHIVE : Mode.LIVE;
        String name = FileNames.clean(fileName);
        return insert(stored, name, new Settings(charset.name(), delimiter, mode, businessLine, columns), by);
    }

    private UUID insert(StoredFile stored, String name, Settings settings, UUID by) {
        UUID id = Ids.next();
        var writes = new Writes();
        writes.addOne(
                """
                insert into imports.import_run (id, source, file_name, sha256, business_line, mode, charset, delimiter, columns,
                    state, data_key, started_by, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, 'PREVIEW', ?, ?, ?)
                """,
                id,
                sourceOf(name),
                name,
                stored.hash().hex(),
                settings.businessLine(),
                settings.mode(),
                settings.charset(),
                String.valueOf(settings.delimiter()),
                JSON.writeValueAsString(settings.columns()),
                keys.newWrapped(),
                by,
                time.instant());
        files.use(writes, user(id), stored.hash(), name);
        // The file had to be stored before, since an upload lasts too long for a transaction.
        transaction.executeWithoutResult(status -> writes.send(database));
        return id;
    }

    private static void refuseBinary(InputStreamSource content) throws IOException {
        byte[] head;
        try (InputStream in = content.getInputStream()) {
            head = in.readNBytes(BINARY_HEAD);
        }
        boolean isZip = head.length > 4 && head[0] == 'P' && head[1] == 'K' && head[2] < 9 && head[3] < 9;
        boolean isOle = head.length > 4 && (head[0] & 0xFF) == 0xD0 && (head[1] & 0xFF) == 0xCF && head[2] == 0x11;
        if (isZip || isOle) {
            throw new Refused("imports.refused.spreadsheet");
        }
        int controls = 0;
        for (byte each : head) {
            controls += each > 0 && each < 0x20 && each != '\t' && each != '\r' && each != '\n' ? 1 : 0;
        }
        if (controls * 50 > head.length) {
            throw new Refused("imports.refused.no-text");
        }
    }

    private List<ImportColumn> proposed(InputStream in, Charset charset, char delimiter, String businessLine)
            throws IOException {
        try (var table = CsvTable.open(in, charset, delimiter)) {
            List<String> header = table.header();
            if (header.size() > CsvTable.MOST_COLUMNS) {
                throw new Refused("imports.refused.columns", CsvTable.MOST_COLUMNS);
            }
            List<CsvTable.Row> sample = first(table, PREVIEW_ROWS);
            if (sample.isEmpty()) {
                throw new Refused("imports.refused.no-rows");
            }
            return HeaderWords.propose(header, sample, packs.of(businessLine));
        } catch (UncheckedIOException e) {
            throw new Refused("imports.refused.no-text");
        }
    }

    private static List<CsvTable.Row> first(CsvTable table, int count) {
        var rows = new ArrayList<CsvTable.Row>();
        CsvTable.Row row = table.next();
        while (row != null) {
            rows.add(row);
            row = rows.size() < count ? table.next() : null;
        }
        return rows;
    }

    private static String sourceOf(String fileName) {
        String name = fileName.replaceFirst("\\.[A-Za-z0-9]{1,10}$", "").replaceAll("[^\\p{L}\\p{N} ._-]", " ");
        String plain = source(name).replaceFirst("^[^\\p{L}\\p{N}]+", "");
        int length = plain.codePointCount(0, plain.length());
        String cut = length <= ImportRun.LONGEST_SOURCE
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, ImportRun.LONGEST_SOURCE));
        return cut.isBlank() ? "csv" : cut.strip();
    }

    /** Equal for names that people take for equal. */
    private static String source(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().replaceAll("\\s+", " ");
    }

    /** The first rows as they are read with the run's settings; empty when the file is gone. */
    public Preview preview(ImportRun run) {
        Settings settings = run.settings();
        try (InputStream in = files.open(new FileHash(run.sha256()));
                var table = CsvTable.open(in, Charset.forName(settings.charset()), settings.delimiter())) {
            List<List<String>> rows = first(table, PREVIEW_ROWS).stream()
                    .map(row -> row.cells().stream().map(String::strip).toList())
                    .toList();
            return new Preview(settings.columns(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Changes how the table will be read. Another charset or delimiter makes other columns, whose meanings are proposed anew.
     *
     * @param meanings one for each column, as {@link ImportColumn#value} gives them
     */
    @Transactional
    public void change(
            UUID id,
            String source,
            Mode mode,
            String businessLine,
            String charset,
            String delimiter,
            List<String> meanings) {
        ImportRun run = locked(id);
        if (!packs.businessLines().contains(businessLine)) {
            throw new Refused("intake.field.business-line", String.join(", ", packs.businessLines()));
        }
        var asked = new Settings(
                charset(charset),
                delimiter(delimiter),
                mode,
                businessLine,
                run.settings().columns());
        Settings old = run.settings();
        boolean isSameTable = asked.charset().equals(old.charset()) && asked.delimiter() == old.delimiter();
        List<ImportColumn> columns;
        if (isSameTable) {
            columns = meant(old.columns(), meanings, businessLine);
        } else {
            try (InputStream in = files.open(new FileHash(run.sha256()))) {
                columns = proposed(in, Charset.forName(asked.charset()), asked.delimiter(), businessLine);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        jdbc.sql("""
                        update imports.import_run set source = :source, mode = :mode, business_line = :businessLine,
                            charset = :charset, delimiter = :delimiter, columns = :columns::jsonb
                        where id = :id
                        """)
                .param("source", checkedSource(source))
                .param("mode", mode.name())
                .param("businessLine", businessLine)
                .param("charset", asked.charset())
                .param("delimiter", String.valueOf(asked.delimiter()))
                .param("columns", JSON.writeValueAsString(columns))
                .param("id", id)
                .update();
    }

    private static String checkedSource(String typed) {
        String source = source(typed);
        if (source.codePointCount(0, source.length()) > ImportRun.LONGEST_SOURCE
                || !SOURCE.matcher(source).matches()) {
            throw new Refused("imports.refused.source", ImportRun.LONGEST_SOURCE);
        }
        return source;
    }

    private static String charset(String asked) {
        if (!charsets(asked).contains(asked) || !Charset.isSupported(asked)) {
            throw new Refused("imports.refused.charset");
        }
        return asked;
    }

    /** What can be chosen, the current one included. */
    public static List<String> charsets(String current) {
        var all = new ArrayList<>(Encoding.CHOICES);
        if (!all.contains(current) && current.matches("[A-Za-z0-9._-]{1,40}")) {
            all.add(current);
        }
        return all;
    }

    public static List<Character> delimiters() {
        return CsvTable.DELIMITERS;
    }

    private static char delimiter(String asked) {
        if (asked.length() != 1 || !CsvTable.DELIMITERS.contains(asked.charAt(0))) {
            throw new Refused("imports.refused.delimiter");
        }
        return asked.charAt(0);
    }

    private List<ImportColumn> meant(List<ImportColumn> columns, List<String> meanings, String businessLine) {
        if (meanings.size() != columns.size()) {
            throw new Refused("imports.refused.meanings");
        }
        var meant = new ArrayList<ImportColumn>();
        for (int i = 0; i < columns.size(); i++) {
            ImportColumn column = columns.get(i)
                    .meaning(meanings.get(i))
                    .orElseThrow(() -> new Refused("imports.refused.meanings"));
            String field = column.productField();
            if (field != null && packs.of(businessLine).form().find(field).isEmpty()) {
                throw new Refused("imports.refused.meanings");
            }
            meant.add(column);
        }
        return meant;
    }

    /**
     * Lets the work begin.
     *
     * @throws Refused when the columns do not make a complaint or another table of the same source is being imported
     */
    @Transactional
    public void start(UUID id) {
        ImportRun run = locked(id);
        var seen = new HashSet<String>();
        for (ImportColumn column : run.settings().columns()) {
            if (!column.target().isShared() && !seen.add(column.value())) {
                throw new Refused("imports.refused.twice", column.header());
            }
        }
        if (!run.settings().has(Target.CONTENT) && !run.settings().has(Target.TITLE)) {
            throw new Refused("imports.refused.no-content");
        }
        try {
            jdbc.sql("update imports.import_run set state = 'RUNNING', started_at = :now where id = :id")
                    .param("now", now())
                    .param("id", id)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Refused("imports.refused.source-running", run.source());
        }
        bell.ring();
    }

    /** Rings when this node is asked for one. */
    Bell bell() {
        return bell;
    }

    /** Ends a run before its end; what was added stays. */
    @Transactional
    public void cancel(UUID id) {
        ImportRun run = lock(id);
        if (run.state() != State.PREVIEW && run.state() != State.RUNNING) {
            throw new Refused("imports.refused.over");
        }
        var writes = new Writes();
        end(writes, run, State.CANCELLED, null);
        writes.send(database);
    }

    /** Adds to the writes that a run is over; its file, full of personal data, is not needed any more. */
    void end(Writes writes, ImportRun run, State state, @Nullable String error) {
        writes.addOne("""
                update imports.import_run set state = ?, error = ?, finished_at = ?, worker = null, lease_until = null
                where id = ? and finished_at is null
                """, state, error, time.instant(), run.id());
        files.release(writes, user(run.id()), new FileHash(run.sha256()));
        tellOwners(run);
    }

    /** Hundreds of notices, one a case, would tell nobody anything. What arrived closed is no news. */
    private void tellOwners(ImportRun run) {
        if (run.settings().mode() == Mode.ARCHIVE) {
            return;
        }
        Instant now = time.instant();
        notices.tell(shares(run.id(), 1).stream()
                .map(share -> new StaffNotice(
                        share.owner(),
                        run.id(),
                        "imports.notice.imported",
                        List.of(
                                run.source(),
                                Integer.toString(share.added()),
                                Integer.toString(share.overdue()),
                                Integer.toString(share.dueSoon())),
                        "/desk/complaints?mine=owner",
                        now))
                .toList());
    }

    /** Cancels what somebody uploaded before that moment and never started, at most a hundred. */
    @Transactional
    int cancelPreviews(Instant before) {
        List<ImportRun> old = jdbc.sql("""
                        select * from imports.import_run where state = 'PREVIEW' and created_at < :before
                        order by created_at limit 100 for update skip locked
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query((row, index) -> run(row))
                .list();
        var writes = new Writes();
        old.forEach(run -> end(writes, run, State.CANCELLED, null));
        writes.send(database);
        return old.size();
    }

    public Optional<ImportRun> find(UUID id) {
        return jdbc.sql("select * from imports.import_run where id = :id")
                .param("id", id)
                .query((row, index) -> run(row))
                .optional();
    }

    /** Runs before that one (all when it is null), the newest first, at most 500. */
    public List<ImportRun> list(@Nullable Instant beforeAt, @Nullable UUID before, int limit) {
        boolean isFirst = beforeAt == null || before == null;
        var query = jdbc.sql("select * from imports.import_run "
                        + (isFirst ? "" : "where (created_at, id) < (:at, :before) ")
                        + "order by created_at desc, id desc limit :limit")
                .param("limit", Math.clamp(limit, 1, MOST));
        if (beforeAt != null && before != null) {
            query = query.param("at", beforeAt.atOffset(ZoneOffset.UTC)).param("before", before);
        }
        return query.query((row, index) -> run(row)).list();
    }

    /** Rows that were not taken in, in their order, after that row number; at most 500. */
    public List<NumberedRejection> rejections(UUID id, int after, int limit) {
        Optional<SubjectKey> key = jdbc.sql("select data_key from imports.import_run where id = :id")
                .param("id", id)
                .query(byte[].class)
                .optional()
                .map(keys::unwrap);
        return key.map(opening -> jdbc.sql("""
                                select row_number, line, reasons, excerpt from imports.import_rejection
                                where run_id = :id and row_number > :after order by row_number limit :limit
                                """)
                        .param("id", id)
                        .param("after", after)
                        .param("limit", Math.clamp(limit, 1, MOST))
                        .query((row, index) -> rejection(row, opening))
                        .list())
                .orElse(List.of());
    }

    /** The owners with cases that are late or soon will be, those with the most late ones first, at most 500. */
    public List<Warning> warnings(UUID id) {
        return shares(id, 0).stream()
                .filter(share -> share.dueSoon() + share.overdue() > 0)
                .toList();
    }

    private List<Warning> shares(UUID id, int least) {
        return jdbc.sql("""
                        select owner, added, due_soon, overdue from imports.import_warning
                        where run_id = :id and added >= :least order by overdue desc, due_soon desc, owner limit :most
                        """)
                .param("id", id)
                .param("least", least)
                .param("most", MOST)
                .query((row, index) -> new Warning(
                        row.getObject("owner", UUID.class),
                        row.getInt("added"),
                        row.getInt("due_soon"),
                        row.getInt("overdue")))
                .list();
    }

    private ImportRun locked(UUID id) {
        ImportRun run = lock(id);
        if (run.state() != State.PREVIEW) {
            throw new Refused("imports.refused.started");
        }
        return run;
    }

    private ImportRun lock(UUID id) {
        return jdbc.sql("select * from imports.import_run where id = :id for update")
                .param("id", id)
                .query((row, index) -> run(row))
                .optional()
                .orElseThrow(() -> new Refused("imports.refused.unknown"));
    }

    private static FileUser user(UUID id) {
        return new FileUser(KIND, id);
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }

    private static NumberedRejection rejection(ResultSet row, SubjectKey key) throws SQLException {
        var reasons = JSON.readValue(text(row, "reasons"), ImportRejection.Reason[].class);
        return new NumberedRejection(
                row.getInt("row_number"),
                new ImportRejection(
                        row.getLong("line"),
                        Arrays.asList(reasons),
                        key.decrypt(Objects.requireNonNull(row.getBytes("excerpt")))));
    }

    static ImportRun run(ResultSet row) throws SQLException {
        var columns = JSON.readValue(text(row, "columns"), ImportColumn[].class);
        var settings = new Settings(
                text(row, "charset"),
                text(row, "delimiter").charAt(0),
                Mode.valueOf(text(row, "mode")),
                text(row, "business_line"),
                Arrays.asList(columns));
        return new ImportRun(
                row.getObject("id", UUID.class),
                text(row, "source"),
                text(row, "file_name"),
                text(row, "sha256"),
                settings,
                State.valueOf(text(row, "state")),
                row.getObject("total", Integer.class),
                row.getInt("position"),
                row.getInt("added"),
                row.getInt("known"),
                row.getInt("rejected"),
                flags(text(row, "flags")),
                row.getString("error"),
                row.getObject("started_by", UUID.class),
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "started_at"),
                instant(row, "finished_at"));
    }

    static Map<Flag, Integer> flags(String json) {
        var flags = new EnumMap<Flag, Integer>(Flag.class);
        JSON.readTree(json)
                .properties()
                .forEach(entry ->
                        flags.put(Flag.valueOf(entry.getKey()), entry.getValue().asInt()));
        return flags;
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
