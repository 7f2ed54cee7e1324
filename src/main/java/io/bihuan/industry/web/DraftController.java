package io.bihuan.industry.web;

import static java.util.stream.Collectors.joining;

import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.industry.Draft;
import io.bihuan.industry.DraftParts;
import io.bihuan.industry.DraftParts.Item;
import io.bihuan.industry.Drafts;
import io.bihuan.industry.PackDifference;
import io.bihuan.industry.PackDifference.Change;
import io.bihuan.industry.PartField;
import io.bihuan.industry.web.DraftPage.Body;
import io.bihuan.industry.web.DraftPage.Field;
import io.bihuan.pack.PackFolder;
import io.bihuan.pack.PackInvalid;
import io.bihuan.pack.PackProblem;
import io.bihuan.pack.Packs;
import io.bihuan.pack.Severity;
import io.bihuan.pack.StoredVersion;
import io.bihuan.platform.Refused;
import io.bihuan.standard.Measure;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.StorableText;
import io.bihuan.web.Texts;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.HandlerMapping;
import org.yaml.snakeyaml.error.YAMLException;

/** Changes of a pack before they are a version: items of the common parts by form, everything else as text. */
@Controller
@RequestMapping("/desk/packs/{pack}/draft")
class DraftController {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_FILE = 1 << 20;

    private final Drafts drafts;
    private final Packs packs;
    private final ActorNames actors;

    DraftController(Drafts drafts, Packs packs, ActorNames actors) {
        this.drafts = drafts;
        this.packs = packs;
        this.actors = actors;
    }

    @GetMapping
    Page show(@PathVariable String pack, Texts t) {
        Draft draft = find(pack);
        return Page.of("industry/draft", page(draft, overview(draft, "", t), FieldErrors.NONE, t));
    }

    /** What is sent by POST is not read again. */
    @GetMapping({"/versions", "/discarding"})
    Page back(@PathVariable String pack) {
        return Page.to("/desk/packs/" + pack);
    }

    @PostMapping("/versions")
    Page store(
            @PathVariable String pack,
            @RequestParam int revision,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        FieldErrors errors = FieldErrors.NONE;
        if (note.isBlank()) {
            errors = errors.with("note", t.of("industry.field.missing"));
        } else {
            try {
                StoredVersion stored = drafts.store(pack, revision, note.strip(), who.actor());
                return Page.done(
                        "/desk/packs/" + pack + "/versions/" + stored.version(),
                        "industry.draft.stored",
                        stored.version());
            } catch (PackInvalid invalid) {
                errors = errors.with("note", t.of("industry.draft.invalid"));
            } catch (Refused refused) {
                errors = errors.with("note", t.of(refused));
            }
        }
        Draft draft = find(pack);
        return Page.invalid("industry/draft", page(draft, overview(draft, note, t), errors, t));
    }

    @PostMapping("/discarding")
    Page discard(@PathVariable String pack) {
        drafts.discard(pack);
        return Page.done("/desk/packs/" + pack, "industry.draft.discarded");
    }

    // ---- parts ----

    @GetMapping("/parts/{part}")
    Page part(@PathVariable String pack, @PathVariable String part, Texts t) {
        Draft draft = find(pack);
        return Page.of("industry/draft", page(draft, part(draft, part, "", "", "", t), FieldErrors.NONE, t));
    }

    /** Adds an item, in a tree below another ({@code under}, codes with slashes). */
    @PostMapping("/parts/{part}")
    Page add(
            @PathVariable String pack,
            @PathVariable String part,
            @RequestParam int revision,
            @RequestParam(defaultValue = "") String under,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String zh,
            @RequestParam(defaultValue = "") String en,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Draft draft = find(pack);
        FieldErrors errors = FieldErrors.NONE;
        List<String> list = new ArrayList<>(List.of(part));
        if (!under.isEmpty()) {
            list.addAll(Arrays.asList(under.split("/", -1)));
            list.add("children");
        }
        if (!CODE.matcher(code).matches()) {
            errors = errors.with("code", t.of("industry.field.code"));
        } else if (DraftParts.items(draft.folder(), part).stream()
                .anyMatch(item -> item.code().equals(code))) {
            errors = errors.with("code", t.of("industry.field.exists"));
        }
        if (zh.isBlank()) {
            errors = errors.with("zh", t.of("industry.field.missing"));
        }
        if (!errors.any()) {
            String english = en.isBlank() ? zh.strip() : en.strip();
            errors = change(
                    pack, revision, folder -> DraftParts.add(folder, list, code, zh.strip(), english), errors, who, t);
        }
        if (errors.any()) {
            return Page.invalid("industry/draft", page(find(pack), part(draft, part, code, zh, en, t), errors, t));
        }
        var path = new ArrayList<>(list.subList(1, list.size()));
        path.add(code);
        return Page.to("/desk/packs/" + pack + "/draft/parts/" + part + "/item?at=" + String.join("/", path));
    }

    @GetMapping("/parts/{part}/item")
    Page item(@PathVariable String pack, @PathVariable String part, @RequestParam String at, Texts t) {
        Draft draft = find(pack);
        return Page.of("industry/draft", page(draft, one(draft, part, at, null, t), FieldErrors.NONE, t));
    }

    @PostMapping("/parts/{part}/item")
    Page change(
            @PathVariable String pack,
            @PathVariable String part,
            @RequestParam String at,
            @RequestParam int revision,
            @RequestParam Map<String, String> typed,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        FieldErrors errors = FieldErrors.NONE;
        if (!typed.values().stream().allMatch(StorableText::is)) {
            errors = errors.with("", t.of("web.field.unstorable"));
        }
        List<String> path = known(pack, part, at);
        if (!errors.any()) {
            errors = change(pack, revision, folder -> DraftParts.set(folder, path, typed), errors, who, t);
        }
        if (errors.any()) {
            Draft draft = find(pack);
            return Page.invalid("industry/draft", page(draft, one(draft, part, at, typed, t), errors, t));
        }
        return Page.done("/desk/packs/" + pack + "/draft/parts/" + part, "industry.draft.changed");
    }

    @GetMapping({"/parts/{part}/removal", "/parts/{part}/adoption"})
    Page backToPart(@PathVariable String pack, @PathVariable String part) {
        return Page.to("/desk/packs/" + pack + "/draft/parts/" + part);
    }

    @PostMapping("/parts/{part}/removal")
    Page remove(
            @PathVariable String pack,
            @PathVariable String part,
            @RequestParam String at,
            @RequestParam int revision,
            @AuthenticationPrincipal SignedIn who) {
        List<String> path = known(pack, part, at);
        drafts.change(pack, revision, folder -> DraftParts.remove(folder, path), who.actor());
        return Page.done("/desk/packs/" + pack + "/draft/parts/" + part, "industry.draft.removed");
    }

    /** Makes an item of the base the pack's own. */
    @PostMapping("/parts/{part}/adoption")
    Page adopt(
            @PathVariable String pack,
            @PathVariable String part,
            @RequestParam String at,
            @RequestParam int revision,
            @AuthenticationPrincipal SignedIn who) {
        List<String> path = known(pack, part, at);
        drafts.change(pack, revision, folder -> DraftParts.takeOver(folder, path), who.actor());
        return Page.to("/desk/packs/" + pack + "/draft/parts/" + part + "/item?at=" + at);
    }

    // ---- files ----

    @GetMapping("/file")
    Page file(@PathVariable String pack, @RequestParam String name, Texts t) {
        Draft draft = find(pack);
        return Page.of("industry/draft", page(draft, source(draft, name, null), FieldErrors.NONE, t));
    }

    @PostMapping("/file")
    Page write(
            @PathVariable String pack,
            @RequestParam String name,
            @RequestParam int revision,
            @RequestParam(defaultValue = "") String text,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Draft draft = find(pack);
        FieldErrors errors = FieldErrors.NONE;
        if (source(draft, name, text).isBase()) {
            errors = errors.with("text", t.of("industry.file.of-base"));
        } else if (!StorableText.is(text) || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_FILE) {
            errors = errors.with("text", t.of("industry.file.too-long"));
        } else {
            errors = change(pack, revision, folder -> with(folder, name, text.replace("\r\n", "\n")), errors, who, t);
        }
        if (errors.any()) {
            return Page.invalid("industry/draft", page(find(pack), source(draft, name, text), errors, t));
        }
        return Page.done("/desk/packs/" + pack + "/draft", "industry.draft.changed");
    }

    private static PackFolder with(PackFolder folder, String name, String text) {
        var files = new TreeMap<>(folder.files());
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return new PackFolder(folder.name(), files);
    }

    /** A file that is no YAML has no items: where it is broken stands on the overview. */
    @ExceptionHandler(YAMLException.class)
    Page unreadable(HttpServletRequest request) {
        Map<?, ?> variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return Page.done("/desk/packs/" + variables.get("pack") + "/draft", "industry.file.unreadable");
    }

    // ---- inside ----

    private Draft find(String pack) {
        return drafts.find(pack).orElseThrow(() -> new NotFound("draft of " + pack));
    }

    private FieldErrors change(
            String pack, int revision, UnaryOperator<PackFolder> change, FieldErrors errors, SignedIn who, Texts t) {
        try {
            drafts.change(pack, revision, change, who.actor());
            return errors;
        } catch (Refused refused) {
            return errors.with("", t.of(refused));
        } catch (YAMLException e) {
            return errors.with("", t.of("industry.file.unreadable"));
        }
    }

    private List<String> known(String pack, String part, String at) {
        require(part);
        List<String> path = path(part, at);
        if (DraftParts.item(find(pack).folder(), path).isEmpty()) {
            throw new NotFound("item " + at);
        }
        return path;
    }

    private static List<String> path(String part, String at) {
        var path = new ArrayList<>(List.of(part));
        path.addAll(Arrays.asList(at.split("/", -1)));
        return path;
    }

    private DraftPage page(Draft draft, Body body, FieldErrors errors, Texts t) {
        return new DraftPage(
                draft.pack(),
                packs.version(draft.pack(), draft.version()).name().in(t.locale()),
                draft.version(),
                draft.revision(),
                draft.changedAt(),
                actors.name(draft.changedBy(), t),
                problems(draft.folder()),
                DraftParts.parts().stream()
                        .map(part -> new Option(part, PartWords.part(part, t)))
                        .toList(),
                errors,
                body);
    }

    private List<PackProblem> problems(PackFolder folder) {
        try {
            packs.check(folder);
            return List.of();
        } catch (PackInvalid invalid) {
            return invalid.problems();
        }
    }

    private Body overview(Draft draft, String note, Texts t) {
        List<Change> changes;
        try {
            changes = PackDifference.between(packs.folder(draft.pack(), draft.version()), draft.folder());
        } catch (YAMLException e) {
            changes = List.of(); // the problems say where it cannot be read
        }
        return new DraftPage.Overview(
                VersionController.parts(changes, t),
                changes.size(),
                List.copyOf(draft.folder().files().keySet()),
                note);
    }

    private static Body part(Draft draft, String part, String code, String zh, String en, Texts t) {
        require(part);
        return new DraftPage.Part(part, PartWords.part(part, t), DraftParts.items(draft.folder(), part), code, zh, en);
    }

    private static void require(String part) {
        if (!DraftParts.parts().contains(part)) {
            throw new NotFound("part " + part);
        }
    }

    private Body one(Draft draft, String part, String at, @Nullable Map<String, String> typed, Texts t) {
        require(part);
        List<String> path = path(part, at);
        Item item = DraftParts.item(draft.folder(), path).orElseThrow(() -> new NotFound("item " + at));
        return new DraftPage.One(
                part,
                PartWords.part(part, t),
                item,
                DraftParts.fields(part).stream()
                        .map(field -> field(draft, path, field, typed, t))
                        .toList());
    }

    private static Field field(
            Draft draft, List<String> path, PartField field, @Nullable Map<String, String> typed, Texts t) {
        String value =
                typed == null ? DraftParts.value(draft.folder(), path, field) : typed.getOrDefault(field.key(), "");
        String key = "industry.field-hint." + field.kind().name();
        String hint = t.has(key) ? t.of(key) : null;
        if (field.kind() == PartField.Kind.MEASURES) {
            hint = t.of(
                    key,
                    Arrays.stream(Measure.values())
                            .map(word -> word.name() + " " + t.of(word))
                            .collect(joining(t.of("industry.list"))));
        }
        String label = String.join(
                " · ", field.path().stream().map(step -> PartWords.key(step, t)).toList());
        return new Field(field.key(), label, field.kind(), value, hint, options(draft, field, t));
    }

    private static List<Option> options(Draft draft, PartField field, Texts t) {
        return switch (field.kind()) {
            case DEPARTMENT ->
                DraftParts.items(draft.folder(), "departments").stream()
                        .map(item ->
                                new Option(item.code(), t.locale().getLanguage().equals("en") ? item.en() : item.zh()))
                        .toList();
            case SEVERITY ->
                Arrays.stream(Severity.values())
                        .map(severity -> new Option(severity.name(), t.of(severity)))
                        .toList();
            case WORD ->
                field.words().stream()
                        .map(word -> new Option(word.name(), t.of(word)))
                        .toList();
            case FLAG ->
                List.of(new Option("true", t.of("industry.field.yes")), new Option("false", t.of("industry.field.no")));
            case TEXT, LONG, NUMBER, LINES, PAIRS, MEASURES -> List.of();
        };
    }

    private static DraftPage.Source source(Draft draft, String name, @Nullable String typed) {
        byte[] bytes = draft.folder().files().get(name);
        if (bytes == null) {
            throw new NotFound("file " + name);
        }
        return new DraftPage.Source(
                name,
                Objects.requireNonNullElse(typed, new String(bytes, StandardCharsets.UTF_8)),
                name.startsWith("base/"));
    }
}
