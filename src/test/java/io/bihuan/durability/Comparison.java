package io.bihuan.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the clients were told beside what is there. */
final class Comparison {
    /** A complaint's history: events and, of them, what kinds. */
    record History(int version, int events, int last, List<String> types) {}

    private static final int LOOKED_INTO = 200;

    private Comparison() {}

    /** Every answer has its one complaint with history, clocks and request key; and there is nothing else. */
    static void agree(Clients clients, URI address, JdbcClient database) {
        assertThat(clients.surprises()).isEmpty();
        assertThat(clients.unknown()).isZero();
        Map<String, Clients.Told> byNumber = clients.told().values().stream()
                .collect(Collectors.toMap(Clients.Told::number, told -> told)); // throws on a number told twice
        List<String> stored = database.sql("select number from complaint.complaint")
                .query(String.class)
                .list();
        assertThat(stored).hasSameSizeAs(byNumber.keySet());
        assertThat(Set.copyOf(stored)).isEqualTo(byNumber.keySet());
        requestKeysAgree(clients, database);
        historiesAreComplete(byNumber, database);
        clocksAgree(byNumber, database);
        byNumber.values().stream().limit(LOOKED_INTO).forEach(told -> contentAgrees(clients, address, told));
    }

    private static void requestKeysAgree(Clients clients, JdbcClient database) {
        var kept = new HashMap<String, String>();
        database.sql("select key, complaint_number from intake.request_key").query(row -> {
            kept.put(row.getString("key"), row.getString("complaint_number"));
        });
        var told = new HashMap<String, String>();
        clients.told().forEach((key, each) -> told.put(key, each.number()));
        assertThat(kept).isEqualTo(told);
    }

    private static void historiesAreComplete(Map<String, Clients.Told> byNumber, JdbcClient database) {
        var histories = new HashMap<String, History>();
        database.sql("""
                        select c.number, c.version, count(*) as events, max(e.seq) as last, string_agg(e.type, ',' order by e.seq) as types
                        from complaint.complaint c join complaint.event e on e.complaint_id = c.id
                        group by c.id
                        """).query(row -> {
            histories.put(
                    row.getString("number"),
                    new History(
                            row.getInt("version"),
                            row.getInt("events"),
                            row.getInt("last"),
                            List.of(row.getString("types").split(",", -1))));
        });
        assertThat(histories.keySet()).isEqualTo(byNumber.keySet());
        assertThat(histories).allSatisfy((number, history) -> {
            assertThat(history.events()).isEqualTo(history.version()).isEqualTo(history.last());
            assertThat(history.types()).startsWith("Registered", "Acknowledged");
        });
    }

    private static void clocksAgree(Map<String, Clients.Told> byNumber, JdbcClient database) {
        var running = new HashMap<String, Map<String, Instant>>();
        var met = new HashMap<String, Integer>();
        database.sql("""
                        select c.number, k.name, k.state, k.due_at
                        from complaint.complaint c join clock.clock k on k.subject_id = c.id
                        """).query(row -> {
            String number = row.getString("number");
            if (row.getString("state").equals("RUNNING")) {
                running.computeIfAbsent(number, key -> new TreeMap<>())
                        .put(
                                row.getString("name"),
                                row.getObject("due_at", OffsetDateTime.class).toInstant());
            } else {
                met.merge(number, 1, Integer::sum);
            }
        });
        assertThat(byNumber).allSatisfy((number, told) -> {
            assertThat(running.get(number)).isEqualTo(clocks(told)).isNotEmpty();
            assertThat(met).containsEntry(number, 1); // acknowledged by the answer itself
        });
    }

    private static Map<String, Instant> clocks(Clients.Told told) {
        var clocks = new TreeMap<String, Instant>();
        for (JsonNode clock : told.answer().path("clocks")) {
            clocks.put(
                    clock.path("name").asString(),
                    Instant.parse(clock.path("dueAt").asString()));
        }
        return clocks;
    }

    private static void contentAgrees(Clients clients, URI address, Clients.Told told) {
        JsonNode stored = clients.get(address, "/api/v1/complaints/" + told.number());
        JsonNode sent = JsonMapper.shared().readTree(told.body());
        for (String member : List.of("title", "content", "externalNumber", "businessLine", "channel")) {
            assertThat(stored.path(member).asString())
                    .as(told.number() + " " + member)
                    .isEqualTo(sent.path(member).asString());
        }
        assertThat(stored.path("product").path("model").asString()).isEqualTo("KFR-35GW");
        for (String member : List.of("stage", "severity", "priority")) {
            assertThat(stored.path(member).asString())
                    .isEqualTo(told.answer().path(member).asString());
        }
    }
}
