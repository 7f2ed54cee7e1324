package io.bihuan.industry;

import io.bihuan.pack.Origin;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.Packs;
import io.bihuan.pack.StoredVersion;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The drafts of packs, one a pack. A draft may be wrong in itself; only a sound one becomes a version. */
@Component
public class Drafts {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Packs packs;
    private final InstantSource time;

    Drafts(JdbcClient jdbc, Packs packs, InstantSource time) {
        this.jdbc = jdbc;
        this.packs = packs;
        this.time = time;
    }

    public Optional<Draft> find(String pack) {
        return jdbc.sql("select * from industry.draft where pack = ?")
                .param(pack)
                .query(Drafts::draft)
                .optional();
    }

    /** Begins a draft from a version; one that is there already is kept. */
    @Transactional
    public Draft begin(String pack, int version, Actor by) {
        PackFolder folder = packs.folder(pack, version);
        jdbc.sql("""
                        insert into industry.draft (pack, version, revision, files, changed_at, changed_by)
                        values (?, ?, 1, ?::jsonb, ?, ?) on conflict (pack) do nothing
                        """)
                .param(pack)
                .param(version)
                .param(files(folder))
                .param(time.instant().atOffset(ZoneOffset.UTC))
                .param(by.toString())
                .update();
        return find(pack).orElseThrow();
    }

    /**
     * Changes a draft.
     *
     * @param revision what whoever changes it has seen; refused when somebody changed it since
     */
    @Transactional
    public Draft change(String pack, int revision, UnaryOperator<PackFolder> change, Actor by) {
        Draft found = lock(pack, revision);
        PackFolder changed = change.apply(found.folder());
        jdbc.sql("""
                        update industry.draft set files = ?::jsonb, revision = revision + 1, changed_at = ?, changed_by = ?
                        where pack = ?
                        """)
                .param(files(changed))
                .param(time.instant().atOffset(ZoneOffset.UTC))
                .param(by.toString())
                .param(pack)
                .update();
        return find(pack).orElseThrow();
    }

    /**
     * Makes the draft a version, which is not in force yet, and ends it.
     *
     * @throws io.bihuan.pack.PackInvalid with everything that is wrong; the draft stays
     */
    @Transactional
    public StoredVersion store(String pack, int revision, String note, Actor by) {
        Draft found = lock(pack, revision);
        StoredVersion stored = packs.store(found.folder(), Origin.EDITED, note, by);
        discard(pack);
        return stored;
    }

    public void discard(String pack) {
        jdbc.sql("delete from industry.draft where pack = ?").param(pack).update();
    }

    private Draft lock(String pack, int revision) {
        Draft found = jdbc.sql("select * from industry.draft where pack = ? for update")
                .param(pack)
                .query(Drafts::draft)
                .optional()
                .orElseThrow(() -> new Refused("industry.refused.no-draft"));
        if (found.revision() != revision) {
            throw new Refused("industry.refused.meanwhile");
        }
        return found;
    }

    private static Draft draft(ResultSet row, int number) throws SQLException {
        Map<String, String> texts = JSON.readValue(DryRuns.text(row, "files"), new TypeReference<>() {});
        return new Draft(
                DryRuns.text(row, "pack"),
                row.getInt("version"),
                row.getInt("revision"),
                PackFolder.of(DryRuns.text(row, "pack"), texts),
                DryRuns.instant(row, "changed_at"),
                DryRuns.text(row, "changed_by"));
    }

    private static String files(PackFolder folder) {
        var texts = new HashMap<String, String>();
        folder.files().forEach((file, bytes) -> texts.put(file, new String(bytes, StandardCharsets.UTF_8)));
        return JSON.writeValueAsString(texts);
    }
}
