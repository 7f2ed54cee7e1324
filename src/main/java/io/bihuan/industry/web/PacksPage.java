package io.bihuan.industry.web;

import io.bihuan.pack.StoredVersion;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The business lines and the packs of an installation.
 *
 * @param form of the line to open; null for who may not
 */
public record PacksPage(
        List<Line> lines,
        List<Pack> packs,
        List<Option> choices,
        @Nullable LineForm form,
        FieldErrors errors) {
    public record Line(
            String code, String name, String pack, String packName, int version, boolean isActive, boolean isOnly) {}

    /**
     * A pack and its newest version.
     *
     * @param version the one in force; 0 when none is
     * @param isOffered whether the release brought something newer
     */
    public record Pack(
            String id,
            String name,
            String edition,
            int version,
            @Nullable Instant since,
            int newest,
            StoredVersion.Standing standing,
            boolean isAbstract,
            boolean isOffered) {}

    /** What is typed to open or change a line. */
    public record LineForm(String code, String zh, String en, String pack) {
        public LineForm {
            code = code == null ? "" : code.strip();
            zh = zh == null ? "" : zh.strip();
            en = en == null ? "" : en.strip();
            pack = pack == null ? "" : pack;
        }

        static LineForm empty() {
            return new LineForm("", "", "", "");
        }
    }
}
