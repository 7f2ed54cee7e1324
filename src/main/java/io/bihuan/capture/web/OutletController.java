package io.bihuan.capture.web;

import io.bihuan.capture.Outlet;
import io.bihuan.capture.Outlets;
import io.bihuan.capture.Poster;
import io.bihuan.complaint.Channel;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.NotFound;
import io.bihuan.web.Option;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import jakarta.validation.Valid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Places with a complaint box, and the posters for them. */
@Controller
@RequestMapping("/desk/outlets")
class OutletController {
    private final Outlets outlets;
    private final Packs packs;
    private final String publicUrl;

    OutletController(Outlets outlets, Packs packs, @Value("${bihuan.public-url:}") String publicUrl) {
        this.outlets = outlets;
        this.packs = packs;
        this.publicUrl = publicUrl.strip().replaceFirst("/+$", "");
    }

    @GetMapping
    Page list(@RequestParam(defaultValue = "") String code, Texts t) {
        OutletForm form = outlets.find(code)
                .map(outlet -> new OutletForm(
                        outlet.code(),
                        outlet.name(),
                        outlet.address(),
                        outlet.channel().name(),
                        outlet.businessLine(),
                        Boolean.toString(outlet.active())))
                .orElse(OutletForm.EMPTY);
        return Page.of("capture/outlets", page(form, FieldErrors.NONE, t));
    }

    @PostMapping
    Page put(@Valid @ModelAttribute OutletForm form, BindingResult binding, Texts t) {
        FieldErrors errors = FieldErrors.of(binding, t);
        String line = packs.businessLines().contains(form.businessLine())
                ? form.businessLine()
                : packs.businessLines().iterator().next();
        if (!errors.any()) {
            try {
                outlets.put(form.outlet(line));
                return Page.done("/desk/outlets", "capture.outlet.saved", form.name());
            } catch (Refused refused) {
                errors = errors.with("code", t.of(refused));
            }
        }
        return Page.invalid("capture/outlets", page(form, errors, t));
    }

    @GetMapping("/{code}/poster.pdf")
    ResponseEntity<byte[]> poster(@PathVariable String code, Texts t) {
        Outlet outlet = outlets.find(code).orElseThrow(() -> new NotFound("outlet " + code));
        String base = publicUrl.isEmpty()
                ? ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString()
                : publicUrl;
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(t.of("capture.poster.title", outlet.name()) + ".pdf", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(Poster.pdf(outlet, base + "/at/" + outlet.code(), t));
    }

    private OutletsPage page(OutletForm form, FieldErrors errors, Texts t) {
        return new OutletsPage(
                outlets.active(),
                form,
                List.of(Channel.ONSITE, Channel.COMMUNITY).stream()
                        .map(each -> new Option(each.name(), t.of(each)))
                        .toList(),
                packs.businessLines().stream()
                        .map(line -> new Option(line, packs.line(line).name().in(t.locale())))
                        .toList(),
                errors);
    }
}
