package io.bihuan.telephony;

import io.bihuan.platform.Refused;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which telephone stands before whom. */
@Component
public class Extensions {
    public static final int MOST = 2_000;
    /** As telephone systems call them: 8001, PJSIP names, agents with their domain. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");

    /** A telephone and who sits before it. */
    public record Extension(String name, UUID staff) {}

    private final JdbcClient jdbc;
    private final InstantSource time;

    Extensions(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    public List<Extension> all() {
        return jdbc.sql("select extension, staff from telephony.extension order by extension limit :most")
                .param("most", MOST)
                .query((row, number) ->
                        new Extension(CallRows.text(row, "extension"), row.getObject("staff", UUID.class)))
                .list();
    }

    /** Who sits before these telephones; unknown ones are left out. */
    Map<String, UUID> staff(Collection<String> names) {
        var staff = new HashMap<String, UUID>();
        if (!names.isEmpty()) {
            jdbc.sql("select extension, staff from telephony.extension where extension = any(:names)")
                    .param("names", names.toArray(String[]::new))
                    .query(row -> {
                        staff.put(
                                CallRows.text(row, "extension"),
                                Objects.requireNonNull(row.getObject("staff", UUID.class)));
                    });
        }
        return staff;
    }

    /** From now on this telephone stands before that person; whoever had it has it no more. */
    public void assign(String name, UUID staff) {
        if (!NAME.matcher(name).matches()) {
            throw new Refused("telephony.refused.extension");
        }
        jdbc.sql("""
                        insert into telephony.extension (extension, staff, created_at) values (:name, :staff, :now)
                        on conflict (extension) do update set staff = excluded.staff, created_at = excluded.created_at
                        """)
                .param("name", name)
                .param("staff", staff)
                .param("now", CallRows.sql(time.instant()))
                .update();
    }

    public void remove(String name) {
        jdbc.sql("delete from telephony.extension where extension = :name")
                .param("name", name)
                .update();
    }
}
