package io.bihuan.identity.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an administrator writes down somebody.
 *
 * @param id null for somebody new
 */
public record StaffFormPage(
        @Nullable UUID id,
        StaffForm form,
        List<Option> departments,
        List<Option> leads,
        List<Option> calendars,
        FieldErrors errors) {}
