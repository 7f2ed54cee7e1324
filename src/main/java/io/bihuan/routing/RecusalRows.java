package io.bihuan.routing;

import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.Stage;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Writes;
import io.bihuan.routing.RoutingEvent.ComplainedAbout;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of whom and what complaints are about. */
@Component
class RecusalRows {
    /** Named on one complaint. */
    static final int MOST = 50;

    private static final int MOST_DECISIONS = 50;

    private final JdbcClient jdbc;

    RecusalRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Recusals.Named> of(UUID complaint) {
        return jdbc.sql("""
                        select id, about, staff, code, since from routing.complained_about
                        where complaint_id = :complaint and lifted_at is null order by since, id limit :most
                        """)
                .param("complaint", complaint)
                .param("most", MOST)
                .query(RecusalRows::named)
                .list();
    }

    /** Who must keep out of it now. */
    Recusal recusal(Complaint complaint) {
        List<Recusals.Named> named = of(complaint.id());
        Set<UUID> deciders = isReviewed(complaint) ? deciders(complaint.id()) : Set.of();
        if (named.isEmpty() && deciders.isEmpty()) {
            return Recusal.NONE;
        }
        var people = new HashSet<UUID>();
        named.stream().map(Recusals.Named::staff).filter(Objects::nonNull).forEach(people::add);
        return new Recusal(people, codes(named, About.OUTLET), codes(named, About.DEPARTMENT), deciders);
    }

    private static Set<String> codes(List<Recusals.Named> named, About about) {
        return named.stream()
                .filter(each -> each.about() == about)
                .map(Recusals.Named::code)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Whether it is to be decided and may have been decided before. */
    private static boolean isReviewed(Complaint complaint) {
        return complaint.outcome() == null && complaint.stage() == Stage.HANDLE;
    }

    private Set<UUID> deciders(UUID complaint) {
        return jdbc
                .sql(
                        "select actor from complaint.api_decision where complaint_id = :complaint order by seq desc limit :most")
                .param("complaint", complaint)
                .param("most", MOST_DECISIONS)
                .query(String.class)
                .list()
                .stream()
                .map(Actor::parse)
                .filter(actor -> actor.kind() == Actor.Kind.STAFF)
                .map(actor -> UUID.fromString(actor.id()))
                .collect(Collectors.toSet());
    }

    static void insert(Writes writes, UUID complaint, ComplainedAbout event, Instant at) {
        writes.addOne("""
                insert into routing.complained_about (complaint_id, id, about, staff, code, since)
                values (?, ?, ?, ?, ?, ?)
                """, complaint, event.id(), event.about(), event.staff(), event.code(), at);
    }

    static void lift(Writes writes, UUID complaint, UUID id, Instant at) {
        writes.addOne("""
                update routing.complained_about set lifted_at = ?
                where complaint_id = ? and id = ? and lifted_at is null
                """, at, complaint, id);
    }

    private static Recusals.Named named(ResultSet row, int number) throws SQLException {
        @Nullable String code = row.getString("code");
        return new Recusals.Named(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                About.valueOf(Objects.requireNonNull(row.getString("about"))),
                row.getObject("staff", UUID.class),
                code,
                Objects.requireNonNull(row.getObject("since", OffsetDateTime.class))
                        .toInstant());
    }
}
