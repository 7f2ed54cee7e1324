package io.bihuan.bulk.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/**
 * The form of a macro.
 *
 * @param path where it is sent
 * @param isNew whether it is laid down, not changed
 * @param places what can stand in the words for a customer
 */
public record MacroPage(
        String path,
        boolean isNew,
        boolean isRetired,
        WishForm form,
        FieldErrors errors,
        List<Option> departments,
        List<ChoiceGroup> workers,
        List<Option> minutes,
        List<Option> purposes,
        List<Option> places) {}
