package io.bihuan.standard.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Category;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.standard.Applies;
import io.bihuan.standard.CompensationMatrix;
import io.bihuan.standard.Guidance;
import io.bihuan.standard.Letters;
import io.bihuan.standard.Playbooks;
import io.bihuan.standard.Retention;
import io.bihuan.standard.StandardTexts;
import io.bihuan.standard.Standards;
import io.bihuan.standard.Targets;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a business line's pack says about handling, to read and to print. */
@Controller
class StandardsController {
    private final Packs packs;

    StandardsController(Packs packs) {
        this.packs = packs;
    }

    /**
     * @param line a business line; the first one when empty
     * @param category shows only what holds for it
     */
    @GetMapping("/desk/standards")
    Page show(
            @RequestParam(defaultValue = "") String line,
            @RequestParam(defaultValue = "") String category,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        List<String> lines = List.copyOf(packs.businessLines());
        String chosen = line.isEmpty() && !lines.isEmpty() ? lines.getFirst() : line;
        if (!lines.contains(chosen)) {
            throw new NotFound("business line " + chosen);
        }
        Pack pack = packs.of(chosen);
        // A category of another line is no mistake of the reader, who changed the line.
        List<Category> path = pack.categories().path(category);
        return Page.of(
                "standard/standards",
                new StandardsPage(
                        chosen,
                        lines.stream()
                                .map(each ->
                                        new Option(each, packs.line(each).name().in(t.locale())))
                                .toList(),
                        path.isEmpty() ? "" : category,
                        categories(pack, t),
                        pack.name().in(t.locale()),
                        pack.version(),
                        parts(pack, path),
                        new StandardTexts(pack, t),
                        who.roles()));
    }

    private static StandardsPage.Parts parts(Pack pack, List<Category> path) {
        var targets = pack.part(Targets.class).all();
        var retention = pack.part(Retention.class, Retention.NONE);
        if (path.isEmpty()) {
            return new StandardsPage.Parts(
                    inUse(pack.part(Standards.class).all(), each -> each.applies()),
                    inUse(pack.part(Playbooks.class).all(), each -> each.applies()),
                    inUse(pack.part(CompensationMatrix.class).all(), each -> each.applies()),
                    inUse(pack.part(Letters.class).all(), each -> each.applies()),
                    targets,
                    inUse(retention.all(), each -> each.applies()));
        }
        var guidance = Guidance.of(pack, path.getLast().code());
        return new StandardsPage.Parts(
                Stream.ofNullable(guidance.standard()).toList(),
                Stream.ofNullable(guidance.playbook()).toList(),
                guidance.compensation(),
                guidance.letters(),
                targets,
                retention.forCategory(path));
    }

    /** What the pack took over but uses for nothing is not what this company does. */
    private static <T> List<T> inUse(List<T> items, Function<T, Applies> applies) {
        return items.stream().filter(item -> applies.apply(item).isUsed()).toList();
    }

    /** Each with those above it: 维修质量 / 反复维修未修好. */
    private static List<Option> categories(Pack pack, Texts t) {
        return pack.categories().all().stream()
                .map(category -> new Option(
                        category.code(),
                        String.join(
                                " / ",
                                pack.categories().path(category.code()).stream()
                                        .map(each -> each.label().in(t.locale()))
                                        .toList())))
                .toList();
    }
}
