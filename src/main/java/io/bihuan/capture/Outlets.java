package io.bihuan.capture;

import io.bihuan.complaint.Channel;
import io.bihuan.platform.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The places where complaints are taken on paper or by a code on a poster. */
@Component
public class Outlets {
    /** Places that are shown. */
    public static final int MOST = 500;

    private final JdbcClient jdbc;
    private final InstantSource time;

    Outlets(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Those in use, by name. */
    public List<Outlet> active() {
        return jdbc.sql("select * from capture.outlet where active order by name, code limit :most")
                .param("most", MOST)
                .query((row, number) -> outlet(row))
                .list();
    }

    public Optional<Outlet> find(String code) {
        return jdbc.sql("select * from capture.outlet where code = :code")
                .param("code", code)
                .query((row, number) -> outlet(row))
                .optional();
    }

    /**
     * Adds a place, or changes the one with this code.
     *
     * @throws Refused when the code cannot stand in an address
     */
    public void put(Outlet outlet) {
        if (!Outlet.CODE.matcher(outlet.code()).matches()) {
            throw new Refused("capture.refused.code");
        }
        jdbc.sql("""
                        insert into capture.outlet (code, name, address, channel, business_line, active, created_at)
                        values (:code, :name, :address, :channel, :line, :active, :now)
                        on conflict (code) do update set name = excluded.name, address = excluded.address,
                            channel = excluded.channel, business_line = excluded.business_line, active = excluded.active
                        """)
                .param("code", outlet.code())
                .param("name", outlet.name())
                .param("address", outlet.address())
                .param("channel", outlet.channel().name())
                .param("line", outlet.businessLine())
                .param("active", outlet.active())
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Outlet outlet(ResultSet row) throws SQLException {
        return new Outlet(
                row.getString("code"),
                row.getString("name"),
                row.getString("address"),
                Channel.valueOf(row.getString("channel")),
                row.getString("business_line"),
                row.getBoolean("active"));
    }
}
