package io.bihuan.investigation.web;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.CasePages;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.complaint.SentForm;
import io.bihuan.identity.ActorNames;
import io.bihuan.identity.SignedIn;
import io.bihuan.investigation.Custody;
import io.bihuan.investigation.Deed;
import io.bihuan.investigation.EvidenceItem;
import io.bihuan.investigation.EvidenceKind;
import io.bihuan.investigation.EvidenceList;
import io.bihuan.investigation.Investigation;
import io.bihuan.investigation.Investigations;
import io.bihuan.investigation.PlaybookLine;
import io.bihuan.platform.Refused;
import io.bihuan.platform.files.FileHash;
import io.bihuan.platform.files.FileUse;
import io.bihuan.platform.files.Files;
import io.bihuan.platform.files.Locks;
import io.bihuan.platform.files.PartialUploads;
import io.bihuan.platform.files.Scan;
import io.bihuan.platform.files.ScanFailure;
import io.bihuan.platform.files.ScannerSettings;
import io.bihuan.platform.files.StoredFile;
import io.bihuan.platform.files.TextPreview;
import io.bihuan.platform.files.Thumbnails;
import io.bihuan.privacy.Personal;
import io.bihuan.web.Cursor;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The evidence of a complaint: the list, and each piece with who had it. */
@Controller
@RequestMapping("/desk/complaints/{number}/evidence")
class EvidenceController {
    private static final int CUSTODY_LINES = 50;
    private static final int MOST_FILES = 10;

    private final CasePages pages;
    private final Investigations investigations;
    private final EvidenceList evidence;
    private final Custody custody;
    private final ComplaintFiles complaintFiles;
    private final Files files;
    private final PartialUploads uploads;
    private final TextPreview previews;
    private final Locks locks;
    private final ScannerSettings scanner;
    private final ActorNames names;

    EvidenceController(
            CasePages pages,
            Investigations investigations,
            EvidenceList evidence,
            Custody custody,
            ComplaintFiles complaintFiles,
            Files files,
            PartialUploads uploads,
            TextPreview previews,
            Locks locks,
            ScannerSettings scanner,
            ActorNames names) {
        this.pages = pages;
        this.investigations = investigations;
        this.evidence = evidence;
        this.custody = custody;
        this.complaintFiles = complaintFiles;
        this.files = files;
        this.uploads = uploads;
        this.previews = previews;
        this.locks = locks;
        this.scanner = scanner;
        this.names = names;
    }

    @GetMapping
    Page list(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String line,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = pages.complaint(number, who);
        return Page.of("investigation/evidence", list(complaint, who, wish(line), t));
    }

    /** The form as a line of the playbook asks for it. */
    private static Attempt wish(String line) {
        return new Attempt("evidence", InvestigationForm.ofLine(line), FieldErrors.NONE);
    }

    @PostMapping
    Page create(
            SentForm<InvestigationForm> sent,
            @RequestParam(name = "files", required = false) @Nullable List<MultipartFile> brought)
            throws IOException {
        Complaint complaint = working(sent);
        var errors = sent.errors();
        if (!errors.any()) {
            try {
                Deed.About about = about(sent);
                investigations.perform(
                        complaint.number(),
                        new Deed.AddEvidence(store(brought), about),
                        sent.who().actor());
                return Page.done(path(complaint), "investigation.evidence.added");
            } catch (Refused refused) {
                errors = errors.with("", sent.t().of(refused));
            }
        }
        var attempt = new Attempt("evidence", sent.form(), errors);
        return Page.invalid("investigation/evidence", list(complaint, sent.who(), attempt, sent.t()));
    }

    /** Stores them one after the other as they stream in, before the command that needs them. */
    private List<Attachment> store(@Nullable List<MultipartFile> brought) throws IOException {
        List<MultipartFile> given = brought == null
                ? List.of()
                : brought.stream()
                        .filter(file -> file.getOriginalFilename() != null
                                && !file.getOriginalFilename().isEmpty())
                        .toList();
        if (given.size() > MOST_FILES) {
            throw new Refused("investigation.refused.files", MOST_FILES);
        }
        var stored = new ArrayList<Attachment>();
        for (MultipartFile file : given) {
            String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
            try (InputStream content = file.getInputStream()) {
                stored.add(ComplaintFiles.attachment(files.store(content, name, uploads.largest()), name));
            }
        }
        return stored;
    }

    @GetMapping("/{sha256}")
    Page show(
            @PathVariable String number,
            @PathVariable String sha256,
            @RequestParam(required = false) @Nullable String cursor,
            @AuthenticationPrincipal SignedIn who,
            Texts t) {
        Complaint complaint = pages.complaint(number, who);
        FileUse use = use(complaint, sha256);
        if (cursor == null) {
            custody.viewed(complaint, use.file().hash(), who.actor());
        }
        return Page.of("investigation/item", item(complaint, use, cursor, who, Attempt.NONE, t));
    }

    @PostMapping("/{sha256}/classification")
    Page classify(@PathVariable String sha256, SentForm<InvestigationForm> sent) {
        return perform(sent, "classification", sha256, hash -> new Deed.ClassifyEvidence(hash, about(sent)));
    }

    @PostMapping("/{sha256}/hand-overs")
    Page handOver(@PathVariable String sha256, SentForm<InvestigationForm> sent) {
        return perform(
                sent,
                "hand-over",
                sha256,
                hash -> new Deed.HandOverEvidence(
                        hash, sent.form().to(), sent.form().reason()));
    }

    private Page perform(SentForm<InvestigationForm> sent, String name, String sha256, Function<String, Deed> deed) {
        Complaint complaint = working(sent);
        FileUse use = use(complaint, sha256);
        var errors = sent.errors();
        if (!errors.any()) {
            try {
                investigations.perform(
                        complaint.number(),
                        deed.apply(use.file().hash().hex()),
                        sent.who().actor());
                return Page.done(path(complaint) + "/" + use.file().hash().hex(), "investigation.done");
            } catch (Refused refused) {
                errors = errors.with("", sent.t().of(refused));
            }
        }
        var attempt = new Attempt(name, sent.form(), errors);
        return Page.invalid("investigation/item", item(complaint, use, null, sent.who(), attempt, sent.t()));
    }

    private static Deed.About about(SentForm<InvestigationForm> sent) {
        InvestigationForm form = sent.form();
        return new Deed.About(
                Reading.choice(EvidenceKind.class, "kind", form.kind()),
                form.source(),
                Reading.optionalTime(form.obtained(), sent.t()),
                form.line().isBlank() ? null : form.line());
    }

    private Complaint working(SentForm<?> sent) {
        Complaint complaint = pages.complaint(sent);
        if (complaint.erasedAt() != null) {
            throw new NotFound("complaint " + sent.number());
        }
        return complaint;
    }

    private FileUse use(Complaint complaint, String sha256) {
        return FileHash.parse(sha256)
                .flatMap(hash -> complaintFiles.find(complaint.id(), hash))
                .orElseThrow(() -> new NotFound("file " + sha256));
    }

    private static String path(Complaint complaint) {
        return "/desk/complaints/" + complaint.number().digits() + "/evidence";
    }

    private static boolean mayAct(Complaint complaint, SignedIn who) {
        return InvestigationRoutes.mayAct(who)
                && complaint.isOpen()
                && !complaint.isJoined()
                && complaint.erasedAt() == null;
    }

    private EvidencePage list(Complaint complaint, SignedIn who, Attempt typed, Texts t) {
        List<Option> lines = lines(complaint, t);
        return new EvidencePage(
                pages.head(complaint, "evidence", who, t),
                mayAct(complaint, who),
                evidence.of(complaint).stream()
                        .map(each -> item(each, lines, t))
                        .toList(),
                InvestigationView.options(EvidenceKind.class, t),
                lines,
                uploads.largest().toMegabytes(),
                typed);
    }

    private List<Option> lines(Complaint complaint, Texts t) {
        return investigations.lines(complaint).stream()
                .filter(each -> each.part() == PlaybookLine.Part.COLLECT)
                .map(each -> new Option(each.key(), each.label().in(t.locale())))
                .toList();
    }

    private EvidenceItemPage item(
            Complaint complaint, FileUse use, @Nullable String cursor, SignedIn who, Attempt typed, Texts t) {
        Investigation investigation = investigations.of(complaint.number());
        List<Option> lines = lines(complaint, t);
        EvidenceItem known = EvidenceList.item(use, investigation);
        Cursor before = Cursor.read(cursor, 1);
        List<Custody.Line> held =
                custody.of(complaint.id(), use.file().hash(), before == null ? null : before.id(0), CUSTODY_LINES + 1);
        boolean isMore = held.size() > CUSTODY_LINES;
        List<Custody.Line> shown = isMore ? held.subList(0, CUSTODY_LINES) : held;
        return new EvidenceItemPage(
                pages.head(complaint, "evidence", who, t),
                mayAct(complaint, who),
                item(known, lines, t),
                locks.isLocked(use.file()) ? null : previews.of(use.file()).orElse(null),
                held(shown, investigation, t),
                isMore
                        ? path(complaint) + "/" + use.file().hash().hex() + "?cursor="
                                + Cursor.after(shown.getLast().id()) + "#custody"
                        : null,
                InvestigationView.options(EvidenceKind.class, t),
                lines,
                typed.form().isEmpty() ? new Attempt("classification", known(known, t), FieldErrors.NONE) : typed);
    }

    /** What is known already stands in the form. */
    private static InvestigationForm known(EvidenceItem item, Texts t) {
        EvidenceKind kind = item.kind();
        return new InvestigationForm(
                item.line(),
                null,
                null,
                null,
                null,
                null,
                kind == null ? null : kind.name(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Personal.valueOf(item.source()),
                item.obtainedAt() == null
                        ? null
                        : LocalDateTime.ofInstant(item.obtainedAt(), t.zone())
                                .truncatedTo(ChronoUnit.MINUTES)
                                .toString(),
                null);
    }

    private List<EvidenceItemPage.Held> held(List<Custody.Line> lines, Investigation investigation, Texts t) {
        ActorNames.Names known =
                names.of(lines.stream().map(each -> each.by().toString()).toList(), t);
        Map<UUID, Investigation.HandOver> handOvers = investigation.handOvers().stream()
                .collect(Collectors.toMap(Investigation.HandOver::id, Function.identity()));
        return lines.stream()
                .map(line -> new EvidenceItemPage.Held(
                        t.of(line.deed()),
                        known.of(line.by().toString()),
                        line.at(),
                        note(handOvers.get(line.id()), t)))
                .toList();
    }

    private static @Nullable String note(Investigation.@Nullable HandOver handOver, Texts t) {
        return handOver == null
                ? null
                : t.of("investigation.custody.to", Personal.text(handOver.to()), Personal.text(handOver.purpose()));
    }

    private EvidencePage.Item item(EvidenceItem item, List<Option> lines, Texts t) {
        FileUse use = item.use();
        StoredFile file = use.file();
        EvidenceKind kind = item.kind();
        return new EvidencePage.Item(
                file.hash().hex(),
                use.name(),
                size(file.size()),
                file.mediaType(),
                kind == null ? null : t.of(kind),
                Personal.valueOf(item.source()),
                lines.stream()
                        .filter(each -> each.value().equals(item.line()))
                        .map(Option::label)
                        .findFirst()
                        .orElse(null),
                item.obtainedAt(),
                use.usedAt(),
                Thumbnails.isFor(file) && !locks.isLocked(file),
                file.isSafeImage(),
                file.hasMacros(),
                file.isEncrypted(),
                file.scan(),
                scanned(file, t),
                locks.refusal(file, use.name()).map(t::of).orElse(null));
    }

    private @Nullable String scanned(StoredFile file, Texts t) {
        if (file.scan() == Scan.NOT_SCANNED && !scanner.enabled()) {
            return null;
        }
        String note = file.scanNote();
        if (note == null) {
            return t.of(file.scan());
        }
        return t.of(
                "investigation.scanned",
                t.of(file.scan()),
                file.scan() == Scan.FAILED ? t.of(ScanFailure.valueOf(note)) : note);
    }

    /** 312 B, 4.2 KB, 1.5 MB. */
    private static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1024 * 1024
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / (1024.0 * 1024.0));
    }
}
