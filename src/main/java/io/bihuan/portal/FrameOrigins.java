package io.bihuan.portal;

import io.bihuan.identity.Framing;
import io.bihuan.platform.Refused;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sites of the company that may show the complaint form in a frame; none until an administrator names one. */
@Component
public class FrameOrigins implements Framing {
    /** So many there are at most: all of them stand in a header. */
    static final int MOST = 50;

    /** A site that may. */
    public record Allowed(String origin, UUID addedBy, Instant addedAt) {}

    private final JdbcClient jdbc;
    private final InstantSource time;

    FrameOrigins(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    @Override
    public List<String> origins() {
        return list().stream().map(Allowed::origin).toList();
    }

    public List<Allowed> list() {
        return jdbc.sql("select origin, added_by, added_at from portal.frame_origin order by origin limit :most")
                .param("most", MOST)
                .query((row, index) -> new Allowed(
                        row.getString("origin"),
                        row.getObject("added_by", UUID.class),
                        row.getObject("added_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /**
     * Lets a site show the form; again changes nothing.
     *
     * @throws Refused when it is no site, or there are too many
     */
    public void add(String typed, UUID who) {
        String origin = read(typed);
        if (list().size() >= MOST) {
            throw new Refused("portal.refused.origins", MOST);
        }
        jdbc.sql("""
                        insert into portal.frame_origin (origin, added_by, added_at) values (:origin, :who, :now)
                        on conflict (origin) do nothing
                        """)
                .param("origin", origin)
                .param("who", who)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    public void remove(String origin) {
        jdbc.sql("delete from portal.frame_origin where origin = :origin")
                .param("origin", origin)
                .update();
    }

    /** Scheme, host and port only, as browsers compare them: what is written goes into a header. */
    static String read(String typed) {
        try {
            var url = new URI(typed.strip().toLowerCase(Locale.ROOT));
            String scheme = url.getScheme() == null ? "" : url.getScheme();
            String host = url.getHost() == null ? "" : url.getHost();
            boolean isBare = url.getRawUserInfo() == null
                    && (url.getRawPath() == null || url.getRawPath().matches("/?"))
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
            if (isBare && scheme.matches("https?") && host.matches("[a-z0-9.-]+") && url.getPort() <= 65_535) {
                return scheme + "://" + host + (url.getPort() > 0 ? ":" + url.getPort() : "");
            }
        } catch (URISyntaxException e) {
            // the same refusal
        }
        throw new Refused("portal.refused.origin");
    }
}
