package io.bihuan.telephony.web;

import io.bihuan.complaint.Worklist;
import io.bihuan.telephony.CallBacks.CallBack;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call: what happened, what came of it, and the form for the latter.
 *
 * @param open complaints of the number that are not closed
 * @param callBack the one it asked for or was settled by
 * @param mayCallBack whether the reader may take it over
 * @param form null for who may not write
 */
public record CallPage(
        CallLine line,
        List<Step> steps,
        List<Worklist.Row> open,
        List<Written> written,
        @Nullable CallBack callBack,
        boolean mayCallBack,
        List<Option> outcomes,
        @Nullable WrapUpForm form,
        String register,
        FieldErrors errors) {
    /** Something that happened, in words. */
    public record Step(Instant at, String text, String detail) {}

    /** Something that was written down. */
    public record Written(
            String by,
            Instant at,
            String outcome,
            @Nullable String note,
            @Nullable String complaint) {}
}
