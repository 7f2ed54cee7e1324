package io.bihuan.platform.files;

import java.util.UUID;

/** What holds on to a file: a kind such as {@code complaint} and the id of the one that uses it. */
public record FileUser(String kind, UUID id) {}
