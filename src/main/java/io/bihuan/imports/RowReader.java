package io.bihuan.imports;

import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Registration;
import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRejection.Reason;
import io.bihuan.imports.ImportRun.Flag;
import io.bihuan.imports.ImportRun.Mode;
import io.bihuan.intake.Submission;
import io.bihuan.intake.Submission.Door;
import io.bihuan.pack.Category;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import io.bihuan.privacy.Personal;
import io.bihuan.web.StorableText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns rows of a table into submissions. Nothing of a mapped column is lost: what cannot be read as what it should be becomes text. */
public final class RowReader {
    /** What a row says. */
    public sealed interface Reading {
        Table.Row row();
    }

    /**
     * What can be taken in.
     *
     * @param flags what it lacks as far as the row alone tells
     */
    public record Legible(Table.Row row, Submission submission, Set<Flag> flags) implements Reading {
        /** Never null: a row without a number gets its own. */
        public String externalNumber() {
            return java.util.Objects.requireNonNull(submission.externalNumber());
        }
    }

    /** What cannot be taken in, and why. */
    public record Illegible(Table.Row row, List<Reason> reasons) implements Reading {}

    private static final String OWN_NUMBER = "row-";
    private static final int OWN_NUMBER_BYTES = 12;
    private static final char REPLACEMENT = '\uFFFD';

    private final List<ImportColumn> columns;
    private final Mode mode;
    private final String businessLine;
    private final Door door;
    private final Channel channel;
    private final String origin;
    private final Pack pack;
    private final ZoneId zone;
    private final Instant importedAt;
    private final Map<Target, Integer> places = new EnumMap<>(Target.class);

    /**
     * Reads what comes through the door of imports.
     *
     * @param importedAt stands for times that are not given
     */
    RowReader(ImportRun.Settings settings, String origin, Pack pack, ZoneId zone, Instant importedAt) {
        this(settings, Door.IMPORT, Channel.IMPORT, origin, pack, zone, importedAt);
    }

    /**
     * Reads what came through another channel and was only brought in a table.
     *
     * @param importedAt stands for times that are not given
     */
    public RowReader(
            ImportRun.Settings settings,
            Door door,
            Channel channel,
            String origin,
            Pack pack,
            ZoneId zone,
            Instant importedAt) {
        this.door = door;
        this.channel = channel;
        this.columns = settings.columns();
        this.mode = settings.mode();
        this.businessLine = settings.businessLine();
        this.origin = origin;
        this.pack = pack;
        this.zone = zone;
        this.importedAt = importedAt;
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).target().isShared()) {
                places.putIfAbsent(columns.get(i).target(), i);
            }
        }
    }

    /** What a row says. */
    public Reading read(Table.Row row) {
        return read(row, origin);
    }

    /** What a row says whose number counts in that origin. */
    public Reading read(Table.Row row, String itsOrigin) {
        return new OneRow(row, itsOrigin).read();
    }

    /** The number that the table gives a row; null when it gives none. */
    public @Nullable String number(Table.Row row) {
        Integer place = places.get(Target.EXTERNAL_NUMBER);
        String number = place == null ? "" : row.cell(place);
        return number.isEmpty() ? null : number;
    }

    /** The name of the column at which a field of a submission was read. */
    public @Nullable String columnOf(String pointer) {
        Target target =
                switch (pointer) {
                    case "/externalNumber" -> Target.EXTERNAL_NUMBER;
                    case "/title" -> Target.TITLE;
                    case "/content" -> Target.CONTENT;
                    case "/receivedAt" -> Target.RECEIVED_AT;
                    case "/occurredAt" -> Target.OCCURRED_AT;
                    case "/customer/name" -> Target.NAME;
                    case "/customer/phone" -> Target.PHONE;
                    case "/customer/email" -> Target.EMAIL;
                    case "/category" -> Target.CATEGORY;
                    case "/remedySought" -> Target.REMEDY;
                    default -> null;
                };
        Integer place = target == null ? null : places.get(target);
        return place == null ? null : columns.get(place).header();
    }

    /** A number that equal rows share, for tables without numbers. */
    private static String ownNumber(Table.Row row) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String cell : row.cells()) {
                digest.update(cell.strip().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0x1F);
            }
            return OWN_NUMBER + HexFormat.of().formatHex(digest.digest(), 0, OWN_NUMBER_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    private final class OneRow {
        private final Table.Row row;
        private final String itsOrigin;
        private final List<Reason> wrong = new ArrayList<>();
        private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
        private final List<String> notes = new ArrayList<>();

        OneRow(Table.Row row, String itsOrigin) {
            this.row = row;
            this.itsOrigin = itsOrigin;
        }

        Reading read() {
            if (row.isWiderThan(columns.size())) {
                return new Illegible(
                        row,
                        List.of(Reason.of(
                                null, "imports.reason.wide", row.cells().size(), columns.size())));
            }
            checkText();
            if (row.cells().size() < columns.size()) {
                flags.add(Flag.SHORT_ROW);
            }
            var draft = Submission.through(door, businessLine, channel)
                    .title(optional(Target.TITLE))
                    .customer(optional(Target.NAME), optional(Target.PHONE), optional(Target.EMAIL))
                    .category(category())
                    .remedySought(remedy())
                    .product(product())
                    .occurredAt(occurredAt());
            if (!has(Target.PHONE) && !has(Target.EMAIL)) {
                flags.add(Flag.NO_CONTACT);
            }
            String number = text(Target.EXTERNAL_NUMBER);
            draft.external(itsOrigin, number.isEmpty() ? ownNumber(row) : number);
            Instant given = moment(Target.RECEIVED_AT);
            if (given == null) {
                flags.add(Flag.NO_RECEIVED_TIME);
            }
            Instant receivedAt = given == null ? importedAt : given;
            draft.receivedAt(receivedAt);
            switch (mode) {
                case ARCHIVE -> draft.archive(archive(receivedAt));
                case LIVE -> {
                    note(Target.REPLY);
                    note(Target.CLOSED_AT);
                }
            }
            noteShared();
            draft.content(content());
            return wrong.isEmpty() ? new Legible(row, draft.build(), flags) : new Illegible(row, wrong);
        }

        private void checkText() {
            for (int i = 0; i < columns.size(); i++) {
                String cell = row.cell(i);
                if (columns.get(i).target() != Target.IGNORED) {
                    if (!StorableText.is(cell)) {
                        wrong.add(Reason.of(columns.get(i).header(), "web.field.unstorable"));
                    }
                    if (cell.indexOf(REPLACEMENT) >= 0) {
                        flags.add(Flag.BROKEN_CHARACTERS);
                    }
                }
            }
        }

        private String content() {
            String written = text(Target.CONTENT);
            var content = new StringBuilder(written.isEmpty() ? text(Target.TITLE) : written);
            if (!content.isEmpty() && !notes.isEmpty()) {
                content.append("\n\n").append(String.join("\n", notes));
            }
            return content.toString();
        }

        private @Nullable String category() {
            String given = text(Target.CATEGORY);
            if (given.isEmpty()) {
                return null;
            }
            Optional<Category> found = pack.categories()
                    .find(given)
                    .or(() -> pack.categories().all().stream()
                            .filter(each -> given.equalsIgnoreCase(each.label().zh())
                                    || given.equalsIgnoreCase(each.label().en()))
                            .findFirst());
            if (found.isEmpty()) {
                keepAsText(Target.CATEGORY);
            }
            return found.map(Category::code).orElse(null);
        }

        private @Nullable String remedy() {
            String given = text(Target.REMEDY);
            if (given.isEmpty()) {
                return null;
            }
            boolean isKnown = pack.remedies().all().stream()
                    .anyMatch(each -> given.equalsIgnoreCase(each.code())
                            || given.equals(each.label().zh())
                            || given.equalsIgnoreCase(each.label().en()));
            if (!isKnown) {
                keepAsText(Target.REMEDY);
            }
            return isKnown ? given : null;
        }

        private Map<String, String> product() {
            var answers = new LinkedHashMap<String, String>();
            for (int i = 0; i < columns.size(); i++) {
                ImportColumn column = columns.get(i);
                String key = column.productField();
                String given = row.cell(i);
                if (key != null && !given.isEmpty()) {
                    Optional<String> answer = pack.form().find(key).flatMap(field -> answer(field, given));
                    if (answer.isPresent()) {
                        answers.put(key, answer.get());
                    } else {
                        keepAsText(i);
                    }
                }
            }
            return answers;
        }

        private Optional<String> answer(FormField field, String given) {
            String read =
                    switch (field.type()) {
                        case CHOICE ->
                            field.options().stream()
                                    .filter(option -> given.equalsIgnoreCase(option.code())
                                            || given.equals(option.label().zh())
                                            || given.equalsIgnoreCase(
                                                    option.label().en()))
                                    .map(FormField.Option::code)
                                    .findFirst()
                                    .orElse(given);
                        case DATE -> SheetTimes.day(given, zone).orElse(given);
                        case TEXT,
                                NUMBER,
                                PHONE,
                                SERIAL,
                                VIN,
                                PLATE,
                                CREDIT_CODE,
                                ID_CARD,
                                BANK_CARD,
                                MONEY,
                                EMAIL,
                                FLAG -> field.normal(given);
                    };
            boolean isWrong =
                    field.error(read, LocalDate.ofInstant(importedAt, zone)).isPresent();
            return isWrong ? Optional.empty() : Optional.of(read);
        }

        private @Nullable Instant occurredAt() {
            String given = text(Target.OCCURRED_AT);
            if (given.isEmpty()) {
                return null;
            }
            Optional<Instant> read = SheetTimes.read(given, zone);
            if (read.isEmpty()) {
                keepAsText(Target.OCCURRED_AT);
            }
            return read.orElse(null);
        }

        private Registration.Archive archive(Instant receivedAt) {
            String reply = text(Target.REPLY);
            if (reply.codePointCount(0, reply.length()) > Submission.LONGEST_CONTENT) {
                wrong.add(Reason.of(header(Target.REPLY), "intake.field.too-long", Submission.LONGEST_CONTENT));
            }
            Instant closedAt = moment(Target.CLOSED_AT);
            if (closedAt == null) {
                flags.add(Flag.NO_CLOSED_TIME);
            } else if (closedAt.isBefore(receivedAt)) {
                wrong.add(Reason.of(header(Target.CLOSED_AT), "imports.reason.closed-first"));
            } else if (closedAt.isAfter(importedAt.plus(Duration.ofDays(1)))) {
                wrong.add(Reason.of(header(Target.CLOSED_AT), "intake.field.future"));
            }
            return new Registration.Archive(Personal.ofNullable(reply), closedAt == null ? receivedAt : closedAt);
        }

        /** A time that decides on deadlines: one that cannot be read must not be guessed. */
        private @Nullable Instant moment(Target target) {
            String given = text(target);
            if (given.isEmpty()) {
                return null;
            }
            Optional<Instant> read = SheetTimes.read(given, zone);
            if (read.isEmpty()) {
                wrong.add(Reason.of(header(target), "imports.reason.time", shortened(given)));
            }
            return read.orElse(null);
        }

        private void noteShared() {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).target() == Target.NOTE) {
                    note(i);
                }
            }
        }

        private void keepAsText(Target target) {
            Integer place = places.get(target);
            if (place != null) {
                keepAsText(place);
            }
        }

        private void keepAsText(int column) {
            note(column);
            flags.add(Flag.VALUE_AS_TEXT);
        }

        private void note(Target target) {
            Integer place = places.get(target);
            if (place != null) {
                note(place);
            }
        }

        private void note(int column) {
            String cell = row.cell(column);
            if (!cell.isEmpty()) {
                notes.add(columns.get(column).header() + "：" + cell);
            }
        }

        private boolean has(Target target) {
            return !text(target).isEmpty();
        }

        private @Nullable String optional(Target target) {
            String text = text(target);
            return text.isEmpty() ? null : text;
        }

        private String text(Target target) {
            Integer place = places.get(target);
            return place == null ? "" : row.cell(place);
        }

        private @Nullable String header(Target target) {
            Integer place = places.get(target);
            return place == null ? null : columns.get(place).header();
        }

        private static String shortened(String given) {
            return given.codePointCount(0, given.length()) <= 40
                    ? given
                    : given.substring(0, given.offsetByCodePoints(0, 40)) + "…";
        }
    }
}
