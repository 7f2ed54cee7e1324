package io.bihuan.capture.web;

import io.bihuan.capture.Captures;
import io.bihuan.capture.Outlets;
import io.bihuan.capture.PaperSlip;
import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.BroughtFiles;
import io.bihuan.identity.SignedIn;
import io.bihuan.intake.Inbox;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Notice;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Slips from a box, typed one after the other: the outlet stays, the number goes on. */
@Controller
@RequestMapping("/desk/slips")
class SlipController {
    private static final Pattern COUNTED = Pattern.compile("(.*?)(\\d{1,9})");

    private final Captures captures;
    private final Outlets outlets;
    private final BroughtFiles brought;
    private final InstantSource time;

    SlipController(Captures captures, Outlets outlets, BroughtFiles brought, InstantSource time) {
        this.captures = captures;
        this.outlets = outlets;
        this.brought = brought;
        this.time = time;
    }

    @GetMapping
    Page create(@RequestParam(defaultValue = "") String outlet, @RequestParam(defaultValue = "") String number) {
        return Page.of("capture/slips", page(SlipForm.next(outlet, number), FieldErrors.NONE));
    }

    @PostMapping
    Page create(
            @Valid @ModelAttribute SlipForm form, BindingResult binding, @AuthenticationPrincipal SignedIn who, Texts t)
            throws IOException {
        FieldErrors errors = FieldErrors.of(binding, t);
        LocalDate writtenOn = null;
        if (!form.writtenOn().isBlank()) {
            try {
                writtenOn = LocalDate.parse(form.writtenOn());
                if (writtenOn.isAfter(LocalDate.ofInstant(time.instant(), t.zone()))) {
                    errors = errors.with("writtenOn", t.of("intake.field.future"));
                }
            } catch (DateTimeException e) {
                errors = errors.with("writtenOn", t.of("pack.field.notADate"));
            }
        }
        List<Attachment> photos = List.of();
        List<Attachment> authorisation = List.of();
        try {
            photos = brought.store(form.photos());
            authorisation = brought.store(form.authorisation());
        } catch (Refused refused) {
            errors = errors.with("photos", t.of(refused));
        }
        if (form.hasProxy() && authorisation.isEmpty()) {
            errors = errors.with("authorisation", t.of("capture.slip.authorisation.missing"));
        }
        if (errors.any()) {
            return Page.invalid("capture/slips", page(form, errors));
        }
        try {
            Inbox.Receipt kept = captures.slip(new PaperSlip(
                    form.outlet(),
                    form.number(),
                    writtenOn,
                    form.text(),
                    form.name(),
                    form.phone(),
                    form.hasProxy()
                            ? new PaperSlip.Proxy(form.proxyName(), form.proxyPhone(), form.proxyRelation())
                            : null,
                    photos,
                    authorisation,
                    who.id()));
            String path = "/desk/slips?outlet=" + encoded(form.outlet()) + "&number=" + encoded(after(form.number()));
            return kept.isNew()
                    ? Page.done(path, "capture.slip.saved", form.number())
                    : Page.to(
                            path,
                            Notice.of(
                                    kept.isSame() ? Notice.Tone.INFORMATION : Notice.Tone.WARNING,
                                    kept.isSame() ? "capture.slip.known" : "capture.slip.taken",
                                    form.number()));
        } catch (Refused refused) {
            return Page.invalid("capture/slips", page(form, errors.with("number", t.of(refused))));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** {@code 2026-014} goes on as {@code 2026-015}. */
    static String after(String number) {
        Matcher counted = COUNTED.matcher(number);
        if (!counted.matches()) {
            return "";
        }
        String digits = counted.group(2);
        String next = Long.toString(Long.parseLong(digits) + 1);
        return counted.group(1) + "0".repeat(Math.max(0, digits.length() - next.length())) + next;
    }

    private SlipPage page(SlipForm form, FieldErrors errors) {
        return new SlipPage(
                form,
                outlets.active().stream()
                        .map(outlet -> new Option(outlet.code(), outlet.name()))
                        .toList(),
                errors);
    }
}
