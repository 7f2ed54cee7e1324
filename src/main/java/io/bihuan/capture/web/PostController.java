package io.bihuan.capture.web;

import io.bihuan.capture.Captures;
import io.bihuan.capture.PublicPost;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.BroughtFiles;
import io.bihuan.identity.SignedIn;
import io.bihuan.intake.Inbox;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Notice;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Public posts: one by a form, many by a table. */
@Controller
@RequestMapping("/desk/posts")
class PostController {
    private static final int MOST_ROWS = 2_000;
    private static final long LARGEST_TABLE = 5_000_000;

    private static final List<String> COLUMNS = List.of("url", "platform", "author", "reach", "postedAt", "text");

    private final Captures captures;
    private final BroughtFiles brought;
    private final Packs packs;

    PostController(Captures captures, BroughtFiles brought, Packs packs) {
        this.captures = captures;
        this.brought = brought;
        this.packs = packs;
    }

    @GetMapping
    Page create(Texts t) {
        return Page.of("capture/posts", page(PostForm.EMPTY, null, FieldErrors.NONE, t));
    }

    @PostMapping
    Page create(
            @Valid @ModelAttribute PostForm form, BindingResult binding, @AuthenticationPrincipal SignedIn who, Texts t)
            throws IOException {
        FieldErrors errors = FieldErrors.of(binding, t);
        Long reach = null;
        try {
            reach = reach(form.reach());
        } catch (NumberFormatException e) {
            errors = errors.with("reach", t.of("capture.post.reach.wrong"));
        }
        Instant postedAt = instant(form.postedAt(), t);
        if (postedAt == null && !form.postedAt().isBlank()) {
            errors = errors.with("postedAt", t.of("capture.post.time.wrong"));
        }
        List<Attachment> screenshots = List.of();
        try {
            screenshots = brought.store(form.screenshots());
        } catch (Refused refused) {
            errors = errors.with("screenshots", t.of(refused));
        }
        if (errors.any()) {
            return Page.invalid("capture/posts", page(form, null, errors, t));
        }
        try {
            Inbox.Receipt kept = captures.post(new PublicPost(
                    form.url(),
                    form.platform(),
                    form.author(),
                    reach,
                    postedAt,
                    form.text(),
                    line(form.businessLine()),
                    screenshots,
                    who.id()));
            return kept.isNew()
                    ? Page.done("/desk/posts", "capture.post.saved")
                    : Page.to("/desk/posts", Notice.of(Notice.Tone.INFORMATION, "capture.post.known"));
        } catch (Refused refused) {
            return Page.invalid("capture/posts", page(form, null, errors.with("url", t.of(refused)), t));
        }
    }

    @PostMapping("/table")
    Page table(@RequestParam MultipartFile file, @RequestParam(defaultValue = "") String businessLine, Texts t)
            throws IOException {
        if (file.isEmpty()) {
            return refused(t.of("capture.table.empty"), t);
        }
        if (file.getSize() > LARGEST_TABLE) {
            return refused(t.of("capture.table.large", LARGEST_TABLE / 1_000_000), t);
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var rows = new ArrayList<CSVRecord>();
        try (var reader = new InputStreamReader(file.getInputStream(), decoder);
                var parser = CSVFormat.EXCEL.parse(reader)) {
            for (CSVRecord row : parser) {
                rows.add(row);
                if (rows.size() > MOST_ROWS + 1) {
                    return refused(t.of("capture.table.many", MOST_ROWS), t);
                }
            }
        } catch (UncheckedIOException | java.nio.charset.CharacterCodingException e) {
            return refused(t.of("capture.table.unreadable"), t);
        }
        Map<String, Integer> columns = rows.isEmpty() ? Map.of() : columns(rows.getFirst(), t);
        if (!columns.containsKey("url") || !columns.containsKey("text")) {
            return refused(t.of("capture.table.headings"), t);
        }
        return Page.of(
                "capture/posts",
                page(
                        PostForm.EMPTY,
                        kept(rows.subList(1, rows.size()), columns, line(businessLine), t),
                        FieldErrors.NONE,
                        t));
    }

    private PostsPage.Report kept(List<CSVRecord> rows, Map<String, Integer> columns, String line, Texts t) {
        int added = 0;
        int known = 0;
        var refused = new ArrayList<PostsPage.Refusal>();
        for (CSVRecord row : rows) {
            if (row.stream().allMatch(String::isBlank)) {
                continue;
            }
            try {
                String when = cell(row, columns, "postedAt");
                Instant postedAt = instant(when.replace('/', '-').replace(' ', 'T'), t);
                if (postedAt == null && !when.isEmpty()) {
                    throw new Refused("capture.post.time.wrong");
                }
                boolean isNew = captures.post(new PublicPost(
                                cell(row, columns, "url"),
                                columns.containsKey("platform")
                                        ? cell(row, columns, "platform")
                                        : t.of("capture.weibo"),
                                cell(row, columns, "author"),
                                reach(cell(row, columns, "reach")),
                                postedAt,
                                cell(row, columns, "text"),
                                line,
                                List.of(),
                                null))
                        .isNew();
                added += isNew ? 1 : 0;
                known += isNew ? 0 : 1;
            } catch (NumberFormatException e) {
                refused.add(new PostsPage.Refusal(row.getRecordNumber(), t.of("capture.post.reach.wrong")));
            } catch (Refused e) {
                refused.add(new PostsPage.Refusal(row.getRecordNumber(), t.of(e)));
            }
        }
        return new PostsPage.Report(added, known, refused);
    }

    /** The headings that people give to the columns are texts. */
    private static Map<String, Integer> columns(CSVRecord headings, Texts t) {
        var columns = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < headings.size(); i++) {
            String heading = headings.get(i).replace("\ufeff", "").strip().toLowerCase(Locale.ROOT);
            for (String column : COLUMNS) {
                if (List.of(t.of("capture.table.words." + column).split(",")).contains(heading)) {
                    columns.putIfAbsent(column, i);
                }
            }
        }
        return columns;
    }

    private static String cell(CSVRecord row, Map<String, Integer> columns, String column) {
        Integer at = columns.get(column);
        return at == null || at >= row.size() ? "" : row.get(at).strip();
    }

    private static @Nullable Long reach(String typed) {
        String digits = typed.replace(",", "").strip();
        if (digits.isEmpty()) {
            return null;
        }
        long reach = Long.parseLong(digits);
        if (reach < 0) {
            throw new NumberFormatException(digits);
        }
        return reach;
    }

    private static @Nullable Instant instant(String local, Texts t) {
        try {
            return LocalDateTime.parse(local.strip()).atZone(t.zone()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String line(String asked) {
        return packs.businessLines().contains(asked)
                ? asked
                : packs.businessLines().iterator().next();
    }

    private Page refused(String reason, Texts t) {
        return Page.invalid("capture/posts", page(PostForm.EMPTY, null, FieldErrors.NONE.with("file", reason), t));
    }

    private PostsPage page(PostForm form, PostsPage.@Nullable Report report, FieldErrors errors, Texts t) {
        return new PostsPage(
                form,
                packs.businessLines().stream()
                        .map(line -> new Option(line, packs.line(line).name().in(t.locale())))
                        .toList(),
                report,
                errors);
    }
}
