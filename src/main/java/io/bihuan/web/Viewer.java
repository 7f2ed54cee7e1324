package io.bihuan.web;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, as far as a page's frame must know.
 *
 * @param roleKeys texts of the roles
 * @param mayOpen whether this person may GET a path
 */
public record Viewer(
        UUID id, String name, @Nullable String department, List<String> roleKeys, Predicate<String> mayOpen) {}
