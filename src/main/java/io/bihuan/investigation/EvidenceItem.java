package io.bihuan.investigation;

import io.bihuan.platform.files.FileUse;
import io.bihuan.privacy.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of a complaint as a piece of evidence.
 *
 * @param kind null while nobody has said what it is
 * @param source from whom it comes
 * @param obtainedAt when it was obtained, if that is known
 * @param line what of the playbook it is
 */
public record EvidenceItem(
        FileUse use,
        @Nullable EvidenceKind kind,
        @Nullable Personal source,
        @Nullable Instant obtainedAt,
        @Nullable String line) {}
