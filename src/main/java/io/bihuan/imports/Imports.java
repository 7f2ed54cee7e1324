package io.bihuan.imports;

import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRun.Flag;
import io.bihuan.imports.ImportRun.Format;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.Mode;
import io.bihuan.imports.ImportRun.Reading;
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
    private static final Pattern SOURCE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._·、（）()—-]*");

    /** A beginning of the table, as it would be read. */
    public record Preview(List<ImportColumn> columns, List<List<String>> rows, List<String> sheets) {}

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
    private final ImportTargets targets;
    private final Mappings mappings;
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
            ImportTargets targets,
            Mappings mappings,
            Keys keys,
            Notices notices,
            InstantSource time,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.database = database;
        this.files = files;
        this.packs = packs;
        this.targets = targets;
        this.mappings = mappings;
        this.keys = keys;
        this.notices = notices;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A table of complaints, proposed as {@link #create(InputStreamSource, String, Kind, UUID)} does. */
    public UUID create(InputStreamSource content, String fileName, UUID by) throws IOException {
        return create(content, fileName, Kind.COMPLAINTS, by);
    }

    /**
     * Keeps a file and proposes how to read it: as the last table with the same names of columns, else by these names. Nothing is
     * imported yet.
     *
     * @param content is opened several times
     * @throws Refused when it is no table, is empty or too large
     * @throws IOException when the upload cannot be read
     */
    public UUID create(InputStreamSource content, String fileName, Kind kind, UUID by) throws IOException {
        var file = new TableFile(content);
        Reading detected = file.detect();
        byte[] hash = Mappings.hash(sample(file, detected).header());
        Proposal proposal = proposed(file, kind, detected, hash);
        StoredFile stored;
        try (InputStream in = content.getInputStream()) {
            stored = files.store(in, fileName, LARGEST);
        }
        return insert(stored, FileNames.clean(fileName), proposal, hash, by);
    }

    /** @param mapping from which the settings were taken; null when they follow from the names */
    private record Proposal(Settings settings, @Nullable UUID mapping) {}

    private record Sample(List<String> header, List<Table.Row> rows) {}

    private Proposal proposed(TableFile file, Kind kind, Reading detected, byte[] hash) throws IOException {
        Optional<Mappings.Mapping> remembered = mappings.find(kind, hash);
        String line = remembered
                .map(mapping -> mapping.settings().businessLine())
                .filter(packs.businessLines()::contains)
                .orElseGet(() -> packs.businessLines().iterator().next());
        if (remembered.isEmpty()) {
            List<ImportColumn> columns = columns(kind, sample(file, detected), line);
            return new Proposal(new Settings(kind, detected, mode(columns), line, columns), null);
        }
        Mappings.Mapping mapping = remembered.get();
        Reading reading = mapping.reading(detected, sample(file, detected).header(), file.sheets(detected.format()));
        List<ImportColumn> columns = mapping.applied(columns(kind, sample(file, reading), line));
        List<ImportColumn> possible = columns.stream()
                .map(column -> isOf(column, kind, line) ? column : column.ignored())
                .toList();
        return new Proposal(new Settings(kind, reading, mapping.settings().mode(), line, possible), mapping.id());
    }

    private static Mode mode(List<ImportColumn> columns) {
        return columns.stream().anyMatch(column -> column.target() == Target.CLOSED_AT) ? Mode.ARCHIVE : Mode.LIVE;
    }

    private UUID insert(StoredFile stored, String name, Proposal proposal, byte[] hash, UUID by) {
        UUID id = Ids.next();
        Settings settings = proposal.settings();
        var writes = new Writes();
        writes.addOne(
                """
                insert into imports.import_run (id, kind, format, sheet, source, file_name, sha256, business_line, mode, charset,
                    delimiter, columns, header_hash, mapping_id, state, data_key, started_by, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, 'PREVIEW', ?, ?, ?)
                """,
                id,
                settings.kind(),
                settings.reading().format(),
                settings.reading().sheet(),
                sourceOf(name),
                name,
                stored.hash().hex(),
                settings.businessLine(),
                settings.mode(),
                settings.charset(),
                String.valueOf(settings.delimiter()),
                JSON.writeValueAsString(settings.columns()),
                hash,
                proposal.mapping(),
                keys.newWrapped(),
                by,
                time.instant());
        files.use(writes, user(id), stored.hash(), name);
        // The file had to be stored before, since an upload lasts too long for a transaction.
        transaction.executeWithoutResult(status -> writes.send(database));
        return id;
    }

    private static Sample sample(TableFile file, Reading reading) throws IOException {
        try (Table table = file.look(reading)) {
            List<String> header = table.header();
            if (header.size() > Table.MOST_COLUMNS) {
                throw new Refused("imports.refused.columns", Table.MOST_COLUMNS);
            }
            List<Table.Row> rows = table.first(PREVIEW_ROWS);
            if (rows.isEmpty()) {
                throw new Refused("imports.refused.no-rows");
            }
            return new Sample(header, rows);
        } catch (UncheckedIOException e) {
            throw new Refused("imports.refused.no-text");
        }
    }

    private List<ImportColumn> columns(Kind kind, Sample sample, String businessLine) {
        return HeaderWords.propose(kind, sample.header(), sample.rows(), packs.of(businessLine));
    }

    private TableFile file(ImportRun run) {
        return new TableFile(() -> files.open(new FileHash(run.sha256())));
    }

    /** What a table can become. */
    public List<Kind> kinds() {
        return targets.kinds();
    }

    /** What the columns of such a table can mean; the fields of the pack stand for {@code PRODUCT}. */
    public List<Target> meanings(Kind kind) {
        return targets.of(kind).meanings();
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

    /** The first rows as they are read with the run's settings. */
    public Preview preview(ImportRun run) {
        Settings settings = run.settings();
        TableFile file = file(run);
        try (Table table = file.look(settings.reading())) {
            List<List<String>> rows = table.first(PREVIEW_ROWS).stream()
                    .map(row -> row.cells().stream().map(String::strip).toList())
                    .toList();
            return new Preview(
                    settings.columns(), rows, file.sheets(settings.reading().format()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How somebody wants a table to be read.
     *
     * @param charset of a text file, as {@code delimiter}; without effect for a workbook
     * @param sheet of a workbook; without effect for a text file
     * @param meanings one for each column, as {@link ImportColumn#value} gives them
     */
    public record Change(
            String source,
            Kind kind,
            Mode mode,
            String businessLine,
            String charset,
            String delimiter,
            @Nullable String sheet,
            List<String> meanings) {
        public Change {
            meanings = List.copyOf(meanings);
        }
    }

    /** Changes how the table will be read. Another way to read it makes other columns, whose meanings are proposed anew. */
    @Transactional
    public void change(UUID id, Change change) {
        ImportRun run = locked(id);
        Settings old = run.settings();
        if (!packs.businessLines().contains(change.businessLine())) {
            throw new Refused("intake.field.business-line", String.join(", ", packs.businessLines()));
        }
        if (!targets.kinds().contains(change.kind())) {
            throw new Refused("imports.refused.kind");
        }
        Reading asked = reading(old.reading(), change);
        Settings settings;
        UUID mapping = run.mapping();
        if (change.kind() != old.kind()) {
            Proposal proposal = onFile(run, file -> proposed(file, change.kind(), asked, headerHash(id)));
            settings = proposal.settings();
            mapping = proposal.mapping();
        } else if (asked.equals(old.reading())) {
            List<ImportColumn> columns = meant(old.columns(), change.meanings(), change.kind(), change.businessLine());
            settings = new Settings(old.kind(), asked, change.mode(), change.businessLine(), columns);
        } else {
            List<ImportColumn> columns =
                    onFile(run, file -> columns(change.kind(), sample(file, asked), change.businessLine()));
            settings = new Settings(old.kind(), asked, change.mode(), change.businessLine(), columns);
        }
        jdbc.sql("""
            update imports.import_run set source = :source, kind = :kind, mode = :mode, business_line = :businessLine,
                charset = :charset, delimiter = :delimiter, sheet = :sheet, columns = :columns::jsonb,
                mapping_id = :mapping
            where id = :id
            """)
                .param("source", checkedSource(change.source()))
                .param("kind", settings.kind().name())
                .param("mode", settings.mode().name())
                .param("businessLine", settings.businessLine())
                .param("charset", settings.charset())
                .param("delimiter", String.valueOf(settings.delimiter()))
                .param("sheet", settings.reading().sheet())
                .param("columns", JSON.writeValueAsString(settings.columns()))
                .param("mapping", mapping)
                .param("id", id)
                .update();
    }

    /** Reads a run's file; what cannot be read is no reason to undo anything. */
    private interface OnFile<T> {
        T read(TableFile file) throws IOException;
    }

    private <T> T onFile(ImportRun run, OnFile<T> reading) {
        try {
            return reading.read(file(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reading reading(Reading old, Change change) {
        return switch (old.format()) {
            case CSV -> new Reading(old.format(), charset(change.charset()), delimiter(change.delimiter()), null);
            case XLSX ->
                new Reading(
                        old.format(),
                        old.charset(),
                        old.delimiter(),
                        Objects.requireNonNullElse(change.sheet(), old.sheet()));
        };
    }

    private byte[] headerHash(UUID id) {
        return jdbc.sql("select coalesce(header_hash, '') from imports.import_run where id = :id")
                .param("id", id)
                .query(byte[].class)
                .single();
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

    private List<ImportColumn> meant(
            List<ImportColumn> columns, List<String> meanings, Kind kind, String businessLine) {
        if (meanings.size() != columns.size()) {
            throw new Refused("imports.refused.meanings");
        }
        var meant = new ArrayList<ImportColumn>();
        for (int i = 0; i < columns.size(); i++) {
            meant.add(columns.get(i)
                    .meaning(meanings.get(i))
                    .filter(column -> isOf(column, kind, businessLine))
                    .orElseThrow(() -> new Refused("imports.refused.meanings")));
        }
        return meant;
    }

    private boolean isOf(ImportColumn column, Kind kind, String businessLine) {
        String field = column.productField();
        return targets.of(kind).meanings().contains(column.target())
                && (field == null || packs.of(businessLine).form().find(field).isPresent());
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
        targets.of(run.settings().kind()).check(run.settings(), run.source());
        mappings.remember(headerHash(id), run, time.instant());
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
                Kind.valueOf(text(row, "kind")),
                new Reading(
                        Format.valueOf(text(row, "format")),
                        text(row, "charset"),
                        text(row, "delimiter").charAt(0),
                        row.getString("sheet")),
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
                row.getObject("mapping_id", UUID.class),
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
