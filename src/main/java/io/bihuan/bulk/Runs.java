package io.bihuan.bulk;

import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.complaint.ManyAtOnce;
import io.bihuan.complaint.Worklist;
import io.bihuan.identity.Role;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Bell;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.SubjectKey;
import io.bihuan.web.Bundles;
import io.bihuan.web.NotFound;
import io.bihuan.web.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What is done to many complaints: shown before, confirmed once, done by {@link RunWork}, and taken back while that is possible. */
@Component
public class Runs implements ManyAtOnce {
    /** Runs of a list. */
    public static final int LISTED = 50;

    /** Nobody confirms any more what was true yesterday. */
    private static final Duration DRAFTS_KEPT = Duration.ofDays(1);

    private static final Duration KEPT = Duration.ofDays(90);
    private static final int FORGOTTEN_AT_ONCE = 100;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Deeds deeds;
    private final Complaints complaints;
    private final CasePages pages;
    private final Worklist worklist;
    private final Keys keys;
    private final Bundles bundles;
    private final InstantSource time;
    private final Bell bell = new Bell();

    Runs(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Deeds deeds,
            Complaints complaints,
            CasePages pages,
            Worklist worklist,
            Keys keys,
            Bundles bundles,
            InstantSource time) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.deeds = deeds;
        this.complaints = complaints;
        this.pages = pages;
        this.worklist = worklist;
        this.keys = keys;
        this.bundles = bundles;
        this.time = time;
    }

    // ---- what is ticked ----

    @Override
    public List<ManyAtOnce.Deed> deeds(SignedIn who) {
        return Deeds.mayAct(who)
                ? Arrays.stream(io.bihuan.bulk.Deed.values())
                        .map(deed -> new ManyAtOnce.Deed(deed.name(), Texts.key(deed)))
                        .toList()
                : List.of();
    }

    @Override
    public String path() {
        return "/desk/bulk/new";
    }

    /** Those of the numbers that the person may know of, each once, in their order. */
    public List<Complaint> chosen(List<String> numbers, SignedIn who) {
        if (numbers.size() > Run.MOST) {
            throw new Refused("bulk.refused.many", Run.MOST);
        }
        var found = new LinkedHashMap<UUID, Complaint>();
        for (String each : numbers) {
            ComplaintNumber.read(each)
                    .flatMap(complaints::find)
                    .filter(complaint -> pages.sees(who, complaint))
                    .ifPresent(complaint -> found.putIfAbsent(complaint.id(), complaint));
        }
        return List.copyOf(found.values());
    }

    /** The first of those that a worklist shows. */
    public List<String> numbers(ViewQuery query, SignedIn who) {
        return query.isSearch()
                ? List.of()
                : worklist.page(query.filter(who), null, Run.MOST).rows().stream()
                        .map(row -> row.number().digits())
                        .toList();
    }

    // ---- preview ----

    /** Shows beforehand what would happen: each is done for itself, by all its rules, and not kept. */
    public UUID prepare(Wish wish, List<String> numbers, SignedIn who, Texts t) {
        List<Complaint> chosen = chosen(numbers, who);
        if (chosen.isEmpty()) {
            throw new Refused("bulk.refused.none");
        }
        Macros.refuseUnknownPlaces(wish.message());
        UUID id = Ids.next();
        var items = new ArrayList<Item>();
        for (Complaint complaint : chosen) {
            Problem problem = rehearse(wish, id, complaint.id(), who).orElse(null);
            items.add(new Item(
                    items.size(),
                    complaint.id(),
                    complaint.number().digits(),
                    problem == null ? Item.State.READY : Item.State.UNABLE,
                    List.of(),
                    problem));
        }
        transaction.executeWithoutResult(status -> {
            insert(id, wish, Run.State.DRAFT, who, t);
            items.forEach(item -> insert(id, item));
        });
        return id;
    }

    /** Why it would not be possible; empty when it would. */
    Optional<Problem> rehearse(Wish wish, UUID run, UUID complaint, SignedIn who) {
        try {
            transaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                deeds.rehearse(wish, run, complaint, who);
            });
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(Problem.of(refused, bundles));
        } catch (NotFound gone) {
            return Optional.of(Problem.of(new Refused("bulk.refused.unseen"), bundles));
        }
    }

    /** The same for one complaint, of which no run is kept. */
    public Optional<Problem> rehearse(Wish wish, Complaint complaint, SignedIn who) {
        return rehearse(wish, Ids.next(), complaint.id(), who);
    }

    private boolean insert(UUID id, Wish wish, Run.State state, SignedIn who, Texts t) {
        byte[] wrapped = keys.newWrapped();
        OffsetDateTime now = sql(now());
        boolean isConfirmed = state != Run.State.DRAFT;
        return jdbc.sql("""
                        insert into bulk.run (id, deed, made_by, language, data_key, wish, state, made_at, confirmed_at, send_at)
                        values (:id, :deed, :by, :language, :key, :wish, :state, :now, :confirmed, :send)
                        on conflict (id) do nothing
                        """)
                        .param("id", id)
                        .param("deed", wish.deed().name())
                        .param("by", who.id())
                        .param("language", t.language())
                        .param("key", wrapped)
                        .param("wish", keys.unwrap(wrapped).encrypt(JSON.writeValueAsString(wish)))
                        .param("state", state.name())
                        .param("now", now)
                        .param("confirmed", isConfirmed ? now : null)
                        .param("send", isConfirmed ? sql(now().plus(Run.HOLD)) : null)
                        .update()
                == 1;
    }

    private void insert(UUID run, Item item) {
        jdbc.sql("""
                        insert into bulk.item (run_id, position, complaint_id, number, state, parts, problem)
                        values (:run, :position, :complaint, :number, :state, :parts::jsonb, :problem::jsonb)
                        """)
                .param("run", run)
                .param("position", item.position())
                .param("complaint", item.complaint())
                .param("number", item.number())
                .param("state", item.state().name())
                .param("parts", JSON.writeValueAsString(item.parts()))
                .param("problem", item.problem() == null ? null : JSON.writeValueAsString(item.problem()))
                .update();
    }

    // ---- doing ----

    /** Lets it be done; asked again it changes nothing. */
    public Run confirm(UUID id, SignedIn who) {
        Run run = find(id, who);
        if (!run.madeBy().equals(who.id())) {
            throw new Refused("bulk.refused.not-yours");
        }
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            update bulk.run set state = 'RUNNING', confirmed_at = :now, send_at = :send where id = :id and state = 'DRAFT'
                            """)
                    .param("now", sql(now()))
                    .param("send", sql(now().plus(Run.HOLD)))
                    .param("id", id)
                    .update();
            bell.ring();
        });
        return find(id, who);
    }

    /**
     * Does it to one complaint at once; with the same id it is done once.
     *
     * @throws Refused when a rule does not allow it; nothing has changed then
     */
    public void once(UUID id, Wish wish, Complaint complaint, SignedIn who, Texts t) {
        transaction.executeWithoutResult(status -> {
            if (!insert(id, wish, Run.State.DONE, who, t)) {
                return;
            }
            List<Part> parts = deeds.perform(wish, id, complaint.id(), who);
            insert(id, new Item(0, complaint.id(), complaint.number().digits(), Item.State.DONE, parts, null));
            end(id, parts.stream().anyMatch(part -> part.state() == Part.State.HELD));
        });
    }

    /** What waits to be told is done later. */
    void end(UUID id, boolean holds) {
        jdbc.sql("""
                        update bulk.run set state = :state, ended_at = coalesce(ended_at, :now), worker = null, lease_until = null
                        where id = :id
                        """)
                .param("state", (holds ? Run.State.HELD : Run.State.DONE).name())
                .param("now", sql(now()))
                .param("id", id)
                .update();
    }

    /** Takes back what can be taken back; asked again it changes nothing. */
    public Run undo(UUID id, SignedIn who) {
        Run run = find(id, who);
        if (run.undoneBy() != null) {
            return run;
        }
        if (!run.canBeUndone(now())) {
            throw new Refused(run.isRunning() ? "bulk.refused.running" : "bulk.refused.too-late");
        }
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            update bulk.run set state = 'RUNNING', undone_by = :by, attempts = 0
                            where id = :id and state in ('HELD', 'DONE') and undone_by is null
                            """).param("by", who.id()).param("id", id).update();
            bell.ring();
        });
        return find(id, who);
    }

    /** Those whose messages are due go on; how many. */
    int wake() {
        int woken = jdbc.sql(
                        "update bulk.run set state = 'RUNNING', attempts = 0 where state = 'HELD' and send_at <= :now")
                .param("now", sql(now()))
                .update();
        if (woken > 0) {
            bell.ring();
        }
        return woken;
    }

    /** Forgets some of what is too old; how many. */
    int forget() {
        return jdbc.sql("""
                        delete from bulk.run where id in (
                            (select id from bulk.run where made_at < :old order by made_at limit :most)
                            union all
                            (select id from bulk.run where state = 'DRAFT' and made_at < :draft order by made_at limit :most))
                        """)
                .param("old", sql(now().minus(KEPT)))
                .param("draft", sql(now().minus(DRAFTS_KEPT)))
                .param("most", FORGOTTEN_AT_ONCE)
                .update();
    }

    Bell bell() {
        return bell;
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }

    // ---- reading ----

    /** A run, for whoever made it and for those who lead. */
    public Run find(UUID id, SignedIn who) {
        return find(id).filter(run -> run.madeBy().equals(who.id()) || leads(who))
                .orElseThrow(() -> new NotFound("run " + id));
    }

    Optional<Run> find(UUID id) {
        return jdbc.sql("select * from bulk.run where id = ?")
                .param(id)
                .query((row, number) -> run(row))
                .optional();
    }

    private static boolean leads(SignedIn who) {
        return who.is(Role.MANAGER) || who.is(Role.ADMINISTRATOR);
    }

    /** The last ones, the newest first: one's own, of those who lead all. */
    public List<Run> list(SignedIn who) {
        return jdbc.sql("""
                        select * from bulk.run where state <> 'DRAFT' and (:all or made_by = :who) order by made_at desc, id desc limit :most
                        """)
                .param("all", leads(who))
                .param("who", who.id())
                .param("most", LISTED)
                .query((row, number) -> run(row))
                .list();
    }

    /** Its complaints, in the order in which they were chosen. */
    public List<Item> items(UUID run) {
        return jdbc.sql("select * from bulk.item where run_id = ? order by position limit ?")
                .param(run)
                .param(Run.MOST)
                .query((row, number) -> item(row))
                .list();
    }

    /** Locks it: what is done to it and that it is done are one. */
    Item lock(UUID run, int position) {
        return jdbc.sql("select * from bulk.item where run_id = ? and position = ? for update")
                .param(run)
                .param(position)
                .query((row, number) -> item(row))
                .single();
    }

    void save(UUID run, Item item) {
        jdbc.sql("""
                        update bulk.item set state = :state, parts = :parts::jsonb, problem = :problem::jsonb
                        where run_id = :run and position = :position
                        """)
                .param("state", item.state().name())
                .param("parts", JSON.writeValueAsString(item.parts()))
                .param("problem", item.problem() == null ? null : JSON.writeValueAsString(item.problem()))
                .param("run", run)
                .param("position", item.position())
                .update();
    }

    Run run(ResultSet row) throws SQLException {
        SubjectKey key = keys.unwrap(Objects.requireNonNull(row.getBytes("data_key")));
        return new Run(
                row.getObject("id", UUID.class),
                row.getObject("made_by", UUID.class),
                text(row, "language"),
                JSON.readValue(key.decrypt(Objects.requireNonNull(row.getBytes("wish"))), Wish.class),
                Run.State.valueOf(text(row, "state")),
                Objects.requireNonNull(instant(row, "made_at")),
                instant(row, "confirmed_at"),
                instant(row, "send_at"),
                instant(row, "ended_at"),
                row.getObject("undone_by", UUID.class));
    }

    private static Item item(ResultSet row) throws SQLException {
        String problem = row.getString("problem");
        return new Item(
                row.getInt("position"),
                row.getObject("complaint_id", UUID.class),
                text(row, "number"),
                Item.State.valueOf(text(row, "state")),
                Arrays.asList(JSON.readValue(text(row, "parts"), Part[].class)),
                problem == null ? null : JSON.readValue(problem, Problem.class));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime sql(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
