package io.bihuan.complaint;

import io.bihuan.platform.Actor;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Writes;
import io.bihuan.platform.database.Epochs;
import io.bihuan.privacy.Personal;
import io.bihuan.privacy.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The events of complaints: appended once, never changed. */
@Component
class History {
    private static final String APPEND = """
            insert into complaint.event (complaint_id, seq, at, actor, type, data, previous_hash, hash, epoch, id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private final JdbcClient jdbc;
    private final Epochs epochs;
    private final EventCodec codec;
    private final String[] saying;

    History(JdbcClient jdbc, Epochs epochs, EventCodec codec, ObjectProvider<CaseEvents> neighbours) {
        this.jdbc = jdbc;
        this.epochs = epochs;
        this.codec = codec;
        this.saying = Stream.concat(
                        Stream.of("ArrivedClosed", "InformationAdded", "Noted", "Verified", "Solved", "ResultTold"),
                        neighbours.stream()
                                .flatMap(each -> each.types().stream())
                                .map(Class::getSimpleName))
                .toArray(String[]::new);
    }

    static HistoryEvent next(int sequence, Instant at, Actor actor, ComplaintEvent event, List<ClockChange> clocks) {
        return new HistoryEvent(Ids.next(), sequence, at, actor, event, clocks);
    }

    /** Adds the event to the writes and returns the chain's new head. */
    byte[] append(Writes writes, UUID complaintId, HistoryEvent event, SubjectKey key, byte[] previousHash) {
        byte[] data = codec.write(event.event(), event.clocks(), key);
        int epoch = epochs.current();
        byte[] hash = Chain.hash(
                complaintId,
                event.sequence(),
                event.at(),
                event.actor(),
                event.type(),
                data,
                epoch,
                event.id(),
                previousHash);
        writes.addOne(
                APPEND,
                complaintId,
                event.sequence(),
                event.at(),
                event.actor().toString(),
                event.type(),
                data,
                previousHash,
                hash,
                epoch,
                event.id());
        return hash;
    }

    /** Events after a sequence number, oldest first. */
    List<HistoryEvent> after(UUID complaintId, @Nullable SubjectKey key, int sequence, int limit) {
        return jdbc.sql("""
                        select id, seq, at, actor, type, data from complaint.event
                        where complaint_id = :complaint and seq > :seq order by seq limit :limit
                        """)
                .param("complaint", complaintId)
                .param("seq", sequence)
                .param("limit", limit)
                .query((row, index) -> event(row, key))
                .list();
    }

    /** Events of some types, oldest first. */
    List<HistoryEvent> of(UUID complaintId, @Nullable SubjectKey key, Collection<String> types, int limit) {
        return jdbc.sql("""
                        select id, seq, at, actor, type, data from complaint.event
                        where complaint_id = :complaint and type = any(:types) order by seq limit :limit
                        """)
                .param("complaint", complaintId)
                .param("types", types.toArray(String[]::new))
                .param("limit", limit)
                .query((row, index) -> event(row, key))
                .list();
    }

    /** The last event of some types. */
    Optional<HistoryEvent> newest(UUID complaintId, @Nullable SubjectKey key, Collection<String> types) {
        return jdbc.sql("""
                        select id, seq, at, actor, type, data from complaint.event
                        where complaint_id = :complaint and type = any(:types) order by seq desc limit 1
                        """)
                .param("complaint", complaintId)
                .param("types", types.toArray(String[]::new))
                .query((row, index) -> event(row, key))
                .optional();
    }

    /** Events before a sequence number, newest first. */
    List<HistoryEvent> before(UUID complaintId, @Nullable SubjectKey key, int sequence, int limit) {
        return jdbc.sql("""
                        select id, seq, at, actor, type, data from complaint.event
                        where complaint_id = :complaint and seq < :seq order by seq desc limit :limit
                        """)
                .param("complaint", complaintId)
                .param("seq", sequence)
                .param("limit", limit)
                .query((row, index) -> event(row, key))
                .list();
    }

    /** What was said in the course of these complaints, as far as a search should find it. */
    Map<UUID, List<String>> texts(List<Register.Found> complaints) {
        Map<UUID, Register.Found> byId = complaints.stream()
                .collect(Collectors.toMap(found -> found.complaint().id(), Function.identity()));
        var texts = new HashMap<UUID, List<String>>();
        jdbc.sql("""
                        select complaint_id, id, seq, at, actor, type, data from complaint.event
                        where complaint_id = any(:complaints)
                        and type = any(:saying)
                        """)
                .param("complaints", byId.keySet().toArray(UUID[]::new))
                .param("saying", saying)
                .query((ResultSet row) -> {
                    Register.Found found = byId.get(row.getObject("complaint_id", UUID.class));
                    if (found != null && found.key() != null) {
                        said(event(row, found.key()).event())
                                .filter(text -> !text.isBlank())
                                .forEach(text -> texts.computeIfAbsent(
                                                found.complaint().id(), id -> new ArrayList<>())
                                        .add(text));
                    }
                });
        return texts;
    }

    private static Stream<String> said(ComplaintEvent event) {
        return switch (event) {
            case ComplaintEvent.ArrivedClosed e -> Stream.of(Personal.text(e.reply()));
            case ComplaintEvent.InformationAdded e -> Stream.of(Personal.text(e.text()));
            case ComplaintEvent.Noted e -> Stream.of(Personal.text(e.text()));
            case ComplaintEvent.Verified e -> Stream.of(Personal.text(e.account()));
            case ComplaintEvent.Solved e -> Stream.of(Personal.text(e.measures()));
            case ComplaintEvent.ResultTold e -> Stream.of(Personal.text(e.text()));
            case ComplaintEvent.CaseEvent e -> e.texts().stream().map(Personal::text);
            default -> Stream.empty(); // the query brings no other
        };
    }

    HistoryEvent event(ResultSet row, @Nullable SubjectKey key) throws SQLException {
        EventCodec.Content content = codec.read(
                Objects.requireNonNull(row.getString("type")), Objects.requireNonNull(row.getBytes("data")), key);
        return new HistoryEvent(
                row.getObject("id", UUID.class),
                row.getInt("seq"),
                Objects.requireNonNull(Register.instant(row, "at")),
                Actor.parse(Objects.requireNonNull(row.getString("actor"))),
                content.event(),
                content.clocks());
    }
}
