package io.bihuan.industry.web;

import static java.util.stream.Collectors.joining;

import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.industry.DryRun;
import io.bihuan.industry.DryRuns;
import io.bihuan.industry.PackDifference;
import io.bihuan.industry.PackDifference.Change;
import io.bihuan.industry.PackZip;
import io.bihuan.industry.web.VersionPage.SwitchForm;
import io.bihuan.pack.Activation;
import io.bihuan.pack.Origin;
import io.bihuan.pack.Pack;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.Packs;
import io.bihuan.pack.StoredVersion;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One version of a pack: differences, file, bringing it into force. */
@Controller
@RequestMapping("/desk/packs/{pack}/versions/{version}")
class VersionController {
    private static final int MOST_DIFFERENCES = 400;
    private static final int MOST_RUNS = 5;

    private final Packs packs;
    private final DryRuns dryRuns;
    private final ActorNames actors;
    private final InstantSource time;

    VersionController(Packs packs, DryRuns dryRuns, ActorNames actors, InstantSource time) {
        this.packs = packs;
        this.dryRuns = dryRuns;
        this.actors = actors;
        this.time = time;
    }

    @GetMapping
    Page show(
            @PathVariable String pack,
            @PathVariable int version,
            @RequestParam(defaultValue = "0") int against,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        return Page.of(
                "industry/version", page(pack, version, against, new SwitchForm("", ""), FieldErrors.NONE, who, t));
    }

    /** What is sent by POST is not read again. */
    @GetMapping("/activations")
    Page back(@PathVariable String pack, @PathVariable int version) {
        return Page.to("/desk/packs/" + pack + "/versions/" + version);
    }

    /** The folder as a zip file; it can be imported here or elsewhere. */
    @GetMapping("/file")
    ResponseEntity<byte[]> file(@PathVariable String pack, @PathVariable int version) throws IOException {
        StoredVersion found = find(pack, version);
        var zip = new ByteArrayOutputStream();
        PackZip.write(packs.folder(pack, version), zip);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(found.pack() + "-" + version + ".zip")
                                .build()
                                .toString())
                .body(zip.toByteArray());
    }

    @PostMapping("/activations")
    Page activate(
            @PathVariable String pack,
            @PathVariable int version,
            @ModelAttribute SwitchForm form,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        FieldErrors errors = FieldErrors.NONE;
        Instant from = from(form, t);
        if (from == null) {
            errors = errors.with("from", t.of("industry.field.time"));
        }
        if (form.reason().isEmpty()) {
            errors = errors.with("reason", t.of("industry.field.missing"));
        }
        if (from != null && !errors.any()) {
            try {
                Activation done = bringIntoForce(find(pack, version), from, who, form.reason());
                return Page.done("/desk/packs/" + pack, "industry.version.activated", version, t.dateTime(done.from()));
            } catch (Refused refused) {
                errors = errors.with("from", t.of(refused));
            } catch (PackInvalid invalid) {
                errors = errors.with(
                        "reason",
                        invalid.problems().stream()
                                .map(problem -> problem.position() + " " + t.of(problem.message()))
                                .collect(joining("\n")));
            }
        }
        return Page.invalid("industry/version", page(pack, version, 0, form, errors, who, t));
    }

    /** A base takes along every pack that is built on it. */
    private Activation bringIntoForce(StoredVersion version, Instant from, SignedIn who, String reason) {
        if (!version.isAbstract()) {
            return packs.activate(version.pack(), version.version(), from, who.actor(), reason);
        }
        packs.publishBase(packs.folder(version.pack(), version.version()), version.origin(), from, who.actor(), reason);
        return packs.activations(version.pack()).getFirst();
    }

    // ---- inside ----

    /** Now, or the moment typed; null when it is none. */
    private @Nullable Instant from(SwitchForm form, Texts t) {
        if (form.from().isEmpty()) {
            return time.instant();
        }
        try {
            return LocalDateTime.parse(form.from()).atZone(t.zone()).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private StoredVersion find(String pack, int version) {
        try {
            return packs.version(pack, version);
        } catch (Refused unknown) {
            throw new NotFound("pack " + pack + " version " + version);
        }
    }

    private VersionPage page(
            String pack, int number, int against, SwitchForm form, FieldErrors errors, SignedIn who, Texts t) {
        StoredVersion version = find(pack, number);
        List<StoredVersion> all = packs.versions(pack);
        int other = against > 0 ? against : usual(all, number);
        List<Change> changes = other == 0
                ? List.of()
                : PackDifference.between(packs.folder(pack, find(pack, other).version()), packs.folder(pack, number));
        return new VersionPage(
                pack,
                version.name().in(t.locale()),
                number,
                version.edition(),
                version.origin(),
                version.standing(),
                version.from(),
                version.storedAt(),
                actors.name(version.storedBy(), t),
                version.origin() == Origin.SHIPPED ? t.of("industry.version.shipped") : version.note(),
                version.isAbstract(),
                other,
                all.stream()
                        .filter(each -> each.version() != number)
                        .map(each -> new Option(
                                String.valueOf(each.version()),
                                t.of("industry.version.of", each.version(), t.of(each.standing()))))
                        .toList(),
                parts(changes, t),
                changes.size(),
                changes.size() > MOST_DIFFERENCES,
                version.isAbstract() ? List.of() : sizes(packs.get(pack, number), t),
                dryRuns.of(pack, number, MOST_RUNS).stream()
                        .map(run -> run(run, t))
                        .toList(),
                IndustryRoutes.mayChange(who),
                form,
                errors);
    }

    /** The version in force, or before this one when it is this one. */
    private static int usual(List<StoredVersion> all, int number) {
        return all.stream()
                .filter(each -> each.version() != number && each.standing() == StoredVersion.Standing.IN_FORCE)
                .findFirst()
                .or(() -> all.stream().filter(each -> each.version() < number).findFirst())
                .map(StoredVersion::version)
                .orElse(0);
    }

    static List<VersionPage.Part> parts(List<Change> changes, Texts t) {
        var rows = new LinkedHashMap<String, List<VersionPage.Row>>();
        for (Change change : changes.subList(0, Math.min(MOST_DIFFERENCES, changes.size()))) {
            rows.computeIfAbsent(change.part(), part -> new ArrayList<>())
                    .add(new VersionPage.Row(place(change, t), change.before(), change.after()));
        }
        return rows.entrySet().stream()
                .map(each -> new VersionPage.Part(PartWords.part(each.getKey(), t), each.getValue()))
                .toList();
    }

    private static String place(Change change, Texts t) {
        return String.join(
                " › ",
                change.place().stream().map(step -> PartWords.key(step, t)).toList());
    }

    private static List<VersionPage.Size> sizes(Pack pack, Texts t) {
        return List.of(
                new VersionPage.Size(
                        PartWords.part("categories", t),
                        pack.categories().leaves().size()),
                new VersionPage.Size(
                        PartWords.part("departments", t),
                        pack.departments().all().size()),
                new VersionPage.Size(
                        PartWords.part("form", t), pack.form().all().size()),
                new VersionPage.Size(
                        PartWords.part("remedies", t), pack.remedies().all().size()));
    }

    private VersionPage.Run run(DryRun run, Texts t) {
        return new VersionPage.Run(
                run.id().toString(),
                run.at(),
                actors.name(run.startedBy(), t),
                run.versionBefore(),
                run.changed(),
                run.counted(),
                run.isRunning());
    }
}
