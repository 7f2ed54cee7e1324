package io.bihuan.routing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much work people have. */
@Component
class Workload {
    /** Open cases, and those that came in lately. */
    record Load(int open, int recent) {
        static final Load NONE = new Load(0, 0);
    }

    private record Counted(UUID person, Load load) {}

    private final JdbcClient jdbc;

    Workload(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of each of these people; who has nothing is not in it. */
    Map<UUID, Load> of(List<UUID> people, Seat seat, Instant since) {
        String sql =
                switch (seat) {
                    case HANDLER -> """
                            select p.id,
                                (select count(*) from complaint.api_complaint c
                                    where c.handler = p.id and c.archived_at is null) as open,
                                (select count(*) from complaint.api_complaint c
                                    where c.handler = p.id and c.received_at >= :since) as recent
                            from unnest(:people::uuid[]) p (id)
                            """;
                    case OWNER -> """
                            select p.id, count(c.id) as open, count(*) filter (where c.received_at >= :since) as recent
                            from unnest(:people::uuid[]) p (id)
                            join complaint.api_complaint c on c.owner = p.id and c.archived_at is null
                            group by p.id
                            """;
                };
        var loads = new HashMap<UUID, Load>();
        // bounded: one row a person
        jdbc.sql(sql)
                .param("people", people.toArray(UUID[]::new))
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Counted(
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        new Load(row.getInt("open"), row.getInt("recent"))))
                .list()
                .forEach(each -> loads.put(each.person(), each.load()));
        return loads;
    }
}
