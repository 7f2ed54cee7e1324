package io.bihuan.bulk.web;

import io.bihuan.bulk.Deed;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/**
 * The form of a deed.
 *
 * @param numbers of the complaints to which it is done, {@code readable} as people read them
 */
public record BulkPage(
        Deed deed,
        List<String> numbers,
        List<String> readable,
        WishForm form,
        FieldErrors errors,
        List<Option> owners,
        List<ChoiceGroup> workers,
        List<Option> minutes,
        List<Option> macros,
        List<Option> kinds) {}
