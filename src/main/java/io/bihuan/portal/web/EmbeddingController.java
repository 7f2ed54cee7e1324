package io.bihuan.portal.web;

import io.bihuan.identity.SignedIn;
import io.bihuan.pack.Packs;
import io.bihuan.platform.Refused;
import io.bihuan.portal.FrameOrigins;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Page;
import io.bihuan.web.Texts;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Which sites of the company may show the complaint form, and how they do it. */
@Controller
@RequestMapping("/desk/embedding")
class EmbeddingController {
    private static final List<String> LANGUAGES = List.of("zh-CN", "en");

    private final FrameOrigins origins;
    private final BusinessLines lines;
    private final Packs packs;
    private final String publicUrl;

    EmbeddingController(
            FrameOrigins origins, BusinessLines lines, Packs packs, @Value("${bihuan.public-url:}") String publicUrl) {
        this.origins = origins;
        this.lines = lines;
        this.packs = packs;
        this.publicUrl = publicUrl.strip().replaceFirst("/+$", "");
    }

    @GetMapping
    Page list(Texts t) {
        return Page.of("portal/embedding", page("", FieldErrors.NONE, t));
    }

    @PostMapping
    Page create(@RequestParam(defaultValue = "") String origin, @AuthenticationPrincipal SignedIn who, Texts t) {
        try {
            origins.add(origin, who.id());
            return Page.done("/desk/embedding", "portal.embedding.added");
        } catch (Refused refused) {
            return Page.invalid("portal/embedding", page(origin, FieldErrors.NONE.with("origin", t.of(refused)), t));
        }
    }

    @PostMapping("/removal")
    Page remove(@RequestParam(defaultValue = "") String origin) {
        origins.remove(origin);
        return Page.done("/desk/embedding", "portal.embedding.removed");
    }

    private EmbeddingPage page(String typed, FieldErrors errors, Texts t) {
        String base = publicUrl.isEmpty()
                ? ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString()
                : publicUrl;
        return new EmbeddingPage(
                origins.list(),
                packs.businessLines().stream()
                        .flatMap(line -> LANGUAGES.stream().map(language -> snippet(base, line, language, t)))
                        .toList(),
                typed,
                errors);
    }

    private EmbeddingPage.Snippet snippet(String base, String line, String language, Texts t) {
        String href = base + "/embed/" + line + "?lang=" + language;
        String name = lines.name(line, t) + " · " + t.of("portal.embedding.language." + language);
        // The title is for whoever reads the company's page, so it is in the language of the form.
        String html = Stream.of(
                        "<iframe src=\"" + href + "\" title=\"" + t.of("portal.embedding.frame." + language)
                                + "\" width=\"100%\" height=\"1200\" frameborder=\"0\" data-bihuan-form></iframe>",
                        "<script src=\"" + base + "/app/embed-host.js\" async></script>")
                .reduce("", String::concat);
        return new EmbeddingPage.Snippet(line + "-" + language, name, href, html);
    }
}
