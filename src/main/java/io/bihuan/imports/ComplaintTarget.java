package io.bihuan.imports;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.Registration;
import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRejection.Reason;
import io.bihuan.imports.ImportRun.Flag;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.Settings;
import io.bihuan.intake.Intake;
import io.bihuan.intake.InvalidSubmission;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows that become complaints, each once by its number within the source of the table. */
@Component
final class ComplaintTarget implements ImportTarget {
    private final JdbcClient jdbc;
    private final Packs packs;
    private final Shares shares;
    private final Intake intake;
    private final Complaints complaints;
    private final ZoneId zone;

    ComplaintTarget(
            JdbcClient jdbc,
            Packs packs,
            Shares shares,
            Intake intake,
            Complaints complaints,
            @Value("${bihuan.zone:Asia/Shanghai}") ZoneId zone) {
        this.jdbc = jdbc;
        this.packs = packs;
        this.shares = shares;
        this.intake = intake;
        this.complaints = complaints;
        this.zone = zone;
    }

    @Override
    public Kind kind() {
        return Kind.COMPLAINTS;
    }

    @Override
    public List<Target> meanings() {
        return List.of(
                Target.IGNORED,
                Target.EXTERNAL_NUMBER,
                Target.TITLE,
                Target.CONTENT,
                Target.RECEIVED_AT,
                Target.OCCURRED_AT,
                Target.NAME,
                Target.PHONE,
                Target.EMAIL,
                Target.CATEGORY,
                Target.REMEDY,
                Target.REPLY,
                Target.CLOSED_AT,
                Target.NOTE,
                Target.PRODUCT);
    }

    @Override
    public void check(Settings settings, String source) {
        if (!settings.has(Target.CONTENT) && !settings.has(Target.TITLE)) {
            throw new Refused("imports.refused.no-content");
        }
    }

    @Override
    public Rows open(ImportRun run) {
        return new RowsOfRun(run);
    }

    private final class RowsOfRun implements Rows {
        private final ImportRun run;
        private final Pack pack;
        private final RowReader reader;
        private final Actor actor;

        RowsOfRun(ImportRun run) {
            this.run = run;
            this.pack = packs.of(run.settings().businessLine());
            this.actor = Actor.staff(run.startedBy());
            this.reader =
                    new RowReader(run.settings(), run.origin(), pack, zone, Objects.requireNonNull(run.startedAt()));
        }

        @Override
        public @Nullable String number(Table.Row row) {
            return reader.number(row);
        }

        @Override
        public List<Step> prepare(List<Candidate> rows) {
            List<RowReader.Reading> readings =
                    rows.stream().map(each -> reader.read(each.row())).toList();
            Set<String> known = known(readings);
            var steps = new ArrayList<Step>(rows.size());
            for (int i = 0; i < rows.size(); i++) {
                steps.add(step(readings.get(i), rows.get(i).conflict(), known));
            }
            return steps;
        }

        private Set<String> known(List<RowReader.Reading> readings) {
            String[] numbers = readings.stream()
                    .filter(RowReader.Legible.class::isInstance)
                    .map(each -> ((RowReader.Legible) each).externalNumber())
                    .toArray(String[]::new);
            return new HashSet<>(jdbc.sql("""
                select external_number from complaint.api_complaint
                where origin = :origin and external_number = any(:numbers)
                """)
                    .param("origin", run.origin())
                    .param("numbers", numbers)
                    .query(String.class)
                    .list());
        }

        private Step step(RowReader.Reading reading, @Nullable Long conflict, Set<String> known) {
            return switch (reading) {
                case RowReader.Illegible wrong -> new Reject(wrong.row(), wrong.reasons());
                case RowReader.Legible right -> {
                    if (!known.add(right.externalNumber())) {
                        yield conflict == null ? new Known(right.row()) : conflicting(right, conflict);
                    }
                    try {
                        Registration registration = intake.read(right.submission());
                        Set<Flag> flags = EnumSet.noneOf(Flag.class);
                        flags.addAll(right.flags());
                        if (registration.category() == null) {
                            flags.add(Flag.NO_CATEGORY);
                        }
                        yield new Take(right.row(), () -> taken(complaints.register(registration, actor), flags));
                    } catch (InvalidSubmission invalid) {
                        known.remove(right.externalNumber());
                        yield new Reject(right.row(), reasons(invalid));
                    }
                }
            };
        }

        private Reject conflicting(RowReader.Legible row, long earlier) {
            return new Reject(
                    row.row(),
                    List.of(Reason.of(
                            reader.columnOf("/externalNumber"),
                            "imports.reason.conflict",
                            row.externalNumber(),
                            earlier)));
        }

        private List<Reason> reasons(InvalidSubmission invalid) {
            return invalid.problems().stream()
                    .map(problem -> Reason.of(
                            reader.columnOf(problem.pointer()),
                            problem.messageKey(),
                            problem.arguments().toArray()))
                    .toList();
        }

        private Taken taken(Complaint complaint, Set<Flag> flags) {
            return new Taken.Added(flags, shares.of(complaint, pack));
        }
    }
}
