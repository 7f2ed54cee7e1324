package io.bihuan.complaint;

import io.bihuan.identifier.EmailAddresses;
import io.bihuan.pack.Kind;
import io.bihuan.pack.Priority;
import io.bihuan.pack.Severity;
import io.bihuan.platform.Writes;
import io.bihuan.privacy.Keys;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The rows of complaints: the one place that writes and reads them whole. */
@Component
class Register {
    /** A complaint as stored, with what is needed to go on with its history. */
    record Found(Complaint complaint, byte[] head, @Nullable SubjectKey key) {
        SubjectKey keyToWrite() {
            return Objects.requireNonNull(key, "an erased complaint is not written");
        }
    }

    /** Where a complaint stands in a chain of joins. */
    record Standing(UUID id, ComplaintNumber number, boolean isJoined) {}

    /** What a locked complaint has become. */
    record Grown(Found before, Complaint after, byte[] head) {}

    /** One column: what it means, and what is stored for it. */
    private record Column(
            String name,
            String placeholder,
            Function<Complaint, @Nullable Object> meaning,
            BiFunction<Complaint, SubjectKey, @Nullable Object> stored) {}

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String UPDATED = "updated_at";
    private static final String EMAIL_INDEX = "customer_email_index";
    /** More complaints of one matter are no duplicates any more, but a wave. */
    private static final int MOST_JOINED = 500;

    private final JdbcClient jdbc;
    private final Keys keys;
    private final EventCodec codec;
    private final List<Column> columns;
    private final String insert;

    Register(JdbcClient jdbc, Keys keys, EventCodec codec) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.codec = codec;
        this.columns = columns();
        this.insert = "insert into complaint.complaint (id, version, head, data_key, %s) values (?, ?, ?, ?, %s)"
                .formatted(
                        columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                        columns.stream().map(Column::placeholder).collect(Collectors.joining(", ")));
    }

    private List<Column> columns() {
        return List.of(
                plain("number", c -> c.number().digits()),
                plain("business_line", Complaint::businessLine),
                plain("pack", Complaint::pack),
                plain("pack_version", Complaint::packVersion),
                plain("channel", Complaint::channel),
                plain("kind", Complaint::kind),
                plain("stage", Complaint::stage),
                plain("severity", Complaint::severity),
                plain("priority", Complaint::priority),
                plain("category", Complaint::category),
                plain("customers_affected", Complaint::customersAffected),
                sealed("title", c -> Personal.valueOf(c.title())),
                sealed("content", c -> c.content().value()),
                sealed("customer_name", c -> Personal.valueOf(c.customer().name())),
                sealed("customer_phone", c -> Personal.valueOf(c.customer().phone())),
                plain("phone_index", this::phoneIndex),
                sealed("customer_email", c -> Personal.valueOf(c.customer().email())),
                plain(EMAIL_INDEX, this::emailIndex),
                sealed("product", c -> c.product().isEmpty() ? null : codec.writeMap(c.product())),
                plain("remedy_sought", Complaint::remedySought),
                plain("external_number", Complaint::externalNumber),
                plain("origin", Complaint::origin),
                plain("occurred_at", Complaint::occurredAt),
                plain("received_at", Complaint::receivedAt),
                plain("registered_at", Complaint::registeredAt),
                plain("owner", Complaint::owner),
                plain("owner_confirmed_at", Complaint::ownerConfirmedAt),
                plain("department", Complaint::department),
                plain("handler", Complaint::handler),
                new Column("factors", "?::jsonb", Complaint::factors, (c, key) -> factorsText(c)),
                new Column("running_clocks", "?::jsonb", Complaint::runningClocks, (c, key) -> clocksText(c)),
                plain("due_at", Complaint::dueAt),
                plain("due_clock", Complaint::dueClock),
                plain("waiting_since", Complaint::waitingSince),
                plain("standing", complaint -> words(complaint.standing())),
                new Column("escalations", "?::jsonb", Complaint::escalations, (c, key) -> escalationsText(c)),
                plain("open_tasks", complaint -> words(tasks(complaint))),
                plain("finding", Complaint::finding),
                plain("outcome", Complaint::outcome),
                plain("told_at", Complaint::toldAt),
                plain("confirmation", Complaint::confirmation),
                plain("confirmation_attempts", Complaint::confirmationAttempts),
                plain("archived_at", Complaint::archivedAt),
                plain("erased_at", Complaint::erasedAt),
                plain("joined_to", c -> digits(c.joinedTo())),
                plain("joined_at", Complaint::joinedAt),
                new Column("joined", "?::jsonb", Complaint::joined, (c, key) -> json(c.joined())),
                new Column("links", "?::jsonb", Complaint::links, (c, key) -> json(c.links())),
                plain("repeat_of", c -> digits(c.repeatOf())),
                plain(UPDATED, Complaint::updatedAt));
    }

    private static Column plain(String name, Function<Complaint, @Nullable Object> meaning) {
        return new Column(name, "?", meaning, (complaint, key) -> meaning.apply(complaint));
    }

    private static Column sealed(String name, Function<Complaint, @Nullable String> meaning) {
        return new Column(name, "?", meaning::apply, (complaint, key) -> key.encryptNullable(meaning.apply(complaint)));
    }

    private @Nullable Object phoneIndex(Complaint complaint) {
        byte[] index =
                keys.blindIndex("phone", Personal.valueOf(complaint.customer().phone()));
        return index == null ? null : new Blind(index);
    }

    private @Nullable Object emailIndex(Complaint complaint) {
        String email = Personal.valueOf(complaint.customer().email());
        return email == null ? null : new Blind(emailIndex(email));
    }

    /** By which complaints of an e-mail address are found. */
    byte[] emailIndex(String email) {
        return Objects.requireNonNull(keys.blindIndex("email", EmailAddresses.normal(email)));
    }

    /** Makes a complaint that was registered before there was this column findable by its e-mail address. */
    void indexEmail(UUID complaint, String email) {
        jdbc.sql("""
                        update complaint.complaint set customer_email_index = :index
                        where id = :id and customer_email_index is null and customer_email is not null
                        """).param("index", emailIndex(email)).param("id", complaint).update();
    }

    /** Bytes that compare by content. */
    record Blind(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Blind blind && java.util.Arrays.equals(bytes, blind.bytes);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes);
        }
    }

    /** Codes as one text, in their order. */
    private static @Nullable String words(Set<String> codes) {
        return codes.isEmpty() ? null : String.join(" ", new TreeSet<>(codes));
    }

    private static Set<String> words(@Nullable String text) {
        return text == null ? Set.of() : Set.of(text.split(" ", -1));
    }

    private static String clocksText(Complaint complaint) {
        return JSON.writeValueAsString(new TreeMap<>(complaint.runningClocks()));
    }

    private static @Nullable String digits(@Nullable ComplaintNumber number) {
        return number == null ? null : number.digits();
    }

    private static String json(Map<ComplaintNumber, ?> byNumber) {
        var sorted = new TreeMap<String, Object>();
        byNumber.forEach((number, value) -> sorted.put(number.digits(), value));
        return JSON.writeValueAsString(sorted);
    }

    private static @Nullable String factorsText(Complaint complaint) {
        return complaint.factors() == null ? null : JSON.writeValueAsString(complaint.factors());
    }

    private static @Nullable Factors factors(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, Factors.class);
    }

    private static String escalationsText(Complaint complaint) {
        return JSON.writeValueAsString(new TreeMap<>(complaint.escalations()));
    }

    private static Set<String> tasks(Complaint complaint) {
        return complaint.tasks().stream().map(UUID::toString).collect(Collectors.toSet());
    }

    void insert(Writes writes, Complaint complaint, byte[] wrappedKey, SubjectKey key, byte[] head) {
        var values = new ArrayList<@Nullable Object>();
        values.add(complaint.id());
        values.add(complaint.version());
        values.add(head);
        values.add(wrappedKey);
        for (Column column : columns) {
            values.add(bytes(column.stored().apply(complaint, key)));
        }
        writes.addOne(insert, values.toArray());
    }

    /** Writes the columns that changed; fails when somebody else wrote in between. */
    void update(Writes writes, Found before, Complaint after, byte[] head) {
        SubjectKey key = before.keyToWrite();
        var set = new StringBuilder("update complaint.complaint set version = ?, head = ?");
        var values = new ArrayList<@Nullable Object>();
        values.add(after.version());
        values.add(head);
        for (Column column : changed(before.complaint(), after)) {
            boolean nothing = column.meaning().apply(after) == null;
            set.append(", ").append(column.name()).append(" = ").append(column.placeholder());
            values.add(nothing ? null : bytes(column.stored().apply(after, key)));
        }
        if (after.erasedAt() != null) {
            set.append(", data_key = null");
        }
        set.append(" where id = ? and version = ?");
        values.add(after.id());
        values.add(before.complaint().version());
        writes.addOne(set.toString(), values.toArray());
    }

    private static @Nullable Object bytes(@Nullable Object stored) {
        return stored instanceof Blind blind ? blind.bytes() : stored;
    }

    private List<Column> changed(Complaint before, Complaint after) {
        return columns.stream()
                .filter(column -> !Objects.equals(
                        column.meaning().apply(before), column.meaning().apply(after)))
                .toList();
    }

    /** Writes all of which nothing but the history has grown in one statement; the others each by itself. */
    void update(Writes writes, List<Grown> grown) {
        var together = new ArrayList<Grown>();
        for (Grown each : grown) {
            if (changed(each.before().complaint(), each.after()).stream()
                    .allMatch(column -> column.name().equals(UPDATED))) {
                together.add(each);
            } else {
                update(writes, each.before(), each.after(), each.head());
            }
        }
        if (!together.isEmpty()) {
            writes.addMany(
                    together.size(),
                    """
                    update complaint.complaint c set version = g.version, head = g.head, updated_at = g.updated_at
                    from unnest(?::uuid[], ?::integer[], ?::integer[], ?::bytea[], ?::timestamptz[])
                         g (id, before, version, head, updated_at)
                    where c.id = g.id and c.version = g.before
                    """,
                    together.stream().map(each -> each.after().id().toString()).toArray(String[]::new),
                    together.stream()
                            .mapToInt(each -> each.before().complaint().version())
                            .toArray(),
                    together.stream().mapToInt(each -> each.after().version()).toArray(),
                    together.stream().map(Grown::head).toArray(byte[][]::new),
                    together.stream()
                            .map(each -> each.after().updatedAt().toString())
                            .toArray(String[]::new));
        }
    }

    Optional<Found> lock(ComplaintNumber number) {
        return jdbc.sql("select * from complaint.complaint where number = :number for update")
                .param("number", number.digits())
                .query(this::found)
                .optional();
    }

    /** Locks them all in the order that everybody keeps who locks more than one. */
    List<Found> lock(Collection<ComplaintNumber> numbers) {
        return jdbc.sql("select * from complaint.complaint where number = any(:numbers) order by id for update")
                .param(
                        "numbers",
                        numbers.stream().map(ComplaintNumber::digits).distinct().toArray(String[]::new))
                .query(this::found)
                .list();
    }

    /** The complaint with this number and those in which it goes on, one in the other; the last one is handled. */
    List<Standing> upFrom(ComplaintNumber number) {
        // bounded: a chain of joins
        return jdbc.sql("""
                        with recursive up as (
                            select id, number, joined_to, 1 as step from complaint.complaint where number = :number
                            union all
                            select c.id, c.number, c.joined_to, up.step + 1
                            from up join complaint.complaint c on c.number = up.joined_to where up.step < :most)
                        select id, number, joined_to from up order by step
                        """)
                .param("number", number.digits())
                .param("most", MOST_JOINED)
                .query((row, index) -> new Standing(
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        new ComplaintNumber(text(row, "number")),
                        row.getString("joined_to") != null))
                .list();
    }

    /** The complaints that go on in these, whether directly or not, the oldest first. */
    List<Found> below(Collection<ComplaintNumber> numbers) {
        return numbers.isEmpty()
                ? List.of()
                : jdbc.sql("""
                                with recursive down as (
                                    select c.id, c.number, 1 as step from complaint.complaint c where c.joined_to = any(:numbers)
                                    union all
                                    select c.id, c.number, down.step + 1
                                    from down join complaint.complaint c on c.joined_to = down.number where down.step < :most)
                                select c.* from complaint.complaint c
                                where c.id in (select id from down) order by c.received_at, c.id limit :most
                                """)
                        .param(
                                "numbers",
                                numbers.stream().map(ComplaintNumber::digits).toArray(String[]::new))
                        .param("most", MOST_JOINED)
                        .query(this::found)
                        .list();
    }

    /** Locks those that nobody else holds just now; the others are not waited for. */
    List<Found> lockFree(Collection<UUID> ids) {
        return jdbc.sql("select * from complaint.complaint where id = any(:ids) order by id for update skip locked")
                .param("ids", ids.toArray(UUID[]::new))
                .query(this::found)
                .list();
    }

    Optional<Found> find(ComplaintNumber number) {
        return jdbc.sql("select * from complaint.complaint where number = :number")
                .param("number", number.digits())
                .query(this::found)
                .optional();
    }

    List<Found> find(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("select * from complaint.complaint where id = any(:ids)")
                        .param("ids", ids.toArray(UUID[]::new))
                        .query(this::found)
                        .list();
    }

    Optional<ComplaintNumber> numberOf(String origin, String externalNumber) {
        return jdbc.sql("select number from complaint.complaint where origin = :origin and external_number = :external")
                .param("origin", origin)
                .param("external", externalNumber)
                .query((row, index) -> new ComplaintNumber(Objects.requireNonNull(row.getString("number"))))
                .optional();
    }

    /** Columns that are not read back into the state: what they hold, to be compared with what they should. */
    Map<String, @Nullable Object> derived(ResultSet row) throws SQLException {
        byte[] index = row.getBytes("phone_index");
        var derived = new HashMap<String, @Nullable Object>();
        derived.put("phone_index", index == null ? null : new Blind(index));
        byte[] email = row.getBytes(EMAIL_INDEX);
        // A row that is older than the column has none until the follower has come by: that is not a change of the row.
        if (email != null) {
            derived.put(EMAIL_INDEX, new Blind(email));
        }
        derived.put("due_at", instant(row, "due_at"));
        derived.put("due_clock", row.getString("due_clock"));
        derived.put("repeat_of", row.getString("repeat_of"));
        return derived;
    }

    /** The names of the columns whose content is not what the history adds up to. */
    List<String> differences(Complaint replayed, Complaint stored, Map<String, @Nullable Object> derived) {
        return columns.stream()
                .filter(column -> !Objects.equals(
                        column.meaning().apply(replayed),
                        derived.containsKey(column.name())
                                ? derived.get(column.name())
                                : column.meaning().apply(stored)))
                .map(Column::name)
                .toList();
    }

    Found found(ResultSet row, int index) throws SQLException {
        byte[] wrapped = row.getBytes("data_key");
        SubjectKey key = wrapped == null ? null : keys.unwrap(wrapped);
        return new Found(complaint(row, key), Objects.requireNonNull(row.getBytes("head")), key);
    }

    private Complaint complaint(ResultSet row, @Nullable SubjectKey key) throws SQLException {
        String product = opened(row, "product", key);
        return new Complaint(
                row.getObject("id", UUID.class),
                new ComplaintNumber(text(row, "number")),
                row.getInt("version"),
                text(row, "business_line"),
                text(row, "pack"),
                row.getInt("pack_version"),
                Channel.valueOf(text(row, "channel")),
                Kind.valueOf(text(row, "kind")),
                Stage.valueOf(text(row, "stage")),
                Severity.valueOf(text(row, "severity")),
                Priority.valueOf(text(row, "priority")),
                row.getString("category"),
                row.getInt("customers_affected"),
                Personal.ofNullable(opened(row, "title", key)),
                new Personal(opened(row, "content", key)),
                new Customer(
                        Personal.ofNullable(opened(row, "customer_name", key)),
                        Personal.ofNullable(opened(row, "customer_phone", key)),
                        Personal.ofNullable(opened(row, "customer_email", key))),
                product == null ? Map.of() : codec.readMap(product),
                row.getString("remedy_sought"),
                row.getString("origin"),
                row.getString("external_number"),
                instant(row, "occurred_at"),
                Objects.requireNonNull(instant(row, "received_at")),
                Objects.requireNonNull(instant(row, "registered_at")),
                row.getObject("owner", UUID.class),
                instant(row, "owner_confirmed_at"),
                row.getString("department"),
                row.getObject("handler", UUID.class),
                factors(row.getString("factors")),
                clocks(text(row, "running_clocks")),
                instant(row, "waiting_since"),
                words(row.getString("standing")),
                escalations(text(row, "escalations")),
                words(row.getString("open_tasks")).stream()
                        .map(UUID::fromString)
                        .collect(Collectors.toUnmodifiableSet()),
                constant(Finding.class, row.getString("finding")),
                constant(Outcome.class, row.getString("outcome")),
                instant(row, "told_at"),
                constant(Confirmation.class, row.getString("confirmation")),
                row.getInt("confirmation_attempts"),
                instant(row, "archived_at"),
                instant(row, "erased_at"),
                number(row.getString("joined_to")),
                instant(row, "joined_at"),
                joined(text(row, "joined")),
                links(text(row, "links")),
                Objects.requireNonNull(instant(row, "updated_at")));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static @Nullable String opened(ResultSet row, String column, @Nullable SubjectKey key) throws SQLException {
        byte[] sealed = row.getBytes(column);
        return sealed == null || key == null ? null : key.decrypt(sealed);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String name) {
        return name == null ? null : Enum.valueOf(type, name);
    }

    static @Nullable ComplaintNumber number(@Nullable String digits) {
        return digits == null ? null : new ComplaintNumber(digits);
    }

    private static Map<ComplaintNumber, Integer> joined(String json) {
        if (json.equals("{}")) {
            return Map.of();
        }
        var joined = new HashMap<ComplaintNumber, Integer>();
        JSON.readTree(json)
                .properties()
                .forEach(entry -> joined.put(
                        new ComplaintNumber(entry.getKey()), entry.getValue().asInt()));
        return Map.copyOf(joined);
    }

    private static Map<ComplaintNumber, LinkKind> links(String json) {
        if (json.equals("{}")) {
            return Map.of();
        }
        var links = new HashMap<ComplaintNumber, LinkKind>();
        JSON.readTree(json)
                .properties()
                .forEach(entry -> links.put(
                        new ComplaintNumber(entry.getKey()),
                        LinkKind.valueOf(entry.getValue().asString())));
        return Map.copyOf(links);
    }

    private static Map<String, Escalation> escalations(String json) {
        if (json.equals("{}")) {
            return Map.of();
        }
        var escalations = new TreeMap<String, Escalation>();
        JSON.readTree(json)
                .properties()
                .forEach(
                        entry -> escalations.put(entry.getKey(), JSON.treeToValue(entry.getValue(), Escalation.class)));
        return Map.copyOf(escalations);
    }

    static Map<String, Instant> clocks(String json) {
        if (json.equals("{}")) {
            return Map.of();
        }
        var clocks = new TreeMap<String, Instant>();
        JSON.readTree(json)
                .properties()
                .forEach(entry -> clocks.put(
                        entry.getKey(), Instant.parse(entry.getValue().asString())));
        return Map.copyOf(clocks);
    }
}
