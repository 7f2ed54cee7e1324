package io.bihuan.regulator;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Registration;
import io.bihuan.imports.ImportColumn;
import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRejection.Reason;
import io.bihuan.imports.ImportRun;
import io.bihuan.imports.ImportRun.Flag;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.Settings;
import io.bihuan.imports.ImportTarget;
import io.bihuan.imports.RowReader;
import io.bihuan.imports.Shares;
import io.bihuan.imports.SheetTimes;
import io.bihuan.imports.Table;
import io.bihuan.intake.Intake;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.intake.Submission.Door;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Rows that become cases of authorities, each once by the number of its authority, whichever table brings it. */
@Component
final class RegulatorTarget implements ImportTarget {
    private final RegulatorCases cases;
    private final Intake intake;
    private final Packs packs;
    private final Shares shares;
    private final ZoneId zone;

    RegulatorTarget(
            RegulatorCases cases,
            Intake intake,
            Packs packs,
            Shares shares,
            @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.cases = cases;
        this.intake = intake;
        this.packs = packs;
        this.shares = shares;
        this.zone = zone;
    }

    @Override
    public Kind kind() {
        return Kind.REGULATOR_CASES;
    }

    @Override
    public List<Target> meanings() {
        return List.of(
                Target.IGNORED,
                Target.AUTHORITY,
                Target.EXTERNAL_NUMBER,
                Target.RECEIVED_AT,
                Target.STATED_DUE_AT,
                Target.TITLE,
                Target.CONTENT,
                Target.NAME,
                Target.PHONE,
                Target.EMAIL,
                Target.CATEGORY,
                Target.REMEDY,
                Target.OCCURRED_AT,
                Target.BUSINESS_LINE,
                Target.NOTE,
                Target.PRODUCT);
    }

    @Override
    public void check(Settings settings, String source) {
        if (!settings.has(Target.AUTHORITY) && Authority.named(source).isEmpty()) {
            throw new Refused("regulator.import.no-authority");
        }
        if (!settings.has(Target.EXTERNAL_NUMBER)) {
            throw new Refused("regulator.import.no-number");
        }
        if (!settings.has(Target.RECEIVED_AT)) {
            throw new Refused("regulator.import.no-time");
        }
        if (!settings.has(Target.CONTENT) && !settings.has(Target.TITLE)) {
            throw new Refused("imports.refused.no-content");
        }
    }

    @Override
    public Rows open(ImportRun run) {
        return new RowsOfRun(run);
    }

    /** A row that is a case as far as the table alone tells. */
    private record Read(
            Candidate candidate,
            Authority authority,
            RowReader reader,
            Pack pack,
            RowReader.Legible legible,
            @Nullable Instant statedDueAt) {
        String key() {
            return RegulatorCases.key(authority, legible.externalNumber());
        }
    }

    private final class RowsOfRun implements Rows {
        private final ImportRun run;
        private final List<ImportColumn> columns;
        private final Actor actor;
        private final Map<Target, Integer> places = new EnumMap<>(Target.class);
        /** By business line: another line has another form and other categories. */
        private final Map<String, RowReader> readers = new HashMap<>();

        RowsOfRun(ImportRun run) {
            this.run = run;
            this.columns = run.settings().columns();
            this.actor = Actor.staff(run.startedBy());
            for (int i = 0; i < columns.size(); i++) {
                places.putIfAbsent(columns.get(i).target(), i);
            }
        }

        @Override
        public @Nullable String number(Table.Row row) {
            String number = cell(row, Target.EXTERNAL_NUMBER);
            return number.isEmpty()
                    ? null
                    : authority(row)
                            .map(authority -> RegulatorCases.key(authority, number))
                            .orElse(null);
        }

        @Override
        public List<Step> prepare(List<Candidate> rows) {
            var readings = new ArrayList<Object>(rows.size());
            var authorities = EnumSet.noneOf(Authority.class);
            var numbers = new ArrayList<String>();
            for (Candidate candidate : rows) {
                var wrong = new ArrayList<Reason>();
                Read read = read(candidate, wrong);
                if (read == null) {
                    readings.add(new Reject(candidate.row(), wrong));
                } else {
                    readings.add(read);
                    authorities.add(read.authority());
                    numbers.add(read.legible().externalNumber());
                }
            }
            Set<String> known = cases.registered(authorities, numbers);
            return readings.stream()
                    .map(each -> each instanceof Read read ? step(read, known) : (Reject) each)
                    .toList();
        }

        private Step step(Read read, Set<String> known) {
            Table.Row row = read.candidate().row();
            Long earlier = read.candidate().conflict();
            if (!known.add(read.key())) {
                return earlier == null
                        ? new Known(row)
                        : new Reject(
                                row,
                                List.of(Reason.of(
                                        header(Target.EXTERNAL_NUMBER),
                                        "imports.reason.conflict",
                                        read.legible().externalNumber(),
                                        earlier)));
            }
            try {
                Registration registration = intake.read(read.legible().submission());
                Set<Flag> flags = EnumSet.noneOf(Flag.class);
                flags.addAll(read.legible().flags());
                if (registration.category() == null) {
                    flags.add(Flag.NO_CATEGORY);
                }
                return new Take(row, () -> taken(read, registration, flags));
            } catch (InvalidSubmission invalid) {
                known.remove(read.key());
                return new Reject(
                        row,
                        invalid.problems().stream()
                                .map(problem -> Reason.of(
                                        read.reader().columnOf(problem.pointer()),
                                        problem.messageKey(),
                                        problem.arguments().toArray()))
                                .toList());
            }
        }

        private Taken taken(Read read, Registration registration, Set<Flag> flags) {
            return cases.registerWithin(registration, read.authority(), read.statedDueAt(), actor)
                    .<Taken>map(complaint -> new Taken.Added(flags, shares.of(complaint, read.pack())))
                    .orElseGet(Taken.Updated::new);
        }

        private @Nullable Read read(Candidate candidate, List<Reason> wrong) {
            Table.Row row = candidate.row();
            Optional<Authority> authority = authority(row);
            if (authority.isEmpty()) {
                String given = cell(row, Target.AUTHORITY);
                wrong.add(
                        given.isEmpty()
                                ? missing(Target.AUTHORITY)
                                : Reason.of(header(Target.AUTHORITY), "regulator.import.authority", shortened(given)));
            }
            for (Target needed : List.of(Target.EXTERNAL_NUMBER, Target.RECEIVED_AT)) {
                if (cell(row, needed).isEmpty()) {
                    wrong.add(missing(needed));
                }
            }
            Optional<String> line = line(row);
            if (line.isEmpty()) {
                wrong.add(Reason.of(
                        header(Target.BUSINESS_LINE),
                        "regulator.import.line",
                        shortened(cell(row, Target.BUSINESS_LINE))));
            }
            Instant due = due(row, wrong);
            RowReader reader = reader(line.orElse(run.settings().businessLine()));
            RowReader.Reading reading =
                    reader.read(row, authority.orElse(Authority.OTHER).origin());
            return switch (reading) {
                case RowReader.Illegible illegible -> {
                    wrong.addAll(illegible.reasons());
                    yield null;
                }
                case RowReader.Legible legible -> {
                    Instant sentAt = legible.submission().receivedAt();
                    if (due != null && sentAt != null && due.isBefore(sentAt)) {
                        wrong.add(Reason.of(header(Target.STATED_DUE_AT), "regulator.due.early"));
                    }
                    yield wrong.isEmpty()
                            ? new Read(
                                    candidate,
                                    authority.orElseThrow(),
                                    reader,
                                    packs.of(line.orElseThrow()),
                                    legible,
                                    due)
                            : null;
                }
            };
        }

        private RowReader reader(String line) {
            Settings settings = run.settings();
            return readers.computeIfAbsent(
                    line,
                    each -> new RowReader(
                            new Settings(
                                    settings.kind(), settings.reading(), ImportRun.Mode.LIVE, each, settings.columns()),
                            Door.MESSAGE,
                            Channel.REGULATOR,
                            Authority.OTHER.origin(),
                            packs.of(each),
                            zone,
                            Objects.requireNonNull(run.startedAt())));
        }

        /** Whom the row names, or the source of the table where it names nobody. */
        private Optional<Authority> authority(Table.Row row) {
            String given = cell(row, Target.AUTHORITY);
            return Authority.named(given.isEmpty() ? run.source() : given);
        }

        private Optional<String> line(Table.Row row) {
            String given = cell(row, Target.BUSINESS_LINE);
            if (given.isEmpty()) {
                return Optional.of(run.settings().businessLine());
            }
            return packs.businessLines().stream()
                    .filter(line -> line.equalsIgnoreCase(given)
                            || given.equals(packs.line(line).name().zh())
                            || given.equalsIgnoreCase(packs.line(line).name().en()))
                    .findFirst();
        }

        /** A day without a time lasts until its end. */
        private @Nullable Instant due(Table.Row row, List<Reason> wrong) {
            String given = cell(row, Target.STATED_DUE_AT);
            if (given.isEmpty()) {
                return null;
            }
            Optional<Instant> due = SheetTimes.read(given, zone);
            if (due.isEmpty()) {
                wrong.add(Reason.of(header(Target.STATED_DUE_AT), "imports.reason.time", shortened(given)));
                return null;
            }
            var local = due.get().atZone(zone);
            return local.toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? local.with(LocalTime.of(23, 59)).toInstant()
                    : due.get();
        }

        private Reason missing(Target target) {
            return Reason.of(header(target), "regulator.import.missing");
        }

        private String cell(Table.Row row, Target target) {
            Integer place = places.get(target);
            return place == null ? "" : row.cell(place);
        }

        private @Nullable String header(Target target) {
            Integer place = places.get(target);
            return place == null ? null : columns.get(place).header();
        }
    }

    private static String shortened(String given) {
        return given.codePointCount(0, given.length()) <= 40
                ? given
                : given.substring(0, given.offsetByCodePoints(0, 40)) + "…";
    }
}
