package io.bihuan.bulk.web;

import io.bihuan.bulk.Macro;
import io.bihuan.bulk.Macros;
import io.bihuan.bulk.MessagePart;
import io.bihuan.bulk.Problem;
import io.bihuan.bulk.Runs;
import io.bihuan.bulk.Wish;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Ids;
import io.bihuan.platform.Refused;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A macro, applied to one complaint. */
@Controller
class CaseMacrosController {
    static final String TAB = "macros";

    private final CasePages pages;
    private final Macros macros;
    private final Runs runs;
    private final RunWords words;

    CaseMacrosController(CasePages pages, Macros macros, Runs runs, RunWords words) {
        this.pages = pages;
        this.macros = macros;
        this.runs = runs;
        this.words = words;
    }

    @GetMapping("/desk/complaints/{number}/macros")
    Page show(
            @PathVariable String number,
            @RequestParam(required = false) @Nullable UUID macro,
            @RequestParam(required = false) @Nullable UUID done,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = pages.complaint(number, who);
        Macro chosen = macro == null ? null : macros.find(macro, who);
        String problem = chosen == null
                ? ""
                : runs.rehearse(Wish.apply(chosen), complaint, who)
                        .map((Problem each) -> each.in(t.locale()))
                        .orElse("");
        return Page.of("bulk/casemacros", page(complaint, chosen, problem, Ids.next(), done, who, t));
    }

    @PostMapping("/desk/complaints/{number}/macros")
    Page create(
            @PathVariable String number,
            @RequestParam UUID macro,
            @RequestParam UUID key,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = pages.complaint(number, who);
        Macro chosen = macros.find(macro, who);
        try {
            runs.once(key, Wish.apply(chosen), complaint, who, t);
            return Page.done(
                    "/desk/complaints/" + complaint.number().digits() + "/" + TAB + "?done=" + key,
                    "bulk.macro.applied",
                    chosen.name());
        } catch (Refused refused) {
            return Page.invalid("bulk/casemacros", page(complaint, chosen, t.of(refused), key, null, who, t));
        }
    }

    private CaseMacrosPage page(
            Complaint complaint,
            @Nullable Macro chosen,
            String problem,
            UUID key,
            @Nullable UUID done,
            SignedIn who,
            Texts t) {
        MessagePart message = chosen == null ? null : chosen.parts().message();
        return new CaseMacrosPage(
                pages.head(complaint, TAB, who, t),
                macros.of(who),
                chosen,
                chosen == null ? List.of() : words.steps(Wish.apply(chosen), t),
                message == null ? "" : words.said(message, complaint.number()),
                problem,
                key.toString(),
                BulkRoutes.mayAct(who) && complaint.isOpen() && !complaint.isJoined(),
                Objects.toString(done, ""));
    }
}
