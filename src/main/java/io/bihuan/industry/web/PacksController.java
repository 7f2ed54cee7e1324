package io.bihuan.industry.web;

import static java.util.stream.Collectors.toSet;

import io.bihuan.identity.SignedIn;
import io.bihuan.industry.BusinessLines;
import io.bihuan.industry.web.PacksPage.LineForm;
import io.bihuan.pack.Activation;
import io.bihuan.pack.BusinessLine;
import io.bihuan.pack.Label;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.PackProblem;
import io.bihuan.pack.Packs;
import io.bihuan.pack.StoredVersion;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Which business line runs which pack, and which packs there are. */
@Controller
@RequestMapping("/desk/packs")
class PacksController {
    private static final int LONGEST_NAME = 60;

    private final Packs packs;
    private final BusinessLines lines;

    PacksController(Packs packs, BusinessLines lines) {
        this.packs = packs;
        this.lines = lines;
    }

    @GetMapping
    Page list(@AuthenticationPrincipal SignedIn who, Texts t) {
        LineForm form = IndustryRoutes.mayChange(who) ? LineForm.empty() : null;
        return Page.of("industry/packs", page(form, FieldErrors.NONE, t));
    }

    /** What is sent by POST is not read again. */
    @GetMapping({"/lines", "/lines/{line}"})
    Page back() {
        return Page.to("/desk/packs");
    }

    @PostMapping("/lines")
    Page open(@ModelAttribute LineForm form, @AuthenticationPrincipal SignedIn who, Texts t) {
        FieldErrors errors = check(form, t);
        if (!errors.any()) {
            try {
                BusinessLine line = lines.open(form.code(), label(form), form.pack(), who.actor());
                return Page.done(
                        "/desk/packs", "industry.lines.opened", line.name().in(t.locale()));
            } catch (Refused refused) {
                errors = errors.with(refused.key().equals("pack.refused.unknownPack") ? "pack" : "code", t.of(refused));
            } catch (PackInvalid invalid) {
                PackProblem first = invalid.problems().getFirst();
                errors = errors.with("pack", first.position() + " " + t.of(first.message()));
            }
        }
        return Page.invalid("industry/packs", page(form, errors, t));
    }

    @PostMapping("/lines/{line}/closing")
    Page close(@PathVariable String line, @AuthenticationPrincipal SignedIn who, Texts t) {
        BusinessLine closed = packs.close(line, who.actor());
        return Page.done("/desk/packs", "industry.lines.closed", closed.name().in(t.locale()));
    }

    @PostMapping("/lines/{line}/opening")
    Page reopen(@PathVariable String line, @AuthenticationPrincipal SignedIn who, Texts t) {
        BusinessLine closed = packs.line(line);
        BusinessLine opened = packs.open(line, closed.name(), closed.pack(), who.actor());
        return Page.done("/desk/packs", "industry.lines.opened", opened.name().in(t.locale()));
    }

    // ---- inside ----

    private static Label label(LineForm form) {
        return new Label(form.zh(), form.en().isEmpty() ? form.zh() : form.en());
    }

    private static FieldErrors check(LineForm form, Texts t) {
        FieldErrors errors = FieldErrors.NONE;
        if (form.code().isEmpty()) {
            errors = errors.with("code", t.of("industry.field.missing"));
        }
        if (form.zh().isEmpty()) {
            errors = errors.with("zh", t.of("industry.field.missing"));
        }
        if (form.zh().codePointCount(0, form.zh().length()) > LONGEST_NAME
                || form.en().codePointCount(0, form.en().length()) > LONGEST_NAME) {
            errors = errors.with("zh", t.of("industry.field.too-long", LONGEST_NAME));
        }
        if (form.pack().isEmpty()) {
            errors = errors.with("pack", t.of("industry.field.missing"));
        }
        return errors;
    }

    private PacksPage page(@Nullable LineForm form, FieldErrors errors, Texts t) {
        List<StoredVersion> newest = packs.newest();
        Set<String> offered = packs.offers().stream().map(StoredVersion::pack).collect(toSet());
        Map<String, String> names = new HashMap<>();
        newest.forEach(version -> names.put(version.pack(), version.name().in(t.locale())));
        List<BusinessLine> all = packs.lines();
        long active = all.stream().filter(BusinessLine::isActive).count();
        return new PacksPage(
                all.stream()
                        .map(line -> new PacksPage.Line(
                                line.code(),
                                line.name().in(t.locale()),
                                line.pack(),
                                names.getOrDefault(line.pack(), line.pack()),
                                packs.present(line.pack())
                                        .map(Activation::version)
                                        .orElse(0),
                                line.isActive(),
                                line.isActive() && active == 1))
                        .toList(),
                newest.stream()
                        .map(version -> pack(version, offered.contains(version.pack()), t))
                        .toList(),
                newest.stream()
                        .filter(version -> !version.isAbstract())
                        .map(version ->
                                new Option(version.pack(), version.name().in(t.locale())))
                        .toList(),
                form,
                errors);
    }

    private PacksPage.Pack pack(StoredVersion newest, boolean isOffered, Texts t) {
        Activation present = packs.present(newest.pack()).orElse(null);
        return new PacksPage.Pack(
                newest.pack(),
                newest.name().in(t.locale()),
                newest.edition(),
                present == null ? 0 : present.version(),
                present == null ? null : present.from(),
                newest.version(),
                newest.standing(),
                newest.isAbstract(),
                isOffered && present != null);
    }
}
