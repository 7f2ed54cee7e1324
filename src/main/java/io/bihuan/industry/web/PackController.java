package io.bihuan.industry.web;

import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.industry.Draft;
import io.bihuan.industry.Drafts;
import io.bihuan.industry.PackZip;
import io.bihuan.pack.Activation;
import io.bihuan.pack.Origin;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.PackProblem;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Position;
import io.bihuan.pack.StoredVersion;
import io.bihuan.web.NotFound;
import io.bihuan.web.Page;
import io.bihuan.web.Phrase;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The versions of a pack, and what comes in as a file. */
@Controller
@RequestMapping("/desk/packs/{pack}")
class PackController {
    private final Packs packs;
    private final Drafts drafts;
    private final ActorNames actors;

    PackController(Packs packs, Drafts drafts, ActorNames actors) {
        this.packs = packs;
        this.drafts = drafts;
        this.actors = actors;
    }

    @GetMapping
    Page show(@PathVariable String pack, @AuthenticationPrincipal SignedIn who, Texts t) {
        return Page.of("industry/pack", page(pack, List.of(), who, t));
    }

    /** What is sent by POST is not read again. */
    @GetMapping({"/imports", "/drafts"})
    Page back(@PathVariable String pack) {
        return Page.to("/desk/packs/" + pack);
    }

    @PostMapping("/imports")
    Page take(
            @PathVariable String pack,
            @RequestParam MultipartFile file,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            Texts t)
            throws IOException {
        try (InputStream in = file.getInputStream()) {
            PackFolder folder = PackZip.read(in, Objects.requireNonNullElse(file.getOriginalFilename(), "pack.zip"));
            if (!folder.name().equals(pack)) {
                throw new PackInvalid(List.of(new PackProblem(
                        new Position("pack.yaml", 1, 1),
                        Phrase.of("industry.problem.otherPack", folder.name(), pack))));
            }
            StoredVersion stored = packs.store(packs.whole(folder), Origin.IMPORTED, note, who.actor());
            return Page.done(
                    "/desk/packs/" + pack + "/versions/" + stored.version(), "industry.import.done", stored.version());
        } catch (PackInvalid invalid) {
            return Page.invalid("industry/pack", page(pack, invalid.problems(), who, t));
        }
    }

    @PostMapping("/drafts")
    Page begin(@PathVariable String pack, @RequestParam int version, @AuthenticationPrincipal SignedIn who) {
        drafts.begin(pack, version, who.actor());
        return Page.to("/desk/packs/" + pack + "/draft");
    }

    // ---- inside ----

    private PackPage page(String pack, List<PackProblem> problems, SignedIn who, Texts t) {
        List<StoredVersion> versions = packs.versions(pack);
        if (versions.isEmpty()) {
            throw new NotFound("pack " + pack);
        }
        List<Activation> activations = packs.activations(pack);
        var names = actors.of(
                Stream.concat(
                                versions.stream().map(StoredVersion::storedBy),
                                activations.stream().map(Activation::by))
                        .distinct()
                        .toList(),
                t);
        StoredVersion newest = versions.getFirst();
        return new PackPage(
                pack,
                newest.name().in(t.locale()),
                newest.isAbstract(),
                versions.stream()
                        .map(each -> new PackPage.Version(
                                each.version(),
                                each.edition(),
                                each.origin(),
                                each.standing(),
                                each.from(),
                                each.storedAt(),
                                names.of(each.storedBy()),
                                note(each, t)))
                        .toList(),
                activations.stream()
                        .map(each -> new PackPage.Switch(
                                each.version(), each.from(), each.at(), names.of(each.by()), reason(each.reason(), t)))
                        .toList(),
                drafts.find(pack).map(draft -> drafted(draft, t)).orElse(null),
                IndustryRoutes.mayChange(who),
                packs.present(pack).map(Activation::version).orElse(0),
                problems);
    }

    private PackPage.Drafted drafted(Draft draft, Texts t) {
        return new PackPage.Drafted(draft.changedAt(), actors.name(draft.changedBy(), t), draft.version());
    }

    private static String note(StoredVersion version, Texts t) {
        return version.origin() == Origin.SHIPPED ? t.of("industry.version.shipped") : version.note();
    }

    private static String reason(String reason, Texts t) {
        return reason.equals("shipped") ? t.of("industry.version.shipped") : reason;
    }
}
