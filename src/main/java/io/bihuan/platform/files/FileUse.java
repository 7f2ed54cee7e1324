package io.bihuan.platform.files;

import java.time.Instant;

/** One use of a stored file, under the name its user gave it. */
public record FileUse(FileUser user, String name, StoredFile file, Instant usedAt) {}
