package io.bihuan.clock;

import java.util.UUID;

/** What a clock runs on; the kind ({@code complaint}) names its owner, of which this module knows nothing more. */
public record Subject(String kind, UUID id) {}
