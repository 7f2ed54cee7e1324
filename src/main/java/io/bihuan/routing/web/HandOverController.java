package io.bihuan.routing.web;

import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.identity.SignedIn;
import io.bihuan.platform.Refused;
import io.bihuan.routing.HandOvers;
import io.bihuan.routing.HandOvers.Item;
import io.bihuan.routing.HandOvers.Planned;
import io.bihuan.routing.Ranking;
import io.bihuan.web.BadInput;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Who will be away gives the open cases to others before. */
@Controller
@RequestMapping("/desk/hand-overs")
class HandOverController {
    private static final int MOST_CHOICES = 30;

    record HandOverForm(
            @Nullable String owner,
            @Nullable String handler,
            @Nullable @Size(max = 2_000) String note) {}

    private final HandOvers handOvers;

    HandOverController(HandOvers handOvers) {
        this.handOvers = handOvers;
    }

    @GetMapping
    Page list(@AuthenticationPrincipal SignedIn who) {
        return Page.of("routing/handovers", new HandOversPage(handOvers.planned(who)));
    }

    @GetMapping("/{absence}")
    Page show(@PathVariable UUID absence, @AuthenticationPrincipal SignedIn who, Texts t) {
        return page(planned(absence, who), "", "", FieldErrors.NONE, t);
    }

    @PostMapping("/{absence}/complaints/{number}")
    Page create(
            @PathVariable UUID absence,
            @PathVariable String number,
            @Valid @ModelAttribute HandOverForm form,
            BindingResult binding,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Planned planned = planned(absence, who);
        ComplaintNumber which = ComplaintNumber.read(number).orElseThrow(() -> new NotFound("complaint " + number));
        String note = Objects.requireNonNullElse(form.note(), "");
        FieldErrors errors = FieldErrors.of(binding, t);
        if (!errors.any()) {
            try {
                handOvers.handOver(planned, which, id(form.owner()), id(form.handler()), note, who.actor());
                return Page.done("/desk/hand-overs/" + absence, "routing.handOver.done", which.readable());
            } catch (Refused refused) {
                errors = errors.with("note", t.of(refused));
            }
        }
        return page(planned, which.digits(), note, errors, t);
    }

    private static @Nullable UUID id(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(typed);
        } catch (IllegalArgumentException e) {
            throw new BadInput("/owner", "web.field.unreadable");
        }
    }

    private Planned planned(UUID absence, SignedIn who) {
        return handOvers.find(absence, who).orElseThrow(() -> new NotFound("absence " + absence));
    }

    private Page page(Planned planned, String failed, String note, FieldErrors errors, Texts t) {
        var lines = handOvers.items(planned).stream().map(item -> line(item, t)).toList();
        var page = new HandOverPage(planned, lines, failed, note, errors);
        return errors.any() ? Page.invalid("routing/handover", page) : Page.of("routing/handover", page);
    }

    private static HandOverPage.Line line(Item item, Texts t) {
        var row = item.row();
        Ranking owners = item.owners();
        Ranking handlers = item.handlers();
        return new HandOverPage.Line(
                row.number().digits(),
                row.number().readable(),
                row.headline(t),
                row.dueAt(),
                item.isHandler(),
                owners == null ? null : options(owners, t),
                handlers == null ? null : options(handlers, t));
    }

    private static List<Option> options(Ranking ranking, Texts t) {
        return ranking.proposed().stream()
                .limit(MOST_CHOICES)
                .map(each -> new Option(
                        each.candidate().id().toString(),
                        t.of("routing.points", each.candidate().name(), each.total())))
                .toList();
    }
}
