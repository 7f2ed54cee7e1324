package io.bihuan.calendar;

import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Holiday notices from files: what is read waits as a draft until an administrator has looked at it and says yes. */
@Component
public class HolidayImports {
    /** A draft that nobody confirms is thrown away after so long. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_NAME = 32;

    /** What a file would make of a set. */
    public record Draft(UUID id, String holidays, String file, HolidayFile found) {}

    /**
     * What changes in a year.
     *
     * @param added days that are of another kind than before; {@code removed} is what they or others were
     */
    public record Change(
            int year, boolean wasAnnounced, boolean looksAnnounced, Holidays after, Holidays added, Holidays removed) {}

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final Calendars calendars;

    HolidayImports(JdbcClient jdbc, InstantSource time, Calendars calendars) {
        this.jdbc = jdbc;
        this.time = time;
        this.calendars = calendars;
    }

    /** Whether a set may be called so. */
    public static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }

    /** Reads a file into a draft; {@link HolidayFile.Unusable} when it cannot be used. */
    @Transactional
    public UUID read(String holidays, String file, byte[] content, UUID by) {
        HolidayFile found = HolidayFile.read(file, content);
        UUID id = Ids.next();
        OffsetDateTime now = time.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("delete from calendar.draft where made_at < ?")
                .param(now.minus(PATIENCE))
                .update();
        jdbc.sql(
                        "insert into calendar.draft (id, holidays, file, found, made_by, made_at) values (?, ?, ?, ?::jsonb, ?, ?)")
                .param(id)
                .param(holidays)
                .param(file)
                .param(CalendarCodec.write(found))
                .param(by)
                .param(now)
                .update();
        return id;
    }

    public Optional<Draft> find(String holidays, UUID id) {
        return jdbc.sql("select file, found from calendar.draft where id = ? and holidays = ?")
                .param(id)
                .param(holidays)
                .query((row, number) -> new Draft(
                        id,
                        holidays,
                        Objects.requireNonNull(row.getString("file")),
                        CalendarCodec.file(Objects.requireNonNull(row.getString("found")))))
                .optional();
    }

    @Transactional
    public void discard(UUID id) {
        jdbc.sql("delete from calendar.draft where id = ?").param(id).update();
    }

    /** What the draft changes, year by year, if the years that look announced are. */
    public List<Change> changes(Draft draft, Set<Integer> confirmed) {
        Holidays present = calendars.present(draft.holidays());
        Holidays then = draft.found().into(present, new TreeSet<>(confirmed));
        NavigableSet<Integer> looks = draft.found().announced();
        return draft.found().years().stream()
                .map(year -> {
                    Holidays before = present.of(year);
                    Holidays after = then.of(year);
                    return new Change(
                            year,
                            !before.announced().isEmpty(),
                            looks.contains(year),
                            after,
                            without(after, before),
                            without(before, after));
                })
                .toList();
    }

    /** Days of the one that are not the same kind of day in the other. */
    private static Holidays without(Holidays one, Holidays other) {
        var off = new TreeMap<>(one.daysOff());
        var work = new TreeMap<>(one.makeUpDays());
        off.keySet().removeAll(other.daysOff().keySet());
        work.keySet().removeAll(other.makeUpDays().keySet());
        return new Holidays(one.name(), off, work, Set.of());
    }

    /**
     * Publishes a draft, all of it or nothing.
     *
     * @param confirmed the years that the administrator calls announced
     */
    @Transactional
    public void publish(Draft draft, Set<Integer> confirmed, Actor by, String reason) {
        int deleted = jdbc.sql("delete from calendar.draft where id = ?")
                .param(draft.id())
                .update();
        if (deleted == 0) {
            throw new Refused("calendar.refused.draftGone");
        }
        var years = new TreeSet<>(confirmed);
        if (!draft.found().years().containsAll(years)) {
            throw new Refused("calendar.refused.yearNotInFile");
        }
        calendars.lock();
        calendars.publish(draft.found().into(calendars.newest(draft.holidays()), years), by, reason);
    }
}
