package io.bihuan.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bihuan.BihuanTest;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.ComplaintSearch;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Role;
import io.bihuan.identity.Staff;
import io.bihuan.imports.ImportRun.Mode;
import io.bihuan.imports.ImportRun.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Complaints as people wrote them, where they are at hand. */
@BihuanTest(properties = {"bihuan.imports.enabled=false", "bihuan.alarms.enabled=false"})
class RealImportTests {
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
    private static final Worklist.Filter ALL =
            new Worklist.Filter(Worklist.State.ALL, null, null, null, null, null, null, null, null, null, false);
    private static final Duration GENEROUS = Duration.ofMinutes(1);
    private static final int WINDOWS = 200;

    @Autowired
    Imports imports;

    @Autowired
    ImportWork work;

    @Autowired
    Complaints complaints;

    @Autowired
    ComplaintSearch search;

    @Autowired
    Staff staff;

    @Autowired
    JdbcClient jdbc;

    private static Path data(String name) {
        Path file = Path.of(System.getenv().getOrDefault("BIHUAN_DATA", "../shared/data"), name);
        assumeTrue(Files.exists(file), () -> file + " is not here");
        return file;
    }

    /** Imports it as it is proposed, without a word changed. */
    private ImportRun imported(Path file, Mode mode, TestReporter reporter) throws IOException {
        UUID manager = staff.withRole(Role.ADMINISTRATOR, null).getFirst().id();
        UUID id =
                imports.create(new FileSystemResource(file), file.getFileName().toString(), manager);
        assertThat(imports.find(id).orElseThrow().settings().mode()).isEqualTo(mode);
        imports.start(id);
        while (imports.find(id).orElseThrow().state() == State.RUNNING) {
            work.workOnOne();
        }
        ImportRun run = imports.find(id).orElseThrow();
        Duration took =
                Duration.between(Objects.requireNonNull(run.startedAt()), Objects.requireNonNull(run.finishedAt()));
        reporter.publishEntry(Map.of(
                "file", run.fileName(),
                "rows", String.valueOf(run.total()),
                "added", String.valueOf(run.added()),
                "flags", run.flags().toString(),
                "milliseconds", String.valueOf(took.toMillis())));
        assertThat(run.state()).isEqualTo(State.DONE);
        return run;
    }

    private static List<CSVRecord> records(Path file) throws IOException {
        try (var records = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(file))) {
            return records.getRecords();
        }
    }

    @Test
    void theCitizensComplaintsComeInOnceAndAreFoundByAnyPieceOfTheirText(TestReporter reporter) throws IOException {
        Path file = data("messages/messages_replies.csv");
        ImportRun first = imported(file, Mode.ARCHIVE, reporter);
        assertThat(first.added()).isEqualTo(1_408);
        assertThat(first.rejected()).isZero();

        ImportRun second = imported(file, Mode.ARCHIVE, reporter);
        assertThat(second.added()).isZero();
        assertThat(second.known()).isEqualTo(1_408);
        assertThat(stored(first)).isEqualTo(1_408);

        everyWindowIsFound(first, records(file), "留言编号", List.of("留言用户", "留言主题", "留言详情", "答复意见"));
    }

    @Test
    void theCarComplaintsComeInOnceAndAreFoundByAnyPieceOfTheirText(TestReporter reporter) throws IOException {
        Path file = data("car/car_complaints.csv");
        ImportRun first = imported(file, Mode.LIVE, reporter);
        assertThat(first.added()).isEqualTo(300);
        assertThat(imports.warnings(first.id()).stream()
                        .mapToInt(Imports.Warning::overdue)
                        .sum())
                .isEqualTo(300);

        ImportRun second = imported(file, Mode.LIVE, reporter);
        assertThat(second.added()).isZero();
        assertThat(second.known()).isEqualTo(300);
        assertThat(stored(first)).isEqualTo(300);

        everyWindowIsFound(first, records(file), "id_", List.of("brand", "car_model", "desc"));
    }

    @Test
    void theSheetOfManyEmptyRowsGivesItsComplaintsAndOneConflict(TestReporter reporter) throws IOException {
        Path file = data("messages/labelled_messages_65k_empty_rows.xlsx");
        ImportRun first = imported(file, Mode.LIVE, reporter);
        assertThat(first.total()).isEqualTo(495);
        assertThat(first.added()).isEqualTo(494);
        assertThat(stored(first)).isEqualTo(494);
        var rejected = imports.rejections(first.id(), 0, 10);
        assertThat(rejected).hasSize(1);
        assertThat(rejected.getFirst().rejection().reasons().getFirst()).satisfies(reason -> {
            assertThat(reason.column()).isEqualTo("留言编号");
            assertThat(reason.messageKey()).isEqualTo("imports.reason.conflict");
            assertThat(Integer.parseInt(reason.arguments().get(1)))
                    .isLessThan((int) rejected.getFirst().rejection().line());
        });

        ImportRun second = imported(file, Mode.LIVE, reporter);
        assertThat(second.added()).isZero();
        assertThat(second.known()).isEqualTo(494);
        assertThat(second.rejected()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "messages/messages_votes.csv, 2163",
        "messages/labelled_messages.csv, 297",
        "car/nhtsa_complaints.csv, 156",
        "cfpb/complaints_sample.csv, 2208",
        "appliance/reviews.csv, 5466"
    })
    void otherTablesComeInWithoutACrash(String name, int rows, TestReporter reporter) throws IOException {
        ImportRun run = imported(data(name), Mode.LIVE, reporter);

        assertThat(run.total()).isEqualTo(rows);
        assertThat(run.position()).isEqualTo(rows);
        assertThat(run.added()).isPositive();
        assertThat(run.rejected()).isEqualTo(rejections(run.id()));
    }

    private int rejections(UUID run) {
        int count = 0;
        int last = 0;
        List<Imports.NumberedRejection> page = imports.rejections(run, last, 500);
        while (!page.isEmpty()) {
            assertThat(page)
                    .allSatisfy(each -> assertThat(each.rejection().reasons()).isNotEmpty());
            count += page.size();
            page = imports.rejections(run, page.getLast().number(), 500);
        }
        return count;
    }

    private int stored(ImportRun run) {
        return jdbc.sql("select count(*) from complaint.api_complaint where origin = :origin")
                .param("origin", run.origin())
                .query(Integer.class)
                .single();
    }

    private void everyWindowIsFound(ImportRun run, List<CSVRecord> rows, String key, List<String> columns) {
        CSVRecord last = rows.getLast();
        for (CSVRecord row : List.of(rows.getFirst(), last)) {
            UUID id = complaints.find(number(run, row.get(key))).orElseThrow().id();
            assertThat(search.await(id, 1, GENEROUS)).isTrue();
        }
        var random = new Random(20_261_122);
        int mixed = 0;
        var lost = new ArrayList<String>();
        for (int i = 0; i < WINDOWS; i++) {
            CSVRecord row = rows.get(random.nextInt(rows.size()));
            String window =
                    window(row.get(columns.get(random.nextInt(columns.size()))).strip(), random);
            boolean isHan = HAN.matcher(window).matches();
            mixed += isHan ? 0 : 1;
            boolean isFound = walked(window).contains(number(run, row.get(key)));
            if (isHan) {
                assertThat(isFound)
                        .as("window «%s» of %s", window, row.get(key))
                        .isTrue();
            } else if (!isFound) {
                lost.add(window);
            }
        }
        assertThat(mixed).isLessThan(WINDOWS);
        assertThat(lost).as("of %d mixed windows", mixed).hasSizeLessThanOrEqualTo(mixed / 20);
    }

    private static String window(String text, Random random) {
        int[] points = text.codePoints().toArray();
        int length = Math.min(points.length, 2 + random.nextInt(5));
        return new String(points, random.nextInt(points.length - length + 1), length);
    }

    private ComplaintNumber number(ImportRun run, String externalNumber) {
        return complaints.find(run.origin(), externalNumber.strip()).orElseThrow();
    }

    private Set<ComplaintNumber> walked(String text) {
        var found = new HashSet<ComplaintNumber>();
        @Nullable String cursor = null;
        do {
            ComplaintSearch.Page page = search.search(ALL, text, cursor, 200);
            page.rows().forEach(row -> found.add(row.number()));
            cursor = page.next();
        } while (cursor != null);
        return found;
    }
}
