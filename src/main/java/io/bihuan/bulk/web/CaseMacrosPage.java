package io.bihuan.bulk.web;

import io.bihuan.bulk.Macro;
import io.bihuan.complaint.CasePages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The macros for one complaint.
 *
 * @param chosen the one whose effect is shown; null before one is chosen
 * @param key of the form: sent twice, it is done once
 * @param done the run that was just made; empty when there is none
 */
public record CaseMacrosPage(
        CasePages.Head head,
        List<Macro> macros,
        @Nullable Macro chosen,
        List<String> steps,
        String said,
        String problem,
        String key,
        boolean mayAct,
        String done) {}
