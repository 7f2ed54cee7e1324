package io.bihuan.identity;

import io.bihuan.platform.Refused;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the people of the staff can do and may do. */
@Component
public class Profiles {
    /** People asked for at once. */
    public static final int MOST = 500;

    static final int MOST_ENTRIES = 200;
    static final int LONGEST = 64;

    private record Dated(UUID staff, String code, LocalDate last) {}

    private final JdbcClient jdbc;

    Profiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Profile of(UUID person) {
        return Objects.requireNonNull(of(List.of(person)).get(person));
    }

    /** Of each of these people, at most {@value #MOST}; {@link Profile#NONE} of whom nothing is written down. */
    @Transactional(readOnly = true)
    public Map<UUID, Profile> of(Collection<UUID> people) {
        if (people.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " people at once");
        }
        UUID[] ids = people.toArray(UUID[]::new);
        var certificates = new HashMap<UUID, Map<String, LocalDate>>();
        jdbc.sql("select staff, code, expires_on from identity.certificate where staff = any(:ids)")
                .param("ids", ids)
                .query((row, number) -> new Dated(
                        id(row),
                        text(row, "code"),
                        Objects.requireNonNull(row.getObject("expires_on", LocalDate.class))))
                .list()
                .forEach(each -> certificates
                        .computeIfAbsent(each.staff(), person -> new HashMap<>())
                        .put(each.code(), each.last()));
        var profiles = new HashMap<UUID, Profile>();
        for (UUID person : people) {
            profiles.put(
                    person,
                    new Profile(Set.of(), Set.of(), Set.of(), null, null, certificates.getOrDefault(person, Map.of())));
        }
        jdbc.sql("""
                        select staff, skills, regions, languages, outlet, most_open from identity.profile
                        where staff = any(:ids)
                        """)
                .param("ids", ids)
                .query((row, number) -> profiles.put(
                        id(row),
                        new Profile(
                                words(row, "skills"),
                                words(row, "regions"),
                                words(row, "languages"),
                                row.getString("outlet"),
                                row.getObject("most_open", Integer.class),
                                certificates.getOrDefault(id(row), Map.of()))))
                .list();
        return profiles;
    }

    @Transactional
    public void save(UUID person, Profile profile) {
        int entries = profile.skills().size()
                + profile.regions().size()
                + profile.languages().size()
                + profile.certificates().size();
        if (entries > MOST_ENTRIES) {
            throw new Refused("identity.refused.profileEntries", MOST_ENTRIES);
        }
        for (Collection<String> each : List.of(profile.skills(), profile.regions(), profile.languages())) {
            if (each.stream().anyMatch(entry -> entry.isBlank() || entry.length() > LONGEST)) {
                throw new Refused("identity.refused.profileEntry", LONGEST);
            }
        }
        jdbc.sql("""
                        insert into identity.profile (staff, skills, regions, languages, outlet, most_open)
                        values (:staff, :skills, :regions, :languages, :outlet, :mostOpen)
                        on conflict (staff) do update set skills = :skills, regions = :regions, languages = :languages,
                            outlet = :outlet, most_open = :mostOpen
                        """)
                .param("staff", person)
                .param("skills", sorted(profile.skills()))
                .param("regions", sorted(profile.regions()))
                .param("languages", sorted(profile.languages()))
                .param("outlet", profile.outlet())
                .param("mostOpen", profile.mostOpen())
                .update();
        jdbc.sql("delete from identity.certificate where staff = :staff")
                .param("staff", person)
                .update();
        profile.certificates()
                .forEach((code, last) -> jdbc.sql(
                                "insert into identity.certificate (staff, code, expires_on) values (?, ?, ?)")
                        .param(person)
                        .param(code)
                        .param(last)
                        .update());
    }

    private static String[] sorted(Set<String> words) {
        return words.stream().sorted().toArray(String[]::new);
    }

    private static UUID id(ResultSet row) throws SQLException {
        return Objects.requireNonNull(row.getObject("staff", UUID.class));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }

    private static Set<String> words(ResultSet row, String column) throws SQLException {
        @Nullable Array array = row.getArray(column);
        return array == null ? Set.of() : Set.of((String[]) array.getArray());
    }
}
