package io.bihuan.telephony.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the call log.
 *
 * @param next address of the next page
 * @param first address of the first page, where this is another
 */
public record CallsPage(
        CallsQuery query,
        List<CallLine> lines,
        List<Option> states,
        List<Option> directions,
        List<Option> people,
        @Nullable String next,
        @Nullable String first,
        boolean mayPlan,
        boolean mayArrange,
        FieldErrors errors) {}
