package io.bihuan.calendar;

import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The calendars in force and every version there ever was. A change is a new version; a holiday notice makes one of every calendar that
 * follows it. Other nodes know of a change within {@link #KNOWN_FOR}.
 */
@Component
public class Calendars {
    /** How old this node's knowledge of what is in force may be. */
    public static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    /** The reason of every version that came with the product or a pack. */
    public static final String SHIPPED = "shipped";

    /**
     * A version and where it is from.
     *
     * @param holidaysVersion of the facts that a calendar follows
     * @param isOwn written by an administrator, not shipped
     */
    public record Version(
            int version, @Nullable Integer holidaysVersion, boolean isOwn, Instant at, Actor by, String reason) {}

    private record Key(String name, int version) {}

    /** The newest version of each, by name. */
    private record Known(Map<String, WorkCalendar> calendars, Map<String, Integer> holidays, Instant until) {}

    private final JdbcClient jdbc;
    private final InstantSource time;
    private final ShippedCalendars shipped;
    private final YearTasks tasks;
    private final TransactionOperations inOneGo;
    private final Map<Key, WorkCalendar> versions = new ConcurrentHashMap<>();
    private final Map<Key, Holidays> facts = new ConcurrentHashMap<>();
    private volatile @Nullable Known known;
    private volatile boolean isShipped;

    @Autowired
    Calendars(
            JdbcClient jdbc,
            InstantSource time,
            ShippedCalendars shipped,
            YearTasks tasks,
            PlatformTransactionManager transactions) {
        this(jdbc, time, shipped, tasks, new TransactionTemplate(transactions));
    }

    Calendars(
            JdbcClient jdbc,
            InstantSource time,
            ShippedCalendars shipped,
            YearTasks tasks,
            TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.time = time;
        this.shipped = shipped;
        this.tasks = tasks;
        this.inOneGo = transactions;
    }

    /** The version in force. */
    public WorkCalendar current(String name) {
        return find(name).orElseThrow(() -> new Refused("calendar.refused.unknown", name));
    }

    public Optional<WorkCalendar> find(String name) {
        return Optional.ofNullable(known().calendars().get(name));
    }

    /** The calendar that stands in for that one where one of the keys says so (the first that does), else that one itself. */
    public WorkCalendar current(String name, List<String> keys) {
        if (!keys.isEmpty()) {
            Collection<WorkCalendar> all = known().calendars().values();
            for (String key : keys) {
                for (WorkCalendar calendar : all) {
                    if (name.equals(calendar.definition().over())
                            && calendar.definition().appliesTo().contains(key)) {
                        return calendar;
                    }
                }
            }
        }
        return current(name);
    }

    /** A version, for ever the same. */
    public WorkCalendar get(String name, int version) {
        var key = new Key(name, version);
        WorkCalendar found = versions.get(key);
        return found != null ? found : versions.computeIfAbsent(key, this::read);
    }

    /** All calendars in force, by name. */
    public Collection<WorkCalendar> all() {
        return known().calendars().values();
    }

    /** The holiday sets in force. */
    public List<Holidays> holidays() {
        return known().holidays().entrySet().stream()
                .map(entry -> facts(new Key(entry.getKey(), entry.getValue())))
                .toList();
    }

    public Holidays holidays(String name) {
        Integer version = known().holidays().get(name);
        if (version == null) {
            throw new Refused("calendar.refused.unknownHolidays", name);
        }
        return facts(new Key(name, version));
    }

    /** All versions of a calendar, the newest first; at most a hundred. */
    public List<Version> versions(String name) {
        return jdbc.sql("""
                        select version, holidays_version, origin, published_at, published_by, reason
                        from calendar.calendar where name = ? order by version desc limit 100
                        """).param(name).query(Calendars::version).list();
    }

    /** All versions of a holiday set, the newest first; at most a hundred. */
    public List<Version> holidayVersions(String name) {
        return jdbc.sql("""
                        select version, null::integer as holidays_version, origin, published_at, published_by, reason
                        from calendar.holidays where name = ? order by version desc limit 100
                        """).param(name).query(Calendars::version).list();
    }

    /** The newest version of a holiday set; 0 when there is none. */
    public int holidaysVersion(String name) {
        return known().holidays().getOrDefault(name, 0);
    }

    /** The facts as a version of the set has them. */
    public Holidays holidays(String name, int version) {
        return facts(new Key(name, version));
    }

    /**
     * A new version of a calendar, and of those that add to its hours; what already runs is corrected soon after. Says the one in force
     * when nothing would change.
     */
    @Transactional
    public WorkCalendar publish(CalendarDefinition definition, Actor by, String reason) {
        lock();
        return publish(read(), definition, "OWN", by.toString(), reason);
    }

    /** What the next version would be, without publishing it. */
    public WorkCalendar preview(CalendarDefinition definition) {
        Known now = known();
        CalendarDefinition complete = complete(now, definition);
        WorkCalendar present = now.calendars().get(definition.name());
        return new WorkCalendar(
                complete,
                present == null ? 1 : present.version() + 1,
                complete.holidays() == null ? null : present(complete.holidays()));
    }

    /** The same, refused when somebody published another version than the one that was looked at. */
    @Transactional
    public WorkCalendar publish(CalendarDefinition definition, int seen, Actor by, String reason) {
        lock();
        WorkCalendar present = read().calendars().get(definition.name());
        if (present != null && present.version() != seen) {
            throw new Refused("calendar.refused.changed", present.version());
        }
        return publish(definition, by, reason);
    }

    /**
     * New facts: they replace the set, and every calendar that follows it gets a new version. Years that they announce need nobody's
     * attention any more. Nothing happens when they say what is known.
     */
    @Transactional
    public Holidays publish(Holidays holidays, Actor by, String reason) {
        lock();
        publish(read(), holidays, "OWN", by.toString(), reason);
        return holidays;
    }

    /**
     * Says that a deadline depends on a year of a holiday set. When its notice is missing, an administrator gets the task to find it;
     * asking again costs nothing. Part of the caller's transaction; never waits for another one.
     */
    public void needed(String holidays, int year) {
        Integer version = known().holidays().get(holidays);
        if (version != null && !facts(new Key(holidays, version)).announced().contains(year)) {
            tasks.raise(holidays, year, version, YearTasks.Cause.DEADLINE);
        }
    }

    /** What is in force is read again at the next question. */
    public void forget() {
        known = null;
    }

    // ---- inside ----

    private Known known() {
        if (TransactionSynchronizationManager.hasResource(this)) {
            return read(); // what this transaction wrote, which nobody else may see yet
        }
        Known now = known;
        Instant at = time.instant();
        if (now == null || !at.isBefore(now.until())) {
            now = read();
            if (!isShipped || shipped.isMissing(now.calendars(), now.holidays().keySet())) {
                ship();
                now = read();
                if (TransactionSynchronizationManager.hasResource(this)) {
                    return now; // the caller's transaction may take it back
                }
                isShipped = true;
            }
            known = now;
        }
        return now;
    }

    private Known read() {
        var calendars = new TreeMap<String, WorkCalendar>();
        record Row(String name, int version) {}
        // bounded: administrators write calendars by hand
        List<Row> rows = jdbc.sql("select name, max(version) as version from calendar.calendar group by name")
                .query((row, number) -> new Row(Objects.requireNonNull(row.getString("name")), row.getInt("version")))
                .list();
        rows.forEach(row -> calendars.put(row.name(), get(row.name(), row.version())));
        var holidays = new LinkedHashMap<String, Integer>();
        // bounded: one for each country
        jdbc.sql("select name, max(version) as version from calendar.holidays group by name order by name")
                .query((row, number) -> new Row(Objects.requireNonNull(row.getString("name")), row.getInt("version")))
                .list()
                .forEach(row -> holidays.put(row.name(), row.version()));
        return new Known(calendars, holidays, time.instant().plus(KNOWN_FOR));
    }

    /**
     * Writes down the calendars of packs that come into force.
     *
     * @param isMissingOnly leaves those alone that exist: the packs come into force later, and what runs now keeps its hours
     */
    void ship(List<ShippedCalendars.Shipped> ofPacks, boolean isMissingOnly) {
        known(); // the product's own come first: they may be built upon
        if (ofPacks.isEmpty()) {
            return;
        }
        inOneGo.executeWithoutResult(status -> {
            lock();
            for (ShippedCalendars.Shipped each : ofPacks) {
                if (!isMissingOnly
                        || !read().calendars().containsKey(each.definition().name())) {
                    ship(each, false);
                }
            }
        });
    }

    /** Whether that is what the packs said last of this calendar. */
    boolean isShipped(CalendarDefinition definition) {
        return jdbc.sql("""
                        select content = ?::jsonb from calendar.shipped where kind = 'CALENDAR' and name = ?
                        order by number desc limit 1
                        """)
                .param(CalendarCodec.write(definition))
                .param(definition.name())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Writes down what the product has and nobody has written yet; one node does it, the others find it done. */
    private void ship() {
        inOneGo.executeWithoutResult(status -> {
            lock();
            for (ShippedFacts set : shipped.holidays()) {
                Holidays facts = set.holidays();
                String content = news("HOLIDAYS", facts.name(), set.edition(), CalendarCodec.write(facts), true);
                if (content != null || !read().holidays().containsKey(facts.name())) {
                    Known now = read();
                    Integer present = now.holidays().get(facts.name());
                    Holidays merged = present == null
                            ? facts
                            : facts(new Key(facts.name(), present))
                                    .with(facts, content == null ? facts : CalendarCodec.holidays(content));
                    publish(now, merged, "SHIPPED", Actor.SYSTEM.toString(), SHIPPED);
                }
            }
            for (ShippedCalendars.Shipped each : shipped.calendars()) {
                ship(each, true);
            }
        });
    }

    private void ship(ShippedCalendars.Shipped each, boolean isByEdition) {
        CalendarDefinition definition = each.definition();
        String before =
                news("CALENDAR", definition.name(), each.edition(), CalendarCodec.write(definition), isByEdition);
        Known now = read();
        WorkCalendar present = now.calendars().get(definition.name());
        boolean isOwn = present != null && originOf(present).equals("OWN");
        if (present == null || (before != null && !isOwn)) {
            publish(now, definition, "SHIPPED", Actor.SYSTEM.toString(), SHIPPED);
        }
    }

    /**
     * Notes what ships. Null when that was noted before or is older than what was; else what shipped before, or the same when nothing
     * did.
     *
     * @param isByEdition whether a lower edition is older; of a pack somebody may go back to one
     */
    private @Nullable String news(String kind, String name, int edition, String content, boolean isByEdition) {
        record Row(int number, int edition, String content, boolean isSame) {}
        Row last = jdbc.sql("""
                        select number, edition, content, content = ?::jsonb as is_same from calendar.shipped
                        where kind = ? and name = ? order by number desc limit 1
                        """)
                .param(content)
                .param(kind)
                .param(name)
                .query((row, number) -> new Row(
                        row.getInt("number"),
                        row.getInt("edition"),
                        Objects.requireNonNull(row.getString("content")),
                        row.getBoolean("is_same")))
                .optional()
                .orElse(null);
        if (last != null && (last.isSame() || (isByEdition && last.edition() > edition))) {
            return null;
        }
        jdbc.sql(
                        "insert into calendar.shipped (kind, name, number, edition, content, at) values (?, ?, ?, ?, ?::jsonb, ?)")
                .param(kind)
                .param(name)
                .param(last == null ? 1 : last.number() + 1)
                .param(edition)
                .param(content)
                .param(now())
                .update();
        return last == null ? content : last.content();
    }

    private WorkCalendar publish(Known now, CalendarDefinition definition, String origin, String by, String reason) {
        CalendarDefinition complete = complete(now, definition);
        WorkCalendar present = now.calendars().get(complete.name());
        if (present != null && present.definition().equals(complete)) {
            return present;
        }
        WorkCalendar published = insert(complete, origin, by, reason);
        for (WorkCalendar above : now.calendars().values()) {
            if (complete.name().equals(above.definition().over())
                    && above.definition().isBuiltUponAnother()) {
                insert(above.definition().upon(complete), originOf(above), by, reason);
            }
        }
        return published;
    }

    private static CalendarDefinition complete(Known now, CalendarDefinition definition) {
        String over = definition.over();
        if (over == null) {
            return definition;
        }
        WorkCalendar below = now.calendars().get(over);
        if (below == null) {
            throw new Refused("calendar.refused.unknown", over);
        }
        return definition.isBuiltUponAnother() ? definition.upon(below.definition()) : definition;
    }

    private void publish(Known now, Holidays holidays, String origin, String by, String reason) {
        Integer present = now.holidays().get(holidays.name());
        if (present == null || !facts(new Key(holidays.name(), present)).equals(holidays)) {
            insert(holidays, origin, by, reason);
            for (WorkCalendar calendar : now.calendars().values()) {
                if (holidays.name().equals(calendar.definition().holidays())) {
                    insert(calendar.definition(), originOf(calendar), by, reason);
                }
            }
        }
        tasks.close(holidays, by);
    }

    private WorkCalendar insert(CalendarDefinition definition, String origin, String by, String reason) {
        int version = jdbc.sql("""
                        insert into calendar.calendar (name, version, definition, holidays, holidays_version, origin, published_at,
                            published_by, reason)
                        values (?, (select coalesce(max(version), 0) + 1 from calendar.calendar where name = ?), ?::jsonb, ?,
                            (select max(version) from calendar.holidays where name = ?), ?, ?, ?, ?)
                        returning version
                        """)
                .param(definition.name())
                .param(definition.name())
                .param(CalendarCodec.write(definition))
                .param(definition.holidays())
                .param(definition.holidays())
                .param(origin)
                .param(now())
                .param(by)
                .param(reason)
                .query(Integer.class)
                .single();
        var key = new Key(definition.name(), version);
        undo(() -> versions.remove(key));
        return read(key);
    }

    private void insert(Holidays holidays, String origin, String by, String reason) {
        int version = jdbc.sql("""
                        insert into calendar.holidays (name, version, facts, origin, published_at, published_by, reason)
                        values (?, (select coalesce(max(version), 0) + 1 from calendar.holidays where name = ?), ?::jsonb, ?, ?, ?, ?)
                        returning version
                        """)
                .param(holidays.name())
                .param(holidays.name())
                .param(CalendarCodec.write(holidays))
                .param(origin)
                .param(now())
                .param(by)
                .param(reason)
                .query(Integer.class)
                .single();
        var key = new Key(holidays.name(), version);
        undo(() -> facts.remove(key));
    }

    /** Until the transaction ends it alone sees what it wrote, and nobody remembers what it takes back. */
    private void undo(Runnable remembered) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return;
        }
        if (!TransactionSynchronizationManager.hasResource(this)) {
            TransactionSynchronizationManager.bindResource(this, this);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    TransactionSynchronizationManager.unbindResourceIfPossible(Calendars.this);
                    forget();
                }
            });
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    remembered.run();
                }
            }
        });
    }

    /** What is said of a set now, nothing when there is none. */
    Holidays present(String name) {
        return facts(name, known());
    }

    /** The same as it stands in the database. */
    Holidays newest(String name) {
        return facts(name, read());
    }

    private Holidays facts(String name, Known now) {
        Integer version = now.holidays().get(name);
        return version == null ? new Holidays(name, Map.of(), Map.of(), Set.of()) : facts(new Key(name, version));
    }

    /** Until the transaction ends nobody else publishes anything. */
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('calendar'))")
                .query((row, number) -> true)
                .single();
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }

    private static Version version(ResultSet row, int number) throws SQLException {
        return new Version(
                row.getInt("version"),
                row.getObject("holidays_version", Integer.class),
                "OWN".equals(row.getString("origin")),
                row.getObject("published_at", OffsetDateTime.class).toInstant(),
                Actor.parse(Objects.requireNonNull(row.getString("published_by"))),
                Objects.requireNonNull(row.getString("reason")));
    }

    private String originOf(WorkCalendar calendar) {
        return jdbc.sql("select origin from calendar.calendar where name = ? and version = ?")
                .param(calendar.name())
                .param(calendar.version())
                .query(String.class)
                .single();
    }

    private WorkCalendar read(Key key) {
        record Row(CalendarDefinition definition, @Nullable Integer holidaysVersion) {}
        Row row = jdbc.sql("select definition, holidays_version from calendar.calendar where name = ? and version = ?")
                .param(key.name())
                .param(key.version())
                .query((found, number) -> new Row(
                        CalendarCodec.calendar(Objects.requireNonNull(found.getString("definition"))),
                        found.getObject("holidays_version", Integer.class)))
                .optional()
                .orElseThrow(() -> new IllegalStateException("there is no calendar " + key));
        String holidays = row.definition().holidays();
        return new WorkCalendar(
                row.definition(),
                key.version(),
                holidays == null ? null : facts(new Key(holidays, Objects.requireNonNull(row.holidaysVersion()))));
    }

    private Holidays facts(Key key) {
        Holidays found = facts.get(key);
        if (found != null) {
            return found;
        }
        Holidays read = jdbc.sql("select facts from calendar.holidays where name = ? and version = ?")
                .param(key.name())
                .param(key.version())
                .query((row, number) -> CalendarCodec.holidays(Objects.requireNonNull(row.getString("facts"))))
                .single();
        facts.put(key, read);
        return read;
    }
}
