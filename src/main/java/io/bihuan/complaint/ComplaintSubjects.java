package io.bihuan.complaint;

import io.bihuan.clock.ClockSubjects;
import io.bihuan.identity.Reach;
import io.bihuan.web.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the pages of clocks show of complaints. */
@Component
class ComplaintSubjects implements ClockSubjects {
    private record Known(
            UUID id,
            ComplaintNumber number,
            String channel,
            @Nullable String department) {}

    private final JdbcClient jdbc;

    ComplaintSubjects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String subjectKind() {
        return ComplaintClocks.SUBJECT;
    }

    @Override
    public Map<UUID, Link> links(Collection<UUID> ids, Reach reach) {
        var links = new HashMap<UUID, Link>();
        for (Known each : known(ids)) {
            if (reach.all() || (each.department() != null && each.department().equals(reach.department()))) {
                links.put(
                        each.id(),
                        new Link(
                                each.number().readable(),
                                "/desk/complaints/" + each.number().digits()));
            }
        }
        return links;
    }

    @Override
    public Map<UUID, List<String>> calendarKeys(Collection<UUID> ids) {
        var keys = new HashMap<UUID, List<String>>();
        known(ids).forEach(each -> keys.put(each.id(), ComplaintClocks.keys(each.department(), each.channel())));
        return keys;
    }

    @Override
    public @Nullable String milestone(String name, Texts t) {
        return Arrays.stream(Milestone.values())
                .filter(milestone -> milestone.name().equals(name))
                .findFirst()
                .map(t::of)
                .orElse(null);
    }

    private List<Known> known(Collection<UUID> ids) {
        return jdbc.sql("select id, number, channel, department from complaint.complaint where id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query(ComplaintSubjects::known)
                .list();
    }

    private static Known known(ResultSet row, int index) throws SQLException {
        return new Known(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                new ComplaintNumber(Objects.requireNonNull(row.getString("number"))),
                Objects.requireNonNull(row.getString("channel")),
                row.getString("department"));
    }
}
